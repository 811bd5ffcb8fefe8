"""Fixtures for the whole suite: built warehouses and a sandbox; and the golden tally at the end."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from golden_cases import TALLY
from outbox import KEY
from seg2amp import api
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import Serving, serving
from seg2amp.transform import BuildTests

os.environ.pop("AMPLITUDE_API_KEY", None)
os.environ.pop("AMPLITUDE_SECRET_KEY", None)
# No test but one reads what dbt writes of each command, a fifth of the time of a small build.
os.environ.setdefault("DBT_WRITE_JSON", "false")
# dbt's projects stay in memory: a search through all of them for garbage is seldom worth it.
gc.set_threshold(100_000, 50, 100)

# The test files that take longest, the longest first.
LONGEST = [
    *("test_dbt_build", "test_postgres", "test_readme", "test_incremental", "test_operations"),
    *("test_suppression", "test_golden_actions", "test_arbitrary_messages", "test_raw_json"),
    *("test_property_economy", "test_delivery_proofs", "test_routing", "test_codegen"),
]


@pytest.fixture(scope="session")
def seeds_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the warehouse that `dbt build` makes of the small set in `seeds/`."""
    path = tmp_path_factory.mktemp("seeds") / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        # Its data tests are those of test_dbt_build.
        api.build({}, tests=BuildTests.NONE)
    return path


@pytest.fixture
def warehouse_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the path of a warehouse that is not there yet, as the environment names it."""
    path = tmp_path / "warehouse.duckdb"
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
    return path


@pytest.fixture
def sandbox() -> Iterator[Serving]:
    """Serve a sandbox that takes the key of the tests' loads."""
    with serving(SandboxConfig(api_keys=frozenset({KEY}))) as served:
        yield served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that no worker is left alone with one."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the tally of a worker process to the one that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["golden"] = TALLY


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take the tally of a worker process."""
    TALLY.update(getattr(node, "workeroutput", {}).get("golden", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many golden cases match."""
    if TALLY:
        terminalreporter.section("golden cases")
        for name, (matching, cases) in sorted(TALLY.items()):
            terminalreporter.write_line(f"{name}: {matching} of {cases} match")
