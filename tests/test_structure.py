"""The house keeps its shape: where a thing may live, and which way imports run."""

import ast
import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from seg2amp.settings import REPOSITORY

PACKAGE = REPOSITORY / "loader" / "seg2amp"
PROJECT = REPOSITORY / "dbt_project"
ENGINE = re.compile(r"adapter\.dispatch|target\.type|\b(duckdb|postgres|spark|snowflake)__")
# What a model compiles to is bounded in test_readable_sql.
MODEL_LINES = 240
# The one model where both doors meet: each field of a message, and what settings ask of it.
DOOR_LINES = {"stg_segment__messages.sql": 480}

# Each room, and the rooms of ours that it may know.
KNOWS = {
    "errors": set(),
    "scrub": set(),
    "tracing": {"scrub"},
    "settings": {"errors"},
    "sandbox": {"errors"},
    "sample": {"errors"},
    "warehouse": {"errors"},
    "transform": {"errors"},
    "delivery": {"errors", "tracing", "warehouse"},
    "audit": {"errors", "warehouse", "delivery"},
    "operations": {"errors", "scrub", "tracing", "delivery", "transform"},
    "api": {"errors", "settings", "transform", "delivery", "audit", "warehouse", "sample"},
    "demo": {"api", "audit", "sandbox", "transform"},
    "cli": {
        "errors",
        "scrub",
        "settings",
        "api",
        "operations",
        "transform",
        "audit",
        "sandbox",
        "demo",
    },
}


def rooms_imported_by(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("seg2amp"):
            parts = node.module.split(".")
            names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
            rooms.update(names)
    return rooms


@pytest.mark.parametrize("room", KNOWS)
def test_imports_run_one_way(room):
    files = [PACKAGE / f"{room}.py"]
    if (PACKAGE / room).is_dir():
        files = sorted((PACKAGE / room).rglob("*.py"))
    imported = set().union(*map(rooms_imported_by, files)) - {room}
    assert imported <= KNOWS[room]


def test_every_room_has_its_place_in_the_order():
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py"}
    rooms |= {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms - {"__init__"} == set(KNOWS)


def test_only_portable_macros_know_an_engine():
    portable = PROJECT / "macros" / "portable"
    # A project that has this one as a package answers these in its own words.
    hooks = PROJECT / "macros" / "hooks" / "hooks.sql"
    knowing = [
        path.relative_to(PROJECT)
        for folder in ("macros", "models")
        for path in (PROJECT / folder).rglob("*.sql")
        if portable not in path.parents and path != hooks and ENGINE.search(path.read_text())
    ]
    assert knowing == []


def test_hooks_know_no_engine():
    hooks = (PROJECT / "macros" / "hooks" / "hooks.sql").read_text()
    assert not ENGINE.search(hooks.replace("adapter.dispatch", ""))


def test_models_are_short():
    long = [
        path.name
        for path in (PROJECT / "models").rglob("*.sql")
        if len(path.read_text().splitlines()) > DOOR_LINES.get(path.name, MODEL_LINES)
    ]
    assert long == []


def test_a_model_compiles_to_one_query_and_so_writes_nothing(seeds_warehouse):
    compiled = seeds_warehouse.parent / "target" / "compiled" / "seg2amp" / "models"
    models = [path for path in compiled.rglob("*.sql") if ".yml" not in str(path)]
    assert len(models) >= 30
    for path in models:
        statements = sqlglot.parse(path.read_text(), dialect="duckdb")
        assert len(statements) == 1, path.name
        assert isinstance(statements[0], exp.Query), path.name
