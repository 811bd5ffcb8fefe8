"""The steps of a benchmark, each a process of its own: `python steps.py STEP ARGUMENTS`.

The interpreter is that of the checkout that is measured, which need not be this one: so nothing
here needs more of the loader than its sample and `api.build`. Arguments are a JSON object; what the
step found is the last line of stdout, as JSON.
"""

import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

SCHEMA = "shop"
TARGET = "duckdb"
OUTBOX = "amplitude_outbox"
# What is synced in the last ninety minutes is one per cent of the sample's five days.
NEW = timedelta(minutes=90)
CALLS = ("tracks", "pages", "screens", "identifies", "groups", "aliases")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, and of CPU: of the process with all its threads, system included."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        """Add the seconds of both clocks."""
        return Cost(self.wall + other.wall, self.cpu + other.cpu)

    def __sub__(self, other: "Cost") -> "Cost":
        """Take the seconds of both clocks away."""
        return Cost(self.wall - other.wall, self.cpu - other.cpu)

    @classmethod
    def now(cls) -> "Cost":
        """Read both clocks; only the difference of two readings means something."""
        return cls(time.perf_counter(), time.process_time())


@dataclass(frozen=True)
class Landing:
    """Raw rows that came into the warehouse, or raw lines into a file."""

    messages: int
    tables: int
    seconds: float
    peak_mb: int


@dataclass(frozen=True)
class Build:
    """What a build took.

    models: what the engine spent on each model's SQL, the questions that its macros ask included.
    python: what each Python model took, up to the table it became.
    beside: what the engine did for no model, such as seeds and hooks.
    closing: the checkpoint at the end. What a build writes is checkpointed before as well, in a
    model's SQL, whenever the log is full.
    whole: the whole process; what is in none of the above is dbt's own.
    rendering_seconds: what dbt itself took for the models: writing their SQL, and its books.
    dbt_seconds: while no node ran: imports, parsing, waiting.
    rows: of the outbox and the marts, after it.
    blocks: how many blocks of the file hold columns of each table of ours.
    """

    models: Mapping[str, Cost]
    python: Mapping[str, Cost]
    beside: Cost
    closing: Cost
    whole: Cost
    rendering_seconds: float
    dbt_seconds: float
    peak_mb: int
    rows: Mapping[str, int]
    blocks: Mapping[str, int]

    @property
    def sql(self) -> Cost:
        """The SQL of all models together."""
        return total(self.models.values())

    @property
    def outbox(self) -> Cost:
        """The SQL of the outbox."""
        return self.models[OUTBOX]

    @property
    def dbt(self) -> Cost:
        """What neither the engine nor a Python model took."""
        of_others = (*self.models.values(), *self.python.values(), self.beside, self.closing)
        return self.whole - total(of_others)


def total(costs: Iterable[Cost]) -> Cost:
    """Add costs up."""
    return sum(costs, Cost())


class Meter:
    """Reads both clocks around what dbt has the engine do; one model runs at a time.

    sql, python, closing: what statements, Python models and closing the file took, by the node
    that dbt ran just then; outside all nodes that is the empty text.
    """

    def __init__(self) -> None:
        """Begin at nothing."""
        self.sql: defaultdict[str, Cost] = defaultdict(Cost)
        self.python: defaultdict[str, Cost] = defaultdict(Cost)
        self.closing: defaultdict[str, Cost] = defaultdict(Cost)
        self._is_running = False

    def attach(self) -> None:
        """Stand in the way of dbt's adapter, in this process."""
        from dbt.adapters.duckdb.environments import local

        cursor, environment = local.DuckDBCursorWrapper, local.LocalEnvironment
        self._watch(cursor, "execute", self.sql)
        # A query gives its rows while they are fetched, so that a part of its work is done then.
        self._watch(cursor, "fetchall", self.sql)
        self._watch(cursor, "fetchmany", self.sql)
        self._watch(environment, "close", self.closing)
        self._watch(environment, "submit_python_job", self.python)

    def _watch(self, owner: type, method: str, spent: defaultdict[str, Cost]) -> None:
        work = getattr(owner, method, None) or _forwarded(method)
        setattr(owner, method, self._timed(work, spent))

    def _timed(
        self, work: Callable[..., object], spent: defaultdict[str, Cost]
    ) -> Callable[..., object]:
        @wraps(work)
        def timed(*arguments: object, **options: object) -> object:
            if self._is_running:
                return work(*arguments, **options)
            self._is_running, began = True, Cost.now()
            try:
                return work(*arguments, **options)
            finally:
                spent[_node()] += Cost.now() - began
                self._is_running = False

        return timed


def _forwarded(name: str) -> Callable[..., object]:
    def forwarded(wrapper: Any, *arguments: object) -> object:  # noqa: ANN401 - dbt has no types
        return getattr(wrapper._cursor, name)(*arguments)  # noqa: SLF001 - as the wrapper forwards

    return forwarded


def _node() -> str:
    from dbt_common.events.contextvars import get_node_info

    return str(get_node_info().get("unique_id", ""))


def land(database: str, messages: int, seed: int, *, new: bool) -> Landing:
    """Land the sample as its warehouse had it `NEW` before the end, or what came since."""
    from seg2amp.sample import DEFAULT_END, land_sample

    began = time.perf_counter()
    moment = {"synced_after" if new else "synced_until": DEFAULT_END - NEW}
    rows = land_sample(messages, seed, DEFAULT_END, Path(database), SCHEMA, sources=True, **moment)
    seconds = time.perf_counter() - began
    landed = sum(count for place, count in rows.items() if place.partition(".")[2] in CALLS)
    return Landing(landed, len(rows), seconds, _peak_mb())


def write(file: str, messages: int, seed: int) -> Landing:
    """Write the messages of the same sample, all of them, as lines of raw JSON."""
    from seg2amp.sample import generate

    began = time.perf_counter()
    with Path(file).open("w", encoding="utf-8") as lines:
        lines.writelines(
            json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"
            for message in generate(messages, seed, sources=True)
        )
    return Landing(messages, 0, time.perf_counter() - began, _peak_mb())


def build(database: str, raw_json: str | None = None) -> Build:
    """Build the landed tables, or instead a file of raw JSON."""
    began = Cost.now()
    from seg2amp import api
    from seg2amp.sample import schemas_of
    from seg2amp.transform import BuildTests

    os.environ["SEG2AMP_DUCKDB_PATH"] = database
    raw_schemas = schemas_of(SCHEMA, sources=True)
    settings: dict[str, object] = {"segment_schemas": raw_schemas}
    if raw_json is not None:
        settings = {"raw_json_path": raw_json}
    meter = Meter()
    meter.attach()
    api.build(settings, tests=BuildTests.NONE, target=TARGET)
    whole, peak = Cost.now() - began, _peak_mb()
    told = json.loads((Path(TARGET) / "target" / "run_results.json").read_text())["results"]
    models, python = _of_models(meter.sql), _of_models(meter.python)
    known = total((*models.values(), *python.values()))
    return Build(
        models=models,
        python=python,
        beside=total(meter.sql.values()) - total(models.values()),
        closing=total(meter.closing.values()),
        whole=whole,
        rendering_seconds=_model_seconds(told) - known.wall,
        dbt_seconds=whole.wall - _busy(told),
        peak_mb=peak,
        rows=_rows(database),
        blocks=_blocks(database, raw_schemas),
    )


def _of_models(spent: Mapping[str, Cost]) -> dict[str, Cost]:
    """Choose what was spent on models, by their names."""
    return {
        node.rpartition(".")[2]: cost for node, cost in spent.items() if node.startswith("model.")
    }


def _model_seconds(results: Iterable[Mapping[str, Any]]) -> float:
    """Tell how long the models ran, as dbt sees it."""
    return sum(
        float(result["execution_time"])
        for result in results
        if result["unique_id"].startswith("model.")
    )


def _busy(results: Iterable[Mapping[str, Any]]) -> float:
    """Tell for how many seconds at least one node ran."""
    spans = sorted(_span(part) for result in results for part in result["timing"])
    busy, until = timedelta(), None
    for begin, end in spans:
        busy += max(end - max(begin, until or begin), timedelta())
        until = max(end, until or end)
    return busy.total_seconds()


def _span(part: Mapping[str, str]) -> tuple[datetime, datetime]:
    begin, end = (datetime.fromisoformat(part[key]) for key in ("started_at", "completed_at"))
    return begin, end


def _peak_mb() -> int:
    """Tell the most memory that this process ever held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 2**20


def _rows(database: str) -> dict[str, int]:
    import duckdb

    with duckdb.connect(database, read_only=True) as connection:
        marts = connection.execute(
            "select table_name from duckdb_tables() "
            r"where schema_name = 'amplitude' and table_name like 'amplitude\_%' escape '\' "
            "order by 1"
        ).fetchall()
        return {
            mart: connection.execute(f"select count(*) from amplitude.{mart}").fetchall()[0][0]
            for (mart,) in marts
        }


def _blocks(database: str, raw_schemas: Sequence[str]) -> dict[str, int]:
    """Tell how many blocks of the file hold columns of our tables, once it is checkpointed."""
    import duckdb

    with duckdb.connect(database) as connection:
        connection.execute("checkpoint")
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where not internal and not temporary and not list_contains(?, schema_name) order by 1",
            [raw_schemas],
        ).fetchall()
        return {table: _blocks_of(connection, table) for (table,) in tables}


def _blocks_of(connection: "duckdb.DuckDBPyConnection", table: str) -> int:
    # A column that holds one value needs no block, which is told as -1.
    found = connection.execute(
        "select count(distinct block) from ("
        "select unnest([block_id] || coalesce(additional_block_ids, [])) as block "
        f"from pragma_storage_info('{table}') where persistent) where block >= 0"
    ).fetchall()
    return int(found[0][0])


STEPS: Mapping[str, Callable[..., Landing | Build]] = {
    "land": land,
    "write": write,
    "build": build,
}


if __name__ == "__main__":
    step, arguments = sys.argv[1:]
    sys.stdout.write(json.dumps(asdict(STEPS[step](**json.loads(arguments)))) + "\n")
