"""Fixtures for the whole suite: built warehouses and a sandbox; and the golden tally at the end."""

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


@pytest.fixture(scope="session")
def seeds_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the warehouse that `dbt build` makes of the small set in `seeds/`, its data tested."""
    path = tmp_path_factory.mktemp("seeds") / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        api.build({}, tests=BuildTests.DATA)
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
    """Begin with the longest test, so that no worker is left alone with it."""
    items.sort(key=lambda item: "test_dbt_build" not in item.nodeid)


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
