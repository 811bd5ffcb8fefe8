"""What one per cent of new messages costs, beside the full build: `make benchmark`.

One shop with three sources lands in DuckDB as its warehouse had it ninety minutes before the end
of its traffic, and is built in full; then what came later lands, and is built; then nothing comes,
and is built. Every step is a process of its own, so that its peak of memory is its own. Models are
built one after the other, so that the seconds of each are its own; the engine uses all cores. The
tables go to stderr, one line of JSON to stdout.
"""

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich import box
from rich.console import Console
from rich.table import Table

FOLDER = Path(".seg2amp/benchmark")
DATABASE = FOLDER / "warehouse.duckdb"
SCHEMA = "shop"
TARGET = "duckdb"
# What is synced in the last ninety minutes is one per cent of the sample's five days.
NEW = timedelta(minutes=90)
CALLS = ("tracks", "pages", "screens", "identifies", "groups", "aliases")
SLOWEST = 10

T = TypeVar("T")

_talk = Console(stderr=True, highlight=False)


@dataclass(frozen=True)
class Landing:
    """Raw rows that came into the warehouse."""

    messages: int
    tables: int
    seconds: float
    peak_mb: int


@dataclass(frozen=True)
class Build:
    """What a build took.

    models: seconds that the engine spent on each model's SQL.
    model_seconds: their sum.
    rendering_seconds: what dbt itself took for the models: writing their SQL, and its books.
    dbt_seconds: while no node ran: imports, parsing, waiting.
    rows: of the outbox and the marts, after it.
    """

    models: Mapping[str, float]
    model_seconds: float
    rendering_seconds: float
    dbt_seconds: float
    seconds: float
    peak_mb: int
    rows: Mapping[str, int]


def main(
    messages: Annotated[int, typer.Option(min=1, help="How many messages.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="Same seed, same messages.")] = 1,
    memory_limit: Annotated[str, typer.Option(help="DuckDB's own, in every build.")] = "1GB",
) -> None:
    """Build a sample in full, then one per cent more, then nothing more; compare the costs."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.environ["SEG2AMP_MEMORY_LIMIT"] = memory_limit
    os.environ["SEG2AMP_THREADS"] = "1"
    landings, builds = [], []
    for name, new in (("full", False), ("+1 %", True), ("nothing new", None)):
        if new is not None:
            with _talk.status(f"{name}: landing"):
                landings.append(_apart(_land, messages, seed, new))
        with _talk.status(f"{name}: dbt build"):
            builds.append(_apart(_build))
    _show(landings, builds)
    sys.stdout.write(json.dumps(_summary(memory_limit, landings, builds)) + "\n")


def _apart(work: Callable[..., T], *arguments: object) -> T:
    """Do some work in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _land(messages: int, seed: int, new: bool) -> Landing:
    from seg2amp.sample import DEFAULT_END, land_sample

    began = time.perf_counter()
    moment = {"synced_after" if new else "synced_until": DEFAULT_END - NEW}
    rows = land_sample(messages, seed, DEFAULT_END, DATABASE, SCHEMA, sources=True, **moment)
    seconds = time.perf_counter() - began
    landed = sum(count for place, count in rows.items() if place.partition(".")[2] in CALLS)
    return Landing(landed, len(rows), seconds, _peak_mb())


def _build() -> Build:
    began = time.perf_counter()
    from seg2amp import api
    from seg2amp.sample import schemas_of
    from seg2amp.transform import BuildTests

    os.environ["SEG2AMP_DUCKDB_PATH"] = str(DATABASE)
    settings = {"segment_schemas": schemas_of(SCHEMA, sources=True)}
    nodes = api.build(settings, tests=BuildTests.NONE, target=TARGET).nodes
    seconds, peak = time.perf_counter() - began, _peak_mb()
    told = json.loads((FOLDER / TARGET / "target" / "run_results.json").read_text())["results"]
    built = [node for node in nodes if node.resource_type == "model"]
    models = {node.name: node.sql_seconds for node in built}
    model_seconds = sum(models.values())
    return Build(
        models=models,
        model_seconds=model_seconds,
        rendering_seconds=sum(node.seconds for node in built) - model_seconds,
        dbt_seconds=seconds - _busy(told),
        seconds=seconds,
        peak_mb=peak,
        rows=_rows(),
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


def _rows() -> dict[str, int]:
    import duckdb

    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        marts = connection.execute(
            "select table_name from duckdb_tables() "
            r"where schema_name = 'amplitude' and table_name like 'amplitude\_%' escape '\' "
            "order by 1"
        ).fetchall()
        return {
            mart: connection.execute(f"select count(*) from amplitude.{mart}").fetchall()[0][0]
            for (mart,) in marts
        }


def _show(landings: list[Landing], builds: list[Build]) -> None:
    full, new, nothing = builds
    costs = Table("", "full", "+1 %", "nothing new", box=box.SIMPLE_HEAD)
    for column in costs.columns[1:]:
        column.justify = "right"
    costs.add_row("messages landed", *(f"{landing.messages:,}" for landing in landings), "0")
    costs.add_row("tables that got rows", *(str(landing.tables) for landing in landings), "0")
    costs.add_row("landing, s", *(f"{landing.seconds:.1f}" for landing in landings), "")
    costs.add_row("landing, peak MiB", *(str(landing.peak_mb) for landing in landings), "")
    costs.add_row("[bold]models, s[/bold]", *(f"{build.model_seconds:.2f}" for build in builds))
    costs.add_row("dbt, for them, s", *(f"{build.rendering_seconds:.2f}" for build in builds))
    costs.add_row("dbt, beside them, s", *(f"{build.dbt_seconds:.2f}" for build in builds))
    costs.add_row("wall, s", *(f"{build.seconds:.1f}" for build in builds))
    costs.add_row("peak MiB", *(str(build.peak_mb) for build in builds))
    for mart in full.rows:
        costs.add_row(f"rows in {mart}", *(f"{build.rows[mart]:,}" for build in builds))
    _talk.print(costs)
    models = Table("slowest models", "full, s", "+1 %, s", "nothing new, s", box=box.SIMPLE_HEAD)
    for column in models.columns[1:]:
        column.justify = "right"
    for model in dict.fromkeys((*_slowest(full), *_slowest(new))):
        models.add_row(model, *(f"{build.models.get(model, 0):.2f}" for build in builds))
    _talk.print(models)
    _talk.print(
        f"{_share(landings):.2%} new messages cost {_ratio(new, full):.1%} of the full run's model "
        f"time, none {_ratio(nothing, full):.1%}."
    )


def _slowest(build: Build) -> list[str]:
    return sorted(build.models, key=lambda model: -build.models[model])[:SLOWEST]


def _share(landings: list[Landing]) -> float:
    return landings[1].messages / sum(landing.messages for landing in landings)


def _ratio(build: Build, full: Build) -> float:
    return build.model_seconds / full.model_seconds


def _summary(memory_limit: str, landings: list[Landing], builds: list[Build]) -> dict[str, object]:
    full, new, nothing = builds
    return {
        "benchmark": "incremental",
        "messages": sum(landing.messages for landing in landings),
        "memory_limit": memory_limit,
        "share_new": _share(landings),
        "ratio_new": _ratio(new, full),
        "ratio_nothing": _ratio(nothing, full),
        "landings": [asdict(landing) for landing in landings],
        "full": asdict(full),
        "new": asdict(new),
        "nothing": asdict(nothing),
    }


if __name__ == "__main__":
    typer.run(main)
