"""Raw rows that take the place of others: as many as before, loaded when those were."""

import duckdb
import pytest

from seg2amp import api
from seg2amp.transform import BuildTests

LOADED = "2026-01-10 11:00:00"
# For each schema the rows of its event table before and after: {id: loaded at}.
SWAPS = {
    "one_of_two_alike": ({"m-1": LOADED, "m-2": LOADED}, {"m-2": LOADED}),
    "another_at_the_same_time": ({"m-1": LOADED, "m-2": LOADED}, {"m-1": LOADED, "m-3": LOADED}),
    "without_a_load_time": ({"m-1": LOADED, "m-2": None}, {"m-1": LOADED, "m-3": None}),
    "times_with_the_same_sum": (
        {"m-1": f"{LOADED}.1", "m-2": f"{LOADED}.3", "m-3": f"{LOADED}.5"},
        {"m-4": f"{LOADED}.2", "m-5": f"{LOADED}.2", "m-3": f"{LOADED}.5"},
    ),
    "within_a_millisecond": (
        {"m-1": f"{LOADED}.0001", "m-2": f"{LOADED}.5"},
        {"m-3": f"{LOADED}.0009", "m-2": f"{LOADED}.5"},
    ),
    "the_whole_table": ({"m-1": LOADED}, {"m-2": LOADED}),
}


def fill(path, which):
    with duckdb.connect(str(path)) as connection:
        for schema, states in SWAPS.items():
            connection.execute(f"create schema if not exists {schema}")
            values = ", ".join(
                f"('{schema}-{key}', cast({repr(time) if time else 'null'} as timestamp))"
                for key, time in states[which].items()
            )
            connection.execute(
                f"create or replace table {schema}.clicked as select raw.*, 'clicked' as event, "
                "'Clicked' as event_text, 'user-12345' as user_id, timestamp '2026-01-10' as "
                f"received_at, timestamp '2026-01-10' as timestamp from (values {values}) "
                "as raw(id, uuid_ts)"
            )


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Build before and after the rows are swapped; give the messages that are mapped then."""
    path = tmp_path_factory.mktemp("swapped") / "warehouse.duckdb"
    settings = {"segment_schemas": list(SWAPS)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        for which in (0, 1):
            fill(path, which)
            api.build(settings, tests=BuildTests.NONE)
        rows = api.query("select message_id from amplitude.amplitude_events").to_pylist()
    return {row["message_id"] for row in rows}


@pytest.mark.parametrize("schema", SWAPS)
def test_a_row_that_takes_the_place_of_another_is_seen(schema, found):
    there = {key for key in found if key.startswith(schema)}
    assert there == {f"{schema}-{key}" for key in SWAPS[schema][1]}
