"""`seg2amp doctor`: what it says of warehouses as data teams have them, before any build."""

import json

import duckdb
import pytest

from command import run
from seg2amp import api
from seg2amp.settings import REPOSITORY, Environment
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project

BROKEN = '[{"product_id": "' + "x" * 495
RAW = f"""
create schema web;
create table web.tracks as
select *, timestamp '2026-01-10 10:00:00' as received_at, timestamp '2026-01-10 11:00:00' as uuid_ts
from (values
  ('o1', 'user-1', 'anon-1', 'Order Completed', 'order_completed', timestamp '2026-01-10 10:00:00'),
  ('o2', 'user-2', 'anon-2', 'Order Completed', 'order_completed', timestamp '2026-01-10 10:00:00'),
  ('o9', 'user-9', 'anon-9', 'Order Completed', 'order_completed', timestamp '2026-01-10 10:00:00'),
  ('t1', 'user-1', 'anon-1', '注文完了', null, timestamp '2026-01-10 10:00:00'),
  ('t2', 'guest', 'anon-1', 'Not Synced', 'not_synced', timestamp '2026-01-10 10:00:00'),
  ('t3', 'null', 'anon-1', 'Not Synced', 'not_synced', timestamp '1970-01-20 10:00:00'),
  ('t4', 'abc', '0000-00', null, null, timestamp '2026-02-10 10:00:00'),
  (null, null, '', 'session_start', 'session_start', null)
) as raw(id, user_id, anonymous_id, event_text, event, "timestamp");
insert into web.tracks
select 'o8', 'user-8', 'anon-8', 'Order Completed', 'order_completed', now()::timestamp,
  now()::timestamp, now()::timestamp;
create table web.order_completed as
select *, timestamp '2026-01-10 10:00:00' as "timestamp",
  timestamp '2026-01-10 10:00:00' as received_at, timestamp '2026-01-15 11:00:00' as uuid_ts,
  'x' as _name, cast(1.5 as double precision) as discount, '203.0.113.7' as context_ip
from (values
  ('o1', 'user-1', 'anon-1', 'Order Completed', 'order_completed', '{BROKEN}', 30.0, '1', 'x'),
  ('o1', 'user-1', 'anon-1', 'Order Completed', 'order_completed', '[{{}}', 30.0, '1', '2'),
  ('o2', 'user-2', 'anon-2', 'order completed', 'order_completed', '"none"', 30.0, null, null),
  ('o3', 'user-2', 'anon-2', 'Order Completed', 'order_completed', '[]', 30.0, '-1', null)
) as raw(id, user_id, anonymous_id, event_text, event, products, price,
  context_actions_amplitude_session_id, context_amplitude_session_id);
create table web.product_viewed as
select 'v1' as id, 'user-1' as user_id, 'anon-1' as anonymous_id, 'Product Viewed' as event_text,
  'product_viewed' as event, '30' as price, 2::bigint as discount, repeat('d', 512) as description,
  '["a", "b' as tags, timestamp '2026-01-10 10:00:00' as "timestamp",
  timestamp '2026-01-10 10:00:00' as received_at, 7 as session_id,
  true as context_consent_category_preferences_c0004;
create table web.crm_export as
select 'v1' as id, 'Product Viewed' as event_text, 'product_viewed' as event, 'user-1' as user_id;
create table web.users as select 'user-1' as id, 'Ana' as name;
create view web.pages_view as select 1 as id;
create table web.groups as select 'g1' as id, 'user-1' as user_id, null::text as group_id,
  timestamp '2026-01-10 10:00:00' as received_at, 'no date' as "timestamp";
create table web.aliases as select 'a1' as id, 'user-1' as user_id,
  timestamp '2026-01-10 10:00:00' as received_at, timestamp '2026-01-10 10:00:00' as "timestamp";
create schema server;
create table server.identifies as select 'o1' as id, 'user-1' as user_id,
  timestamp '2026-01-10 10:00:00' as received_at, timestamp '2026-01-10 11:00:00' as uuid_ts;
create table server.pages as
select *, timestamp '2026-01-10 10:00:00' as received_at, timestamp '2026-01-10 11:00:00' as uuid_ts
from (values
  ('p1', 'user-1', 'Pages', 'pages'),
  ('p2', 'user-1', null, null),
  ('p3', null, null, null)
) as raw(id, user_id, event_text, event);
create schema ios;
create table ios.screens as select 's1' as id, timestamp '2026-01-10 10:00:00' as received_at;
create schema crm;
create table crm.pages as select 1 as page;
create schema empty;
create table empty.pages_view as select 1 as id;
"""
SETTINGS = {
    "segment_schemas": ["web", "server", "gone", "empty"],
    "drop_events": ["Not *"],
    "stale_after_hours": 48,
}
EVENTS = ("order_completed", "product_viewed")
# What is found in the schema `web`: finding, table, column, rows, and words of its detail.
WEB = {
    ("table_missing", "identifies", None, None, None),
    ("table_missing", "pages", None, None, None),
    ("table_missing", "screens", None, None, None),
    ("table_left_out", "pages_view", None, None, "a view that Segment keeps beside a table"),
    ("table_left_out", "users", None, None, "the latest state of each, not messages"),
    ("opt_outs_unknown", None, None, None, None),
    ("consent_found", None, None, None, "c0004"),
    ("underscore_column", "order_completed", "_name", None, "name"),
    ("session_id_elsewhere", "product_viewed", "session_id", None, "whole number"),
    ("types_differ", None, "price", None, "number in {}; text in {}".format(*EVENTS)),
    (
        "numbers_differ",
        None,
        "discount",
        None,
        "number in order_completed; whole number in product_viewed",
    ),
    ("tracks_without_table", "tracks", None, 1, "注文完了"),
    ("tracks_without_table", "tracks", None, 2, "Not Synced"),
    ("tracks_without_table", "tracks", None, 1, "session_start"),
    ("tracks_without_row", "tracks", None, 1, "Order Completed"),
    ("tracks_waiting", "tracks", None, 1, "Order Completed"),
    ("event_rows_without_tracks", "order_completed", None, 1, None),
    ("event_rows_without_tracks", "product_viewed", None, 1, None),
    ("event_rows_without_tracks", "crm_export", None, 1, None),
    ("id_in_several_tables", None, "id", 1, "such as in crm_export and product_viewed"),
    ("no_person", "tracks", None, 1, None),
    ("message_id_missing", "tracks", "id", 1, None),
    ("user_id_placeholder", "tracks", "user_id", 1, None),
    ("user_id_reserved", "tracks", "user_id", 1, None),
    ("user_id_too_short", "tracks", "user_id", 1, None),
    ("device_id_reserved", "tracks", "anonymous_id", 1, None),
    ("time_too_early", "tracks", "timestamp", 1, "the earliest is 1970-01-20 10:00:00"),
    ("time_in_future", "tracks", "timestamp", 1, "the latest is 2026-02-10 10:00:00"),
    ("time_missing", "tracks", "timestamp", 1, None),
    ("time_unreadable", "groups", "timestamp", 1, None),
    ("event_name_missing", "tracks", "event_text", 1, None),
    ("event_not_wanted", "tracks", "event_text", 2, None),
    ("session_event", "tracks", "event_text", 1, None),
    ("several_event_names", "order_completed", "event_text", 2, "Order Completed, order completed"),
    ("event_of_another_table", "crm_export", "event", 1, "such as product_viewed"),
    ("duplicate_ids", "order_completed", "id", 1, None),
    ("products_cut", "order_completed", "products", 1, "the longest has 512 characters"),
    ("products_unreadable", "order_completed", "products", 1, "the longest has 512 characters"),
    ("products_not_list", "order_completed", "products", 1, "the longest has 512 characters"),
    ("list_unreadable", "product_viewed", "tags", 1, None),
    ("text_cut", "product_viewed", "description", 1, None),
    (
        "session_id_found",
        "order_completed",
        "context_actions_amplitude_session_id",
        3,
        "text",
    ),
    ("session_id_found", "order_completed", "context_amplitude_session_id", 2, "text"),
    ("session_ids_differ", "order_completed", "context_amplitude_session_id", 2, None),
    ("late_rows", "order_completed", "uuid_ts", 4, None),
    ("group_id_missing", "groups", "group_id", 1, None),
    ("previous_id_missing", "aliases", "previous_id", 1, None),
    ("call_off", "aliases", None, 1, None),
    ("no_anonymous_id_column", "crm_export", "anonymous_id", 1, None),
    ("no_timestamp_column", "crm_export", "timestamp", 1, None),
    ("no_received_at_column", "crm_export", "received_at", 1, None),
    ("no_ip_column", "crm_export", "context_ip", 1, None),
    ("no_ip_column", "product_viewed", "context_ip", 1, None),
    ("no_ip_column", "tracks", "context_ip", 5, None),
    ("no_user_agent_column", "crm_export", "context_user_agent", 1, None),
    ("no_user_agent_column", "order_completed", "context_user_agent", 4, None),
    ("no_user_agent_column", "product_viewed", "context_user_agent", 1, None),
    ("no_user_agent_column", "tracks", "context_user_agent", 5, None),
    *(
        ("no_load_time", table, "uuid_ts", 1, None)
        for table in ("aliases", "crm_export", "groups", "product_viewed")
    ),
}


@pytest.fixture(scope="module")
def diagnosis(tmp_path_factory):
    """Give what is found in the odd warehouse."""
    path = tmp_path_factory.mktemp("doctor") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(RAW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        yield api.doctor(SETTINGS)


def found(diagnosis, schema):
    return {
        (it.finding, it.source_table, it.column_name, it.row_count, it.detail)
        for it in diagnosis.findings
        if it.source_relation == schema
    }


def test_everything_odd_is_found_where_it_is_and_nothing_else(diagnosis):
    got = found(diagnosis, "web")
    assert got - WEB == set()
    assert WEB - got == set()


def test_schemas_are_judged_by_whether_they_can_be_read(diagnosis):
    assert found(diagnosis, "gone") == {("schema_missing", None, None, None, None)}
    assert ("schema_without_tables", None, None, None, None) in found(diagnosis, "empty")
    assert found(diagnosis, "ios") == {("schema_not_read", None, None, None, "screens")}
    assert found(diagnosis, "crm") == set()
    assert found(diagnosis, "server") >= {
        ("id_in_several_sources", None, "id", 1, "such as in server and web"),
        ("no_session_id", None, None, None, None),
        ("stale", None, None, None, "the last load was at 2026-01-10 11:00:00 UTC"),
    }


def test_a_table_that_two_calls_share_is_asked_for_each_by_itself(diagnosis):
    pages = {row[0]: row[3] for row in found(diagnosis, "server") if row[1] == "pages"}
    assert (pages["no_person"], pages["no_name_column"], pages["no_ip_column"]) == (1, 2, 3)
    assert "event_name_missing" not in pages
    read_as = {it.source_table: it.read_as for it in diagnosis.sources}
    assert read_as["pages"] == "page, track"


def test_each_table_is_described(diagnosis):
    tables = {(it.source_relation, it.source_table): it for it in diagnosis.sources}
    orders = tables["web", "order_completed"]
    assert (orders.read_as, orders.left_out, orders.row_count) == ("track", None, 4)
    assert (str(orders.last_loaded_at), orders.load_lag_hours) == ("2026-01-15 11:00:00", 121.0)
    assert (orders.load_time_column, orders.columns) == ("uuid_ts", 15)
    assert tables["web", "tracks"].row_count == 9
    assert tables["web", "users"].left_out == "the latest state of each, not messages"
    assert tables["web", "users"].row_count is None


def test_what_is_lost_is_an_error_and_what_is_usual_a_note(diagnosis):
    severities = {it.finding: it.severity for it in diagnosis.findings}
    assert severities["schema_missing"] == severities["products_cut"] == "error"
    assert severities["event_of_another_table"] == severities["consent_found"] == "warning"
    assert severities["session_event"] == severities["table_missing"] == "info"
    unsent = {it.finding for it in diagnosis.findings if not it.is_sent}
    assert unsent >= {"no_person", "user_id_reserved", "time_in_future", "call_off"}
    assert "user_id_placeholder" not in unsent
    shares = {(it.finding, it.source_table): it.share for it in diagnosis.findings}
    assert shares["no_person", "tracks"] == 0.2
    assert shares["late_rows", "order_completed"] == 1.0


def test_a_build_warns_of_a_schema_that_is_no_longer_loaded(diagnosis):
    project = Project.beside(Environment().duckdb_path, REPOSITORY / "dbt_project", None)
    test = "each_schema_was_loaded_within_stale_after_hours"
    late = [("server", "the last load was at 2026-01-10 11:00:00 UTC")]
    for hours, found_late in ((48, late), (0, [])):
        settings = {"segment_schemas": ["web", "server"], "stale_after_hours": hours}
        assert project.rows(test, 9, settings, parsed(project)) == found_late
    (node,) = [node for node in parsed(project).nodes.values() if node.name == test]
    assert node.config.severity.lower() == "warn"


def test_the_command_tells_it_in_words_and_ends_with_3_for_an_error(capsys, diagnosis):
    settings = [f"--set={name}={json.dumps(value)}" for name, value in SETTINGS.items()]
    ended = run(capsys, "doctor", *settings)
    assert ended.code == 3
    words = " ".join(ended.out.split())
    for told in (
        "web: 6 tables read, 2 left out rows: aliases 1, groups 1, tracks 9, 3 tables of events 6",
        "last load 2026-01-10 11:00 UTC, 1.0 hours after it was received on average",
        "error products_cut · web · order_completed.products · 1 row (25.0%) the longest has 512",
        "warning event_of_another_table · web · crm_export.event · 1 row (100.0%)",
        "no_load_time · web · 4 tables · uuid_ts · 4 rows aliases: 1 row; crm_export: 1 row",
        "tracks_without_table · web · tracks · 4 rows tracks, Not Synced: 2 rows",
        "3 errors, ",
        """to read them: seg2amp doctor --set 'segment_schemas=["ios", "server", "web"]'""",
    ):
        assert told in words, told
    assert "Traceback" not in ended.err


def test_without_settings_it_says_what_to_set(capsys, tmp_path, monkeypatch):
    path = tmp_path / "warehouse.duckdb"
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
    ended = run(capsys, "doctor")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "SEG2AMP_DUCKDB_PATH" in ended.err
    assert not path.exists()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema ios")
        connection.execute("create table ios.screens (id text, received_at timestamp)")
    ended = run(capsys, "doctor", "--json")
    told = json.loads(ended.out)
    assert (ended.code, told["sources"]) == (0, [])
    assert {it["finding"] for it in told["findings"]} == {"schemas_not_set", "schema_not_read"}
    with duckdb.connect(str(path)) as connection:
        schemas = connection.execute("select schema_name from information_schema.schemata")
        assert ("amplitude",) not in schemas.fetchall()
