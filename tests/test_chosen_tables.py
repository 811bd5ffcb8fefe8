"""Which event tables are read, and under which names their properties go on."""

import json

import duckdb
import pytest

from projects import project_with, seed
from seg2amp import api
from seg2amp.transform import BuildTests

EVENTS = ("Order Completed", "Order Refunded", "Signed Up", "Heartbeat", "Order Heartbeat")
NAMES = [
    ["source_table", "column_name", "property_name", "comment"],
    ["", "first_name", "firstName", "as the apps say it"],
    ["order_completed", "coupon_code", "couponCode", ""],
    ["signed_up", "first_name", "givenName", "the form's own word"],
    ["", "context_traits_first_name", "firstName", ""],
]
SETTINGS = {
    "segment_schemas": ["shop"],
    "include_tables": ["shop.order_*", "SIGNED_UP"],
    "exclude_tables": ["*heartbeat"],
    "event_traits": "context",
}


def make(connection):
    connection.execute("create schema shop")
    tracks = []
    for number, event in enumerate(EVENTS):
        table = event.lower().replace(" ", "_")
        row = (
            f"select 'm{number}' as id, '{event}' as event_text, '{table}' as event, "
            "'user-12345' as user_id, timestamp '2026-01-10 09:00:00' as timestamp"
        )
        tracks.append(f"{row}, 'Ana' as context_traits_first_name")
        connection.execute(
            f"create table shop.{table} as {row}, 'Ana' as first_name, 'X1' as coupon_code"
        )
    row = tracks[0].replace("'m0'", "'no table'").replace("order_completed", "never_synced")
    connection.execute(f"create table shop.tracks as {' union all '.join([*tracks, row])}")
    connection.execute(
        "create table shop.identifies as select 'i1' as id, 'user-12345' as user_id, "
        "timestamp '2026-01-10 09:00:00' as timestamp, 'Ana' as first_name, 'B' as last_name"
    )


@pytest.fixture(scope="module")
def payloads(tmp_path_factory):
    """Build the shop by a project that names some of its properties; give {message: payload}."""
    folder = tmp_path_factory.mktemp("chosen")
    project = project_with({"seeds/property_names.csv": seed(NAMES)}, folder)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        make(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(folder / "warehouse.duckdb"))
        patch.setenv("SEG2AMP_PROJECT_DIR", str(project))
        api.build(SETTINGS, tests=BuildTests.DATA)
        rows = api.query("select message_id, payload from amplitude.amplitude_outbox").to_pylist()
    return {row["message_id"]: json.loads(row["payload"]) for row in rows}


def test_tables_are_read_as_the_two_lists_say(payloads):
    assert set(payloads) == {"m0", "m1", "m2", "no table", "i1"}


def test_a_property_gets_its_name_back_in_the_table_it_is_given_for_or_in_all(payloads):
    properties = {key: payloads[key].get("event_properties") for key in ("m0", "m1", "m2")}
    assert properties == {
        "m0": {"couponCode": "X1", "firstName": "Ana"},
        "m1": {"coupon_code": "X1", "firstName": "Ana"},
        "m2": {"coupon_code": "X1", "givenName": "Ana"},
    }


def test_traits_get_their_names_back_too(payloads):
    assert payloads["i1"]["user_properties"] == {"firstName": "Ana", "last_name": "B"}
    assert payloads["no table"]["user_properties"] == {"firstName": "Ana"}
