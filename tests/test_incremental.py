"""Incremental equals full refresh: the same raw rows in any order and any slices."""

from datetime import timedelta

import pytest

from arrivals import Arrivals, Warehouse
from seg2amp.sample import DEFAULT_END, land_sample

SETTINGS = {"derive_sessions": True, "session_id_source": "actions", "send_alias": True}


@pytest.fixture(scope="module")
def arrivals(tmp_path_factory):
    source = tmp_path_factory.mktemp("source") / "scratch.duckdb"
    land_sample(400, 3, DEFAULT_END, source, "raw")
    return Arrivals(source, "raw")


@pytest.fixture(scope="module")
def whole(arrivals, tmp_path_factory):
    """Give the warehouse that got everything at once."""
    warehouse = Warehouse(tmp_path_factory.mktemp("whole") / "scratch.duckdb", arrivals, SETTINGS)
    warehouse.load(arrivals.rows)
    warehouse.build()
    return warehouse


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, 20))])
def test_any_slices_of_the_raw_rows_give_the_same_rows(seed, arrivals, whole, tmp_path):
    warehouse = Warehouse(tmp_path / "scratch.duckdb", arrivals, SETTINGS)
    for rows in arrivals.sliced(seed, 2 + seed % 3):
        warehouse.load(rows)
        warehouse.build()
    assert warehouse.marts() == whole.marts()
    assert warehouse.outbox().keys() == whole.outbox().keys()
    before = warehouse.outbox()
    warehouse.build("--full-refresh")
    assert warehouse.marts() == whole.marts()
    assert warehouse.outbox() == before
