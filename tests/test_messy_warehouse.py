"""Raw Segment schemas as data teams have them: the odd tables, names, types and rows, unedited."""

import json

import duckdb
import pytest

from seg2amp import api
from seg2amp.transform import BuildTests

EVENTS = {
    # Two names of one event share a table; a property comes in each of the types that teams have.
    "web.order_completed": """
        select * from (values
          ('o1', 'Order Completed', '[{"product_id":"p1","price":"$30.00"}]', '1.5'),
          ('o2', 'order_completed', '[{"product_id":"p1","price":1,"quantity":1},{"produ', 'yes'),
          ('o3', 'Order_Completed', '', null), ('o4', 'Order Completed', '[]', null),
          ('o5', 'Order Completed', 'null', null),
          ('o6', 'Order Completed', '{"product_id":"p9","price":2}', null),
          ('o7', 'Order Completed', 'kettle', null),
          ('o8', 'Order Completed', '[{"id":"v1","price":-3.5,"quantity":2}]', null)
        ) as raw(id, event_text, products, shipping)""",
    "server.order_completed": """
        select 's1' as id, 'Order Completed' as event_text, 7.25 as shipping, 20 as total,
          [{'product_id': 'p1', 'price': 10.0, 'quantity': 2}] as products""",
    "web._2fa_enabled": "select 'd1' as id, '2FA Enabled' as event_text, 'sms' as method",
    # A property named as a common column, a reserved word, or with a digit, has `_` before it.
    "web.order": """
        select 'r1' as id, 'Order' as event_text, 'x' as _id, 'q' as _timestamp, 'w' as "_select",
          1 as "from", 's' as screen, 3 as screen_width, 'm' as _3d, 'group-1' as group_id,
          'true' as flag, 'Café' as "größe", 'obj' as __segment_object_id""",
    # Tables that are none of Segment's, or nothing to read.
    "web.order_completed_view": "select 'v1' as id, 'Order Completed' as event_text",
    "web.__segment_reverse_etl": "select 'v2' as id, 'Order Completed' as event_text",
    "web.orders_enriched": "select 'o4' as id, 'Order Completed' as event_text, 9 as margin",
    "web.secret": "select 'v3' as id, 'Secret' as event_text",
    # A track event whose name is that of a table for another call.
    "web.pages": "select 'pt' as id, 'Pages' as event_text, 3 as count, null::text as name",
    "web.users": "select 'ut' as id, 'Users' as event_text, 4 as count",
}
TRACKS = {
    "web.tracks": [
        *((f"o{number}", "order_completed") for number in range(1, 9)),
        ("d1", "2fa_enabled"),
        ("r1", "order"),
        ("m1", "never_synced"),
        ("m2", ""),
        ("shared", "shared"),
    ],
    "server.tracks": [("s1", "order_completed"), ("shared", "shared")],
}
NAMES = {"never_synced": "Never Synced", "": "注文完了", "shared": "Shared"}


def make(connection):
    for schema in ("web", "server"):
        connection.execute(f"create schema {schema}")
    common = (
        "null::text as anonymous_id, 'user-12345' as user_id, "
        "timestamp '2026-01-10 10:00:00' as received_at, "
        "timestamp '2026-01-10 09:00:00.123456' as timestamp, "
        "timestamp '2026-01-10 11:00:00' as uuid_ts"
    )
    for table, select in EVENTS.items():
        schema, _, name = table.partition(".")
        event = "order_completed" if "order" in name and name != "order" else name.lstrip("_")
        connection.execute(
            f'create table {schema}."{name}" as '
            f"select raw.*, {common}, '{event}' as event from ({select}) as raw"
        )
    for table, rows in TRACKS.items():
        values = ", ".join(
            f"('{key}', '{event}', '{NAMES.get(event, 'Order Completed')}')" for key, event in rows
        )
        connection.execute(
            f"create table {table} as select raw.*, {common} "
            f"from (values {values}) as raw(id, event, event_text)"
        )
    connection.execute(
        "insert into web.pages by name select 'p1' as id, 'Home' as name, 'user-12345' as user_id, "
        "timestamp '2026-01-10 10:00:00' as received_at"
    )
    connection.execute(
        """
        create table server.identifies as select * from (values
          ('i1', 42.0::double, null, timestamp '2026-01-10 09:00:00.001', 'a@b.c', 'Ana'),
          ('i2', null, '', timestamp '2026-01-10 09:00:00', 'a@b.c', null),
          ('i3', null, 'anon-12345', null, null, 'Bo')
        ) as raw(id, user_id, anonymous_id, timestamp, email, first_name)
        """
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Build the messy schemas once."""
    path = tmp_path_factory.mktemp("messy") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        make(connection)
    settings = {
        "segment_schemas": ["web", "server"],
        "exclude_tables": ["web.sec*"],
        "min_id_length": 1,
        "tracks_wait_hours": 0,
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        api.build(settings, tests=BuildTests.DATA)
        yield lambda sql: api.query(sql).to_pylist()


@pytest.fixture(scope="module")
def rows(warehouse):
    found = warehouse("select insert_id, payload from amplitude.amplitude_rows")
    return {row["insert_id"]: json.loads(row["payload"]) for row in found}


def made_of(rows, key):
    return sorted(name for name in rows if name == key or name.startswith(f"{key}-"))


def test_names_that_fold_to_one_table_keep_their_text(rows):
    assert [rows[key]["event_type"] for key in ("o1", "o2", "o3")] == [
        "Order Completed",
        "order_completed",
        "Order_Completed",
    ]


def test_products_are_read_where_they_are_whole(rows):
    products = {f"o{number}": len(made_of(rows, f"o{number}")) - 1 for number in range(1, 9)}
    assert {key for key, number in products.items() if number} == {"o1", "o6", "o8"}
    assert rows["o1-2"]["event_properties"]["price"] == "$30.00"
    assert rows["o8-2"]["event_properties"]["id"] == "v1"
    assert rows["o2"]["event_properties"]["products"].endswith('{"produ')
    assert rows["o7"]["event_properties"]["products"] == "kettle"


def test_products_may_be_a_nested_type_and_a_column_has_a_type_in_each_table(rows):
    assert len(made_of(rows, "s1")) == 2
    assert rows["s1-2"]["event_properties"]["product_id"] == "p1"
    assert rows["s1"]["event_properties"]["shipping"] == 7.25
    assert rows["o1"]["event_properties"]["shipping"] == "1.5"
    assert "shipping" not in rows["o3"]["event_properties"]


def test_a_table_whose_event_begins_with_a_digit_holds_its_tracks(rows):
    assert rows["d1"]["event_properties"] == {"method": "sms"}


def test_an_underscore_that_a_name_needed_goes_again(rows):
    assert rows["r1"]["event_properties"] == {
        "id": "x",
        "timestamp": "q",
        "select": "w",
        "from": 1,
        "screen": "s",
        "screen_width": 3,
        "3d": "m",
        "group_id": "group-1",
        "flag": "true",
        "größe": "Café",
    }
    assert rows["r1"]["time"] == 1_768_035_600_123


def test_tables_that_are_not_segments_are_left_alone(rows):
    assert not {"v1", "v2", "v3"} & rows.keys()


def test_a_teams_copy_of_an_event_does_not_outweigh_its_own_table(rows, warehouse):
    assert "margin" not in rows["o4"]["event_properties"]
    copies = "select copies, source_table from amplitude.audit_messages where message_id = 'o4'"
    assert warehouse(copies) == [{"copies": 2, "source_table": "order_completed"}]


def test_an_event_may_have_the_name_of_another_calls_table(rows):
    assert (rows["pt"]["event_type"], rows["pt"]["event_properties"]["count"]) == ("Pages", 3)
    assert (rows["ut"]["event_type"], rows["ut"]["event_properties"]["count"]) == ("Users", 4)
    assert rows["p1"]["event_type"] == "Viewed Home"


def test_a_track_whose_table_is_missing_goes_without_properties(rows):
    assert (rows["m1"]["event_type"], rows["m1"]["event_properties"]) == ("Never Synced", {})
    assert (rows["m2"]["event_type"], rows["m2"]["event_properties"]) == ("注文完了", {})


def test_one_id_in_two_sources_is_one_message(rows, warehouse):
    found = warehouse(
        "select source_relation, copies from amplitude.audit_messages where message_id = 'shared'"
    )
    assert len(found) == 1
    assert found[0]["copies"] == 2
    assert made_of(rows, "shared") == ["shared"]


def test_ids_that_are_numbers_have_no_decimals_and_empty_ones_are_none(rows, warehouse):
    assert rows["i1"]["user_id"] == "42"
    assert rows["i3"]["device_id"] == "anon-12345"
    sql = "select rejection_reason from amplitude.audit_rejections where message_id = 'i2'"
    assert warehouse(sql) == [{"rejection_reason": "neither user_id nor device_id"}]


def test_a_message_says_where_it_came_from(warehouse):
    found = warehouse(
        "select source_relation, source_table, count(*) as n from amplitude.audit_messages "
        "where message_id in ('s1', 'd1', 'm1', 'i1') group by all order by all"
    )
    assert [(row["source_relation"], row["source_table"]) for row in found] == [
        ("server", "identifies"),
        ("server", "order_completed"),
        ("web", "_2fa_enabled"),
        ("web", "tracks"),
    ]


@pytest.mark.full
def test_a_thousand_event_tables_are_read(tmp_path, monkeypatch):
    path = tmp_path / "warehouse.duckdb"
    row = (
        "'m{0}' as id, 'user-12345' as user_id, 'event_{0}' as event, 'Event {0}' as event_text, "
        "timestamp '2026-01-10' as received_at, timestamp '2026-01-10' as uuid_ts, {0} as number"
    )
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema web")
        for number in range(1000):
            connection.execute(f"create table web.event_{number} as select {row.format(number)}")
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
    api.build({"segment_schemas": ["web"]}, tests=BuildTests.NONE)
    made = api.query("select payload from amplitude.amplitude_outbox").to_pylist()
    numbers = [json.loads(row["payload"])["event_properties"]["number"] for row in made]
    assert sorted(numbers) == list(range(1000))
