"""Opening, reading and writing a DuckDB warehouse, and what is said when it cannot be."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from outbox import build, events, run
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly
from seg2amp.warehouse import DuckDBWarehouse, Statement, require_tables


def test_a_missing_file_is_named_and_not_made(tmp_path):
    path = tmp_path / "none.duckdb"
    with pytest.raises(ConfigurationError, match=r"none\.duckdb.*seg2amp build"):
        DuckDBWarehouse(path)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"id,name\n" * 1_000], ids=["empty", "text"])
def test_a_file_that_is_no_database_is_named(tmp_path, content):
    path = tmp_path / "text.duckdb"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="is not a DuckDB database"):
        DuckDBWarehouse(path)
    assert path.read_bytes() == content


def test_a_folder_is_no_warehouse(tmp_path):
    with pytest.raises(ConfigurationError, match="no warehouse at"):
        DuckDBWarehouse(tmp_path)


def test_a_file_that_another_process_holds_stops_early_and_names_it(tmp_path):
    path = build(tmp_path / "w.duckdb", [])
    hold = "import duckdb,sys; c = duckdb.connect(sys.argv[1]); print(flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        holder.stdout.readline()
        with pytest.raises(StoppedEarly, match=f"held by process {holder.pid} .*run again"):
            DuckDBWarehouse(path)
        holder.stdin.close()
    with DuckDBWarehouse(path) as warehouse:
        assert warehouse.name == str(path)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up the right of the superuser to write read-only files, if we are that."""
    if os.geteuid():
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_written_is_named():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = build(Path(folder) / "w.duckdb", [])
        path.chmod(0o444)
        with unprivileged(), pytest.raises(ConfigurationError, match="may not be written"):
            DuckDBWarehouse(path)


@pytest.mark.parametrize("table", ["amplitude_outbox", "delivery_checkpoints"])
def test_a_missing_table_is_named_with_the_command_that_makes_it(tmp_path, table):
    path = build(tmp_path / "w.duckdb", events(1))
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"drop table amplitude.{table}")
    with pytest.raises(ConfigurationError, match=rf"no table `amplitude\.{table}`.*seg2amp build"):
        run(path, "http://127.0.0.1:9")


def test_a_database_without_our_schema_is_no_crash(tmp_path):
    path = tmp_path / "w.duckdb"
    duckdb.connect(str(path)).close()
    with (
        DuckDBWarehouse(path) as warehouse,
        pytest.raises(ConfigurationError, match="seg2amp build"),
    ):
        require_tables(warehouse, "amplitude", ["amplitude_outbox"])


def test_a_write_happens_whole_or_not_at_all(tmp_path):
    path = build(tmp_path / "w.duckdb", [])
    insert = "insert into amplitude.delivery_checkpoints (endpoint, lane) values (?, ?)"
    many = "insert into amplitude.delivery_checkpoints (endpoint, lane) select ?, lane from given"
    lanes = pa.table({"lane": [1, 2]})
    with DuckDBWarehouse(path) as warehouse:
        warehouse.write([Statement(many, ("batch",), lanes)])
        with pytest.raises(Seg2ampError, match="failed: Conversion Error"):
            warehouse.write([Statement(insert, ("batch", 3)), Statement(insert, ("b", "x"))])
        found = warehouse.read(
            "select lane from amplitude.delivery_checkpoints where lane > ?", [1]
        )
    assert found.to_pylist() == [{"lane": 2}]


def test_a_failed_query_is_one_line_that_names_the_warehouse(tmp_path):
    path = build(tmp_path / "w.duckdb", [])
    with DuckDBWarehouse(path) as warehouse, pytest.raises(Seg2ampError) as caught:
        warehouse.read("select nothing\nfrom nowhere")
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_reads_may_overlap_a_write(tmp_path):
    path = build(tmp_path / "w.duckdb", events(100))
    with DuckDBWarehouse(path) as warehouse:
        before = warehouse.read("select count(*) as n from amplitude.amplitude_outbox")
        warehouse.write([Statement("update amplitude.delivery_runs set error = 'x'")])
        assert before.to_pylist() == [{"n": 100}]
