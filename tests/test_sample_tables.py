"""The sample's tables: the same story as its messages, in the shape of a warehouse."""

import json
from collections import Counter
from datetime import timedelta

import pyarrow as pa
import pytest

from seg2amp.sample import DEFAULT_END, generate
from seg2amp.sample.names import identifier, snake_case
from seg2amp.sample.rows import TABLES, flattened
from seg2amp.sample.spool import Spool, SpooledTable
from seg2amp.sample.tables import columnar
from seg2amp.sample.traffic import shards

MESSAGES = 5_000


@pytest.fixture(scope="module")
def messages():
    return list(generate(MESSAGES, seed=7))


def spooled(folder, parts):
    spool = Spool(folder, DEFAULT_END)
    for part in parts:
        spool.add(part)
    return {table.name: pa.concat_tables(table.read()) for table in spool.tables()}


@pytest.fixture(scope="module")
def tables(messages, tmp_path_factory):
    return spooled(tmp_path_factory.mktemp("spool"), [messages])


def test_every_call_stands_in_the_table_of_its_type(messages, tables):
    for kind, table in TABLES.items():
        ids = Counter(m["messageId"] for m in messages if m["type"] == kind)
        assert Counter(tables[table]["id"].to_pylist()) == ids


def test_every_track_stands_in_its_event_table_and_no_other(messages, tables):
    events = {
        name: table
        for name, table in tables.items()
        if "event" in table.column_names and name != "tracks"
    }
    expected = Counter(
        (identifier(message["event"]), message["messageId"])
        for message in messages
        if message["type"] == "track" and snake_case(message["event"])
    )
    found = Counter(
        (name, row_id) for name, table in events.items() for row_id in table["id"].to_pylist()
    )
    assert found == expected


def test_the_session_of_a_message_is_the_same_in_both_shapes(messages, tables):
    said = {
        message["messageId"]: str(options["session_id"])
        for message in messages
        for name, options in message["integrations"].items()
        if name in {"Actions Amplitude", "Amplitude"}
    }
    columns = ("context_actions_amplitude_session_id", "context_amplitude_session_id")
    landed = {
        row["id"]: str(row[column])
        for name, table in tables.items()
        if name != "users"
        for row in table.to_pylist()
        for column in columns
        if row.get(column) is not None
    }
    assert landed == said


def test_switches_of_integrations_do_not_land(tables):
    names = {name for table in tables.values() for name in table.column_names}
    assert not {name for name in names if "mixpanel" in name or name == "context_all"}


def test_every_column_holds_a_value(tables):
    for table in tables.values():
        assert all(column.null_count < len(column) for column in table.columns)


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("tracks", "received_at", pa.timestamp("us", tz="UTC")),
        ("tracks", "uuid_ts", pa.timestamp("us", tz="UTC")),
        ("identifies", "created_at", pa.timestamp("us", tz="UTC")),
        ("identifies", "age", pa.int64()),
        ("identifies", "newsletter", pa.bool_()),
        ("identifies", "interests", pa.string()),
        ("order_completed", "revenue", pa.float64()),
        ("order_completed", "products", pa.string()),
        ("subscription_renewed", "revenue", pa.string()),
        ("screens", "context_actions_amplitude_session_id", pa.int64()),
        ("pages", "context_actions_amplitude_session_id", pa.string()),
        ("push_notification_received", "_id", pa.string()),
    ],
)
def test_types(tables, table, column, kind):
    assert tables[table].schema.field(column).type == kind


def test_products_are_json_text_unless_the_column_cut_them(tables):
    texts = tables["order_completed"]["products"].to_pylist()
    cut = [text for text in texts if len(text) == 4_096]
    assert 0 < len(cut) < len(texts) / 20
    assert all(json.loads(text) for text in texts if text not in cut)
    with pytest.raises(json.JSONDecodeError):
        json.loads(cut[0])


def test_rows_reach_the_warehouse_after_segment_and_before_the_end(tables):
    for row in tables["tracks"].to_pylist():
        assert row["received_at"] <= row["uuid_ts"] <= DEFAULT_END


def test_late_rows_reach_the_warehouse_later_still(tables):
    waits = [
        row["uuid_ts"] - row["received_at"]
        for row in tables["tracks"].to_pylist()
        if row["received_at"] - row["timestamp"] > timedelta(hours=6)
    ]
    assert max(waits) > timedelta(days=1)


def test_users_hold_the_latest_state(messages, tables):
    states = {}
    for message in messages:
        if message["type"] == "identify" and message["userId"]:
            states.setdefault(message["userId"], {}).update(flattened(message["traits"]))
    users = {row["id"]: row for row in tables["users"].to_pylist()}
    assert users.keys() == states.keys()
    assert all(users[name]["plan"] == state.get("plan") for name, state in states.items())
    assert all(
        users[name]["newsletter"] == state.get("newsletter") for name, state in states.items()
    )


def test_part_by_part_gives_the_same_rows(messages, tables, tmp_path):
    parts = [messages[first : first + 1_000] for first in range(0, MESSAGES, 1_000)]
    found = spooled(tmp_path, parts)
    assert found.keys() == tables.keys()
    for name in found.keys() - {"users"}:
        assert found[name].equals(tables[name])


def test_a_person_stands_in_one_part_of_the_traffic():
    parts = [
        {message["userId"] for message in shard if message["type"] == "identify"} - {None}
        for shard in shards(30_000, 7)
    ]
    assert len(parts) == 2
    assert not parts[0] & parts[1]


def test_objects_flatten_and_arrays_become_text():
    tree = {
        "a": {"bC": 1, "d": {}},
        "list": [1, {"x": "é"}],
        "none": None,
        "注": 2,
        "": {"k": 1},
    }
    assert flattened(tree, "context") == {
        "context_a_b_c": 1,
        "context_list": '[1,{"x":"é"}]',
    }


def test_of_two_names_that_fold_to_one_the_first_wins():
    assert flattened({"productId": "first", "product_id": "second"}) == {"product_id": "first"}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, None], pa.int64()),
        ([1, 2.5], pa.float64()),
        ([True, "yes"], pa.string()),
        (["2026-01-15T00:00:00.000Z", "soon"], pa.string()),
    ],
    ids=["integers", "numbers", "mixed", "some instants"],
)
def test_a_column_is_as_wide_as_its_values(values, kind, tmp_path):
    whole = columnar([{"id": "x", "c": value} for value in values])
    table = SpooledTable("", "events", tmp_path)
    for value in values:
        table.append(columnar([{"id": "x", "c": value}]))
    assert whole["c"].type == kind
    assert {part["c"].type for part in table.read()} == {kind}
    assert table.reader().read_all().num_rows == len(values)
