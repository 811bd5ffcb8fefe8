"""A warehouse that fails under a load: one clear line, and a later load that finishes the work."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from outbox import KEY, build, events, hasty, run, states
from scripted import Heard, Say, scripted
from seg2amp.delivery import load
from seg2amp.errors import Seg2ampError
from seg2amp.warehouse import DuckDBWarehouse

ROWS = 3_000
NOBODY_USER = 65_534

# All is imported before the user changes, who may not be able to read where Python is.
LOADER = """
import os, resource, sys
from seg2amp import api, cli, operations
from seg2amp.sandbox import server
most_bytes, user = map(int, sys.argv[1:3])
if most_bytes:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
if user:
    os.setuid(user)
sys.argv[1:] = ["load", "--yes", "--base-url", sys.argv[3]]
cli.main()
"""


def loaded(path: Path, url: str, *, most_bytes: int = 0, user: int = 0) -> tuple[int, str]:
    """Run `seg2amp load` in a process that may write files of so many bytes, as some user."""
    environment = os.environ | {"SEG2AMP_DUCKDB_PATH": str(path), "AMPLITUDE_API_KEY": KEY}
    ended = subprocess.run(
        [sys.executable, "-c", LOADER, str(most_bytes), str(user), url],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = [line for line in ended.stderr.splitlines() if not line.startswith("seg2amp load: ")]
    assert len(said) == 1, ended.stderr
    return ended.returncode, said[0]


def assert_finished(path: Path, sandbox, rows: int) -> None:
    """Load once more: now every row is stored, once."""
    run(path, sandbox.url, yes=True)
    assert states(path) == {"delivered": rows}
    stored = Counter(row.item["insert_id"] for row in sandbox.store.rows)
    assert stored == Counter(f"m-{number:06d}" for number in range(rows))


@pytest.fixture
def closed_folder():
    """Give a folder that everybody may read and nobody may write, but root."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def test_a_warehouse_that_may_not_be_written(closed_folder, sandbox):
    path = build(closed_folder / "w.duckdb", events(10))
    path.chmod(0o444)
    closed_folder.chmod(0o555)
    # What is closed to others is open to root.
    user = NOBODY_USER if os.geteuid() == 0 else 0
    code, said = loaded(path, sandbox.url, user=user)
    assert code == 2
    assert f"`{path}` may not be written" in said
    assert not sandbox.store.rows
    closed_folder.chmod(0o755)
    path.chmod(0o644)
    assert_finished(path, sandbox, 10)


def test_a_warehouse_that_another_process_holds(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(10))
    with DuckDBWarehouse(path):
        code, said = loaded(path, sandbox.url)
    assert code == 75
    assert f"is held by process {os.getpid()}" in said
    assert not sandbox.store.rows
    assert_finished(path, sandbox, 10)


@pytest.mark.parametrize("most_bytes", [1, 4_000], ids=["at once", "in mid-stream"])
def test_a_disk_that_is_full(tmp_path, sandbox, most_bytes):
    # A limit for each file stands for a disk without room: what grows is DuckDB's log.
    path = build(tmp_path / "w.duckdb", events(ROWS, users=200))
    code, said = loaded(path, sandbox.url, most_bytes=most_bytes)
    assert code == 1
    assert f"the disk of `{path}` is full" in said
    assert bool(sandbox.store.rows) == (most_bytes > 1)
    assert_finished(path, sandbox, ROWS)


def close(warehouse: DuckDBWarehouse) -> None:
    """Close the connection; it refuses while another thread uses it."""
    while True:
        with suppress(duckdb.ResourceInUseException):
            return warehouse._connection.close()


def test_a_connection_that_is_lost_in_mid_stream(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(ROWS, users=200))
    with DuckDBWarehouse(path) as warehouse:

        def answer(heard: Heard) -> Say | None:
            if len(sandbox.store.rows) > ROWS / 3:
                close(warehouse)
            return None

        with (
            scripted(answer, behind=sandbox.url) as server,
            pytest.raises(Seg2ampError, match="already closed") as raised,
        ):
            load(warehouse, hasty(server.url, concurrency=4))
    assert raised.value.exit_code == 1
    assert "\n" not in str(raised.value)
    assert 0 < len(sandbox.store.rows) < ROWS
    assert_finished(path, sandbox, ROWS)
