"""What one per cent of new messages costs, beside the full build: `make benchmark`.

One shop with three sources lands in DuckDB as its warehouse had it ninety minutes before the end
of its traffic, and is built in full; then what came later lands, and is built; then nothing comes,
and is built. Every step is a process of its own, so that its peak of memory is its own. Models are
built one after the other, so that the seconds of each are its own; the engine uses all cores.

`--against` does the same in another checkout, by the same code, on the same messages: each step
here and then there. The tables go to stderr, one line of JSON to stdout.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import TypeAdapter
from rich import box
from rich.console import Console
from rich.table import Table

from steps import OUTBOX, Build, Cost, Landing

HERE = Path(__file__).parents[1]
STEPS = Path(__file__).with_name("steps.py")
FOLDER = Path(".seg2amp/benchmark").absolute()
MESSAGES = FOLDER / "messages.ndjson"
ONE_MESSAGE = FOLDER / "message.ndjson"
WAREHOUSE, RAW_WAREHOUSE = "warehouse.duckdb", "raw.duckdb"
STAGES = ("full", "+1 %", "nothing new")
RAW_JSON = "raw JSON"
SLOWEST = 10
# Small commands are short, so that the least of several runs counts.
RUNS = 3
SMALL: Mapping[str, Sequence[str]] = {
    "make demo": ("demo",),
    "an increment with nothing new": (
        *("build", "--target", "duckdb", "--tests", "none"),
        *("--set", 'segment_schemas=["segment_demo"]'),
    ),
    "a preview of one message": ("preview", str(ONE_MESSAGE)),
}
# What dbt and Python may take beside the engine's own limit.
ROOM = 300 * 10**6
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}

# Where nobody watches there is no screen whose width could be asked.
_WIDTH = None if sys.stderr.isatty() else 100
_talk = Console(stderr=True, highlight=False, width=_WIDTH)

T = TypeVar("T")


@dataclass(frozen=True)
class Checkout:
    """A checkout of the repository with a .venv, and what is measured in it.

    programs: the folder of its interpreter; folder: where its warehouses lie; builds: one for each
    of STAGES, and of RAW_JSON; small: the least that each small command took.
    """

    name: str
    programs: Path
    folder: Path
    builds: dict[str, Build] = field(default_factory=dict)
    small: dict[str, Cost] = field(default_factory=dict)

    def step(self, kind: type[T], step: str, **arguments: object) -> T:
        """Do a step of `steps.py` in a process of this checkout."""
        said = _run(self.folder, self.programs / "python", STEPS, step, json.dumps(arguments))
        return TypeAdapter(kind).validate_json(said.splitlines()[-1])

    def spent(self, command: Sequence[str]) -> Cost:
        """Run a command of `seg2amp`, from its start to its end."""
        began = _of_children()
        _run(self.folder, self.programs / "seg2amp", *command)
        return _of_children() - began


def main(  # noqa: PLR0913, PLR0917 - one for an option
    messages: Annotated[int, typer.Option(min=1, help="How many messages.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="Same seed, same messages.")] = 1,
    memory_limit: Annotated[str, typer.Option(help="DuckDB's own, in every build.")] = "1GB",
    against: Annotated[
        Path | None,
        typer.Option(metavar="CHECKOUT", help="Measure this checkout, which has a .venv, too."),
    ] = None,
    raw_json: Annotated[
        bool, typer.Option("--raw-json", help="Build the same messages from raw JSON, too.")
    ] = False,
    small: Annotated[
        bool, typer.Option("--small", help="Time a demo, an empty increment and a preview, too.")
    ] = False,
) -> None:
    """Build a sample in full, then one per cent more, then nothing more; compare the costs."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    checkouts = [_checkout("here", HERE, Path(sys.executable).parent)]
    if against is not None:
        there = against.absolute()
        checkouts.append(_checkout("against", there, there / ".venv" / "bin"))
    _surround(MEMORY_LIMIT=memory_limit, THREADS="1")
    landings = _build_stages(checkouts, messages, seed)
    if raw_json:
        _build_raw_json(checkouts, messages, seed)
    if small:
        _run_small(checkouts, seed)
    _show(landings, checkouts, memory_limit)
    sys.stdout.write(json.dumps(_summary(memory_limit, landings, checkouts)) + "\n")


def _checkout(role: str, path: Path, programs: Path) -> Checkout:
    if not (programs / "seg2amp").is_file():
        raise typer.BadParameter(f"`{path}` has no .venv with seg2amp; run `make setup` in it.")
    folder = FOLDER / role
    folder.mkdir(parents=True)
    return Checkout(_commit(path), programs, folder)


def _commit(path: Path) -> str:
    """Name the commit of a checkout, with a plus where files differ from it; else its folder."""
    describe = ("describe", "--always", "--exclude=*", "--dirty=+")
    said = subprocess.run(  # noqa: S603
        ["git", "-C", str(path), *describe],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or path.name


def _surround(**variables: str) -> None:
    """Let these variables, and no other that changes a build, reach what is measured."""
    for name in list(os.environ):
        if name.startswith(("SEG2AMP_", "AMPLITUDE_", "DBT_")):
            del os.environ[name]
    os.environ.update({f"SEG2AMP_{name}": value for name, value in variables.items()})


def _run(folder: Path, *command: str | Path) -> str:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {ended.returncode}:\n{ended.stderr}")
    return ended.stdout


def _of_children() -> Cost:
    """Read both clocks, that of CPU for all processes that this one has seen end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.perf_counter(), used.ru_utime + used.ru_stime)


def _build_stages(checkouts: Sequence[Checkout], messages: int, seed: int) -> list[Landing]:
    landings = []
    for stage, new in zip(STAGES, (False, True, None), strict=True):
        if new is not None:
            with _talk.status(f"{stage}: landing"):
                landings.append(_land(checkouts, messages, seed, new=new))
        for checkout in checkouts:
            with _talk.status(f"{stage}: dbt build of {checkout.name}"):
                checkout.builds[stage] = checkout.step(Build, "build", database=WAREHOUSE)
    return landings


def _land(checkouts: Sequence[Checkout], messages: int, seed: int, *, new: bool) -> Landing:
    """Land the sample of this checkout for each."""
    here, *others = checkouts
    sample = {"messages": messages, "seed": seed, "new": new}
    landing = here.step(Landing, "land", database=WAREHOUSE, **sample)
    for other in others:
        if new:
            here.step(Landing, "land", database=str(other.folder / WAREHOUSE), **sample)
        else:
            shutil.copy(here.folder / WAREHOUSE, other.folder)
    return landing


def _build_raw_json(checkouts: Sequence[Checkout], messages: int, seed: int) -> None:
    with _talk.status("raw JSON: writing"):
        checkouts[0].step(Landing, "write", file=str(MESSAGES), messages=messages, seed=seed)
    for checkout in checkouts:
        with _talk.status(f"raw JSON: dbt build of {checkout.name}"):
            where = {"database": RAW_WAREHOUSE, "raw_json": str(MESSAGES)}
            checkout.builds[RAW_JSON] = checkout.step(Build, "build", **where)


def _run_small(checkouts: Sequence[Checkout], seed: int) -> None:
    checkouts[0].step(Landing, "write", file=str(ONE_MESSAGE), messages=1, seed=seed)
    # The demo's warehouse is the one that gets nothing new.
    _surround(DUCKDB_PATH=".seg2amp/demo.duckdb")
    for _ in range(RUNS):
        for name, command in SMALL.items():
            for checkout in checkouts:
                with _talk.status(f"{name}, {checkout.name}"):
                    spent = checkout.spent(command)
                least = checkout.small.get(name, spent)
                checkout.small[name] = Cost(min(least.wall, spent.wall), min(least.cpu, spent.cpu))


def _show(landings: Sequence[Landing], checkouts: Sequence[Checkout], memory_limit: str) -> None:
    _talk.print(_landed(landings))
    for stage in checkouts[0].builds:
        parts = [_parts(checkout.builds[stage]) for checkout in checkouts]
        _talk.print(_costs(stage, checkouts, parts))
    _talk.print(_models(checkouts))
    if checkouts[0].small:
        title = f"whole commands, least of {RUNS}"
        _talk.print(_costs(title, checkouts, [checkout.small for checkout in checkouts]))
    _talk.print(_counts(checkouts))
    if bound := _bound_mb(memory_limit):
        _talk.print(f"The bound of the peak, memory_limit and 300 MB, is {bound:,} MiB.")
    for checkout in checkouts:
        of_new, of_nothing = (_share_of_full(checkout, stage) for stage in STAGES[1:])
        _talk.print(
            f"{checkout.name}: {_share(landings):.2%} new messages cost {of_new.wall:.1%} of the "
            f"full run's model time ({of_new.cpu:.1%} of its CPU), none {of_nothing.wall:.1%} "
            f"({of_nothing.cpu:.1%})."
        )


def _landed(landings: Sequence[Landing]) -> Table:
    full, new = landings
    rows = {
        "messages landed": [f"{full.messages:,}", f"{new.messages:,}"],
        "tables that got rows": [str(full.tables), str(new.tables)],
        "landing, s": [f"{full.seconds:.1f}", f"{new.seconds:.1f}"],
        "landing, peak MiB": [str(full.peak_mb), str(new.peak_mb)],
    }
    return _table("", STAGES[:2], rows)


def _parts(build: Build) -> dict[str, Cost]:
    """Part what a build took, by who took it; a Python model has a line of its own."""
    return {
        "models' SQL without the outbox": build.sql - build.outbox,
        "models' SQL, the outbox": build.outbox,
        "models' SQL, all together": build.sql,
        **{f"Python: {name}": build.python[name] for name in sorted(build.python)},
        "the engine: seeds and hooks": build.beside,
        "the engine: closing the file": build.closing,
        "dbt's own": build.dbt,
        "the whole process": build.whole,
    }


def _costs(title: str, checkouts: Sequence[Checkout], found: Sequence[Mapping[str, Cost]]) -> Table:
    """Set what each checkout took side by side, by the clock and of CPU."""
    names = list(dict.fromkeys(name for costs in found for name in costs))
    rows = {}
    for name in names:
        costs = [of.get(name, Cost()) for of in found]
        walls, cpus = [cost.wall for cost in costs], [cost.cpu for cost in costs]
        rows[name] = [*_compared(walls, ".2f"), *_compared(cpus, ".2f")]
    return _table(title, [*_headers(checkouts, "wall, s"), *_headers(checkouts, "CPU, s")], rows)


def _models(checkouts: Sequence[Checkout]) -> Table:
    """Set side by side what the slowest models took: for two checkouts there is room for CPU."""
    measures = ("wall", "CPU") if len(checkouts) == 1 else ("CPU",)
    columns = [
        (f"{stage}\n{checkout.name}\n{measure}, s", checkout.builds[stage], measure.lower())
        for stage in STAGES
        for checkout in checkouts
        for measure in measures
    ]
    builds = [checkout.builds[stage] for checkout in checkouts for stage in STAGES[:2]]
    rows = {
        model: [_written(build.models.get(model), measure) for _, build, measure in columns]
        for model in dict.fromkeys(model for build in builds for model in _slowest(build))
    }
    return _table("slowest models", [header for header, _, _ in columns], rows)


def _slowest(build: Build) -> list[str]:
    return sorted(build.models, key=lambda model: -build.models[model].cpu)[:SLOWEST]


def _written(cost: Cost | None, measure: str) -> str:
    """Write what a model took; one that the other commit has not is not there at all."""
    return "" if cost is None else f"{getattr(cost, measure):.2f}"


def _counts(checkouts: Sequence[Checkout]) -> Table:
    """Set side by side what is no time: memory, room in the file, rows."""
    rows = {}
    for stage in checkouts[0].builds:
        found = [_counted(checkout.builds[stage]) for checkout in checkouts]
        for name in found[0]:
            rows[f"{stage}: {name}"] = _compared([of.get(name, 0) for of in found], ",d")
    return _table("what a build leaves", _headers(checkouts), rows)


def _counted(build: Build) -> dict[str, int]:
    return {
        "peak MiB": build.peak_mb,
        "blocks of our tables": sum(build.blocks.values()),
        "rows in the marts": sum(build.rows.values()) - build.rows[OUTBOX],
        "rows in the outbox": build.rows[OUTBOX],
    }


def _headers(checkouts: Sequence[Checkout], measure: str = "") -> list[str]:
    names = [f"{checkout.name}\n{measure}".rstrip() for checkout in checkouts]
    return names if len(names) == 1 else [*names, "ratio"]


def _compared(values: Sequence[float], form: str) -> list[str]:
    """Write the values of one or two checkouts, and the first as a share of the second."""
    cells = [format(value, form) for value in values]
    if len(values) == 1:
        return cells
    here, there = values
    return [*cells, f"{here / there:.2f}" if there else ""]


def _table(title: str, headers: Sequence[str], rows: Mapping[str, Sequence[str]]) -> Table:
    table = Table(title, *headers, box=box.SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, cells in rows.items():
        table.add_row(name, *cells)
    return table


def _bound_mb(memory_limit: str) -> int | None:
    """Tell how much memory a build may hold; None for a limit in words we do not know."""
    number = memory_limit.strip().rstrip("BKMGIbkmgi ")
    unit = _UNITS.get(memory_limit.strip()[len(number) :].strip().upper())
    return (int(float(number) * unit) + ROOM) // 2**20 if number and unit else None


def _share(landings: Sequence[Landing]) -> float:
    return landings[1].messages / sum(landing.messages for landing in landings)


def _share_of_full(checkout: Checkout, stage: str) -> Cost:
    part, full = checkout.builds[stage].sql, checkout.builds["full"].sql
    return Cost(part.wall / full.wall, part.cpu / full.cpu)


def _summary(
    memory_limit: str, landings: Sequence[Landing], checkouts: Sequence[Checkout]
) -> dict[str, object]:
    return {
        "benchmark": "incremental",
        "messages": sum(landing.messages for landing in landings),
        "memory_limit": memory_limit,
        "share_new": _share(landings),
        "landings": [asdict(landing) for landing in landings],
        "checkouts": [_told(checkout) for checkout in checkouts],
    }


def _told(checkout: Checkout) -> dict[str, object]:
    return {
        "name": checkout.name,
        "ratio_new": _share_of_full(checkout, "+1 %").wall,
        "ratio_nothing": _share_of_full(checkout, "nothing new").wall,
        **{stage: _told_of(build) for stage, build in checkout.builds.items()},
        "small": {name: asdict(cost) for name, cost in checkout.small.items()},
    }


def _told_of(build: Build) -> dict[str, object]:
    return {**asdict(build), "parts": {name: asdict(it) for name, it in _parts(build).items()}}


if __name__ == "__main__":
    typer.run(main)
