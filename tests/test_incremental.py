"""Incremental equals full refresh: the same raw rows in any order and any slices."""

import shutil
from datetime import timedelta

import pytest

from arrivals import Arrivals, Warehouse
from seg2amp.sample import DEFAULT_END, land_sample
from seg2amp.transform import windows

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


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, 20))]
)
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


@pytest.fixture
def filled(arrivals, tmp_path):
    """Give a warehouse with half of the raw rows, built, and the other half."""
    first, second = arrivals.sliced(100, 2)
    warehouse = Warehouse(tmp_path / "scratch.duckdb", arrivals, SETTINGS)
    warehouse.load(first)
    warehouse.build()
    return warehouse, second


def full(warehouse, tmp_path, **settings):
    """Give the marts that a first build makes of the same raw tables."""
    copy = tmp_path / "copy" / "scratch.duckdb"
    copy.parent.mkdir(exist_ok=True)
    shutil.copy(warehouse.path, copy)
    fresh = Warehouse.__new__(Warehouse)
    fresh.__dict__.update(warehouse.__dict__, path=copy)
    fresh.run("drop schema amplitude cascade")
    fresh.build(**settings)
    return fresh.marts()


def test_what_warehouses_do_to_their_rows_is_followed(filled, tmp_path):
    warehouse, second = filled
    before = warehouse.marts(), warehouse.outbox(), numbers(warehouse)

    warehouse.build()
    assert (warehouse.marts(), warehouse.outbox(), numbers(warehouse)) == before

    # Rows that were loaded long ago, as a view or a repaired sync shows them; deleted rows; one
    # row twice; the same id with another payload, received earlier than the first; a table gone.
    warehouse.load(second, late=timedelta(days=30))
    warehouse.run("drop table raw.screens")
    warehouse.run("delete from raw.pages where id in (select min(id) from raw.pages)")
    warehouse.run("delete from raw.product_viewed where hash(id) % 3 = 0")
    warehouse.run("insert into raw.pages select * from raw.pages where hash(id) % 5 = 0")
    warehouse.run(
        "insert into raw.pages by name select * replace ("
        "'Another Page' as name, received_at - interval 1 hour as received_at) "
        "from raw.pages where hash(id) % 7 = 0"
    )
    warehouse.build()
    assert warehouse.marts() == full(warehouse, tmp_path)
    sent = warehouse.outbox()
    assert sent.keys() >= before[1].keys()
    assert {key: sent[key] for key in before[1]} == before[1]
    names = warehouse.run("select distinct event_type from amplitude.amplitude_events")
    assert ("Viewed Another Page",) in names

    # Other settings map every message anew, and send nothing twice.
    warehouse.build(page_name_template="Saw {{name}}", drop_events=["Product Viewed"])
    other = {"page_name_template": "Saw {{name}}", "drop_events": ["Product Viewed"]}
    assert warehouse.marts() == full(warehouse, tmp_path, **other)
    now = warehouse.outbox()
    assert {key: now[key] for key in sent} == sent


def numbers(warehouse):
    """Give what a build that does nothing leaves alone."""
    return warehouse.run("select message_key, change_number from amplitude.int_messages_known")


@pytest.mark.full
def test_a_backfill_in_windows_gives_the_same_rows(arrivals, whole, tmp_path):
    warehouse = Warehouse(tmp_path / "scratch.duckdb", arrivals, SETTINGS)
    warehouse.load(arrivals.rows)
    first, *others = windows(DEFAULT_END - timedelta(days=4), DEFAULT_END, 2)
    warehouse.build(**first.settings)
    early = warehouse.outbox()
    for window in others:
        warehouse.build(**window.settings)
    assert 0 < len(early) < len(warehouse.outbox()) < len(whole.outbox())
    warehouse.build()
    assert warehouse.marts() == whole.marts()
    assert warehouse.outbox() == whole.outbox()


@pytest.mark.full
def test_a_full_refresh_that_stopped_halfway_is_made_good_by_the_next_build(filled, tmp_path):
    warehouse, _ = filled
    warehouse.run("delete from raw.pages where hash(id) % 3 = 0")
    warehouse.build("--full-refresh", select="+int_messages_known")
    warehouse.build()
    assert warehouse.marts() == full(warehouse, tmp_path)
