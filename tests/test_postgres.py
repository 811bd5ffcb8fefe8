"""A second engine: the same rows on PostgreSQL as on DuckDB, from seeds and golden messages."""

import json

import duckdb
import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi

import classic_cases as classic
import golden_cases as golden
import test_codegen as codegen
import test_doctor as doctor
from postgres import postgres_url, profile_variables
from projects import small_project
from seg2amp import api
from seg2amp.errors import ConfigurationError
from seg2amp.settings import REPOSITORY
from seg2amp.transform import BuildTests, new_agents
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project

OUTBOX = """
select insert_id, message_id, rule_id, kind, endpoint, lane, position, load_id, user_id, device_id,
       event_time, min_id_length, endpoint_region, payload
from amplitude.amplitude_outbox
order by insert_id
"""
MADE = "select message_id, rule_id, endpoint, payload from golden.amplitude_rows"
NOT_MADE = "select message_id, outcome from golden.int_messages_routed where outcome <> 'mapped'"
RAW_JSON = {"segment_schemas": [], "raw_json_relation": "raw_json.lines"}
# Two in every run of the tests; all nine in the heavy ones.
GOLDEN = [
    name if name in {"default", "groups_and_add"} else pytest.param(name, marks=pytest.mark.full)
    for name in golden.ACTIONS_SETTINGS
]
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
ODD_AGENTS = [
    "it's \"quoted\" \\' or 1=1; --",
    "\\",
    "100% {{ var('x') }} {% raw %} %s",
    "null",
    "😀 ü\x7f\x85\u2028\u00a0",
    "two\nlines\t",
    "42",
    "x" * 3000,
    IPHONE,
]


class Server:
    """A PostgreSQL server, and dbt aimed at it."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder
        self.project = Project.beside(
            folder / "warehouse.duckdb", REPOSITORY / "dbt_project", "postgres"
        )

    def manifest(self, settings):
        """Give the project as the builds of this process have read it."""
        return parsed(self.project, settings.get("segment_schemas"))

    def dbt(self, *command, **settings):
        """Run one dbt command; give the names of the nodes that failed."""
        from dbt.cli.main import dbtRunner

        outcome = dbtRunner(manifest=self.manifest(settings)).invoke(
            [
                *command,
                *("--project-dir", str(self.project.folder)),
                *("--profiles-dir", str(REPOSITORY)),
                *("--target", "postgres", "--vars", json.dumps(settings)),
                *("--target-path", str(self.folder / "target")),
                *("--log-path", str(self.folder / "logs"), "--log-level", "none"),
            ]
        )
        failed = [r.node.name for r in outcome.result or () if r.status in ("error", "fail")]
        assert (outcome.exception, outcome.success) == (None, not failed)
        return failed

    def drop(self, schema):
        """Drop what builds have made. dbt reads the project anew for each schema's name."""
        with dbapi.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop schema if exists {schema} cascade")
            connection.commit()

    def ask(self, sql):
        """Give the rows of a query."""
        with dbapi.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def mapped(self):
        """Give what became of raw JSON, as a preview prints it."""
        names = ("message_id", "rule_id", "endpoint", "payload")
        made = [(*row[:-1], json.loads(row[-1])) for row in self.ask(MADE)]
        not_made = [
            {"message_id": message_id, "rule_id": None, "outcome": outcome}
            for message_id, outcome in self.ask(NOT_MADE)
        ]
        return [dict(zip(names, row, strict=True)) for row in made] + not_made

    def land(self, lines):
        """Write lines of raw JSON into the table that `RAW_JSON` names."""
        numbers = pa.array(range(1, len(lines) + 1), pa.int64())
        table = pa.table({"line": numbers, "raw": lines})
        with dbapi.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute("create schema if not exists raw_json")
            cursor.execute("drop table if exists raw_json.lines cascade")
            cursor.adbc_ingest("lines", table, mode="create", db_schema_name="raw_json")
            connection.commit()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("postgres")
    with postgres_url(folder) as url, pytest.MonkeyPatch.context() as patch:
        for name, value in profile_variables(url).items():
            patch.setenv(name, value)
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(folder / "warehouse.duckdb"))
        yield Server(url, folder)


def rows(found):
    return {row[0]: (*row[1:-1], json.loads(row[-1])) for row in found}


@pytest.mark.parametrize(
    "tests", [BuildTests.DATA, pytest.param(BuildTests.ALL, marks=pytest.mark.full)]
)
def test_the_outbox_is_the_same_as_on_duckdb(server, seeds_warehouse, tests):
    summary = api.build({}, tests=tests, target="postgres")
    with duckdb.connect(str(seeds_warehouse)) as connection:
        duckdb_outbox = rows(connection.execute(OUTBOX).fetchall())
        agents = "select * from amplitude.int_user_agents_parsed"
        duckdb_agents = connection.execute(agents).fetchall()
    assert len(duckdb_agents) > 1
    assert sorted(server.ask(agents)) == sorted(duckdb_agents)
    assert len(duckdb_outbox) > 30
    assert rows(server.ask(OUTBOX)) == duckdb_outbox
    assert summary.tests > 100
    assert not (server.folder / "warehouse.duckdb").exists()


def test_plain_dbt_stops_before_the_outbox_where_agents_are_not_parsed(server):
    server.drop("amplitude")
    nightly = ["build", "--selector", "deliver"]
    assert server.dbt(*nightly) == ["no_user_agent_waits_for_seg2amp_build"]
    assert server.ask("select to_regclass('amplitude.amplitude_outbox')") == [(None,)]
    assert server.dbt(*nightly, user_agent_parsing=False) == []
    assert server.ask("select count(*) > 30 from amplitude.amplitude_outbox") == [(True,)]


def test_a_server_that_refuses_us_is_configuration(server, monkeypatch, tmp_path):
    monkeypatch.setenv("SEG2AMP_PROJECT_DIR", str(small_project(tmp_path)))
    monkeypatch.setenv("SEG2AMP_POSTGRES_DATABASE", "nowhere")
    with pytest.raises(ConfigurationError, match=r'`postgres` refuses us .*"nowhere"'):
        api.build({}, target="postgres")


@pytest.fixture
def golden_schema(server, monkeypatch):
    """Build into a schema of another name, which is empty."""
    server.drop("golden")
    monkeypatch.setenv("SEG2AMP_SCHEMA", "golden")


@pytest.mark.usefixtures("golden_schema")
def test_an_agent_of_any_text_is_parsed_once(server, monkeypatch):
    monkeypatch.setattr(new_agents, "_ROUND", 4)

    def land(agents):
        event = {"type": "track", "event": "Seen", "userId": "user-1"}
        messages = [event | {"context": {"userAgent": agent}} for agent in agents]
        server.land([json.dumps(message) for message in messages])

    # The first time no further than to the agents, the second time a whole build.
    land(ODD_AGENTS)
    manifest = server.manifest(RAW_JSON)
    up_to_agents = ["build", *new_agents.UP_TO_AGENTS, *BuildTests.NONE.left_out]
    server.project.invoke(up_to_agents, RAW_JSON, manifest)
    assert new_agents.parse_new_agents(server.project, RAW_JSON, manifest) == len(ODD_AGENTS)
    land([*ODD_AGENTS, [IPHONE], "curl/8.4.0", None])
    api.build(RAW_JSON, tests=BuildTests.NONE, target="postgres")
    agents = "select user_agent, os_name, is_bot from golden.int_user_agents_parsed"
    wanted = [(agent, None, False) for agent in ODD_AGENTS[:-1]] + [("curl/8.4.0", None, False)]
    assert sorted(server.ask(agents)) == sorted([*wanted, (IPHONE, "iOS", False)])
    described = server.ask(
        "select count(*) from golden.int_events_named where agent_os_name = 'iOS'"
    )
    assert described == [(2,)]


@pytest.mark.usefixtures("golden_schema")
@pytest.mark.parametrize("name", GOLDEN)
def test_golden_messages_give_the_rows_of_the_destination(server, name):
    server.land(golden.messages())
    settings = {"profile": "actions", **golden.GROUP_AND_ALIAS, **golden.ACTIONS_SETTINGS[name]}
    api.build(RAW_JSON | settings, tests=BuildTests.NONE, target="postgres")

    got = golden.printed(tuple(json.dumps(line) for line in server.mapped()), name)
    wanted = golden.expected(name)
    different = sorted(case for case, outcome in wanted.items() if got[case] != outcome)
    golden.TALLY[f"actions/{name} on Postgres"] = (len(wanted) - len(different), len(wanted))
    assert different == ["track-context-null-01"]


@pytest.mark.full
def test_the_doctor_finds_the_same(server):
    with dbapi.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("drop schema if exists web, server, ios, crm, empty cascade")
        for statement in filter(str.strip, doctor.RAW.split(";\n")):
            cursor.execute(statement)
        connection.commit()
    diagnosis = api.doctor(doctor.SETTINGS, target="postgres")
    assert doctor.found(diagnosis, "web") == doctor.WEB
    assert {it.source_table: it.row_count for it in diagnosis.sources}["tracks"] == 9


@pytest.mark.full
def test_staging_written_out_gives_the_same_rows(server, tmp_path, monkeypatch):
    staged = []
    for schema in ("found", "written"):
        monkeypatch.setenv("SEG2AMP_SCHEMA", schema)
        for _ in range(2):
            api.build({}, tests=BuildTests.NONE, target="postgres")
        whole = "cast(to_jsonb(staged) - '{landed_in,row_id}'::text[] as text)"
        query = f"select {whole} from {schema}.stg_segment__messages as staged order by 1"
        staged.append(server.ask(query))
        if schema == "found":
            project = codegen.project_with(api.codegen({}, target="postgres"), tmp_path)
            monkeypatch.setenv("SEG2AMP_PROJECT_DIR", str(project))
    assert len(staged[0]) > 30
    assert staged[0] == staged[1]


@pytest.mark.full
@pytest.mark.usefixtures("golden_schema")
def test_classic_cases_give_the_documented_rows(server):
    different = []
    for group in classic.each():
        server.land(group.messages)
        api.build(RAW_JSON | group.settings, tests=BuildTests.NONE, target="postgres")
        different += classic.different(group.cases, server.mapped())
    golden.TALLY["classic on Postgres"] = (
        len(classic.CASES) - len(different),
        len(classic.CASES),
    )
    assert different == []


RAW_TABLES = """
create schema "Prod_Web";
create table "Prod_Web"."TRACKS" ("ID" varchar(1024), "USER_ID" bigint, "EVENT" text,
  "EVENT_TEXT" text, "RECEIVED_AT" timestamptz, "TIMESTAMP" timestamptz, uuid_ts timestamptz);
insert into "Prod_Web"."TRACKS"
select 't' || n, 12345, 'order_completed', 'Order Completed', moment, moment, moment
from generate_series(1, 4) as n,
  lateral (select timestamptz '2026-01-10 10:00:00.123456+02' + n * interval '1 day') as at(moment);
create table "Prod_Web".order_completed as
select t."ID" as id, t."USER_ID" as user_id, t."EVENT" as event, t."EVENT_TEXT" as event_text,
  t."RECEIVED_AT" as received_at, t."TIMESTAMP" as timestamp, t.uuid_ts, 1.50::numeric as exact,
  'nan'::double precision as nan, 'infinity'::double precision as inf, 'x' as "Order",
  array[1, null] as list, '{"k":1}'::jsonb as json, '[1,2' as cut, true as "select",
  '[{"product_id":"p1","price":2,"quantity":3}]' as products, date '2026-01-01' as day
from "Prod_Web"."TRACKS" as t where t."ID" <> 't4';
"""
CHANGES = """
delete from "Prod_Web".order_completed where id = 't1';
delete from "Prod_Web"."TRACKS" where "ID" = 't1';
insert into "Prod_Web"."TRACKS" select 'late', 67890, null, 'Late', "RECEIVED_AT", "TIMESTAMP",
  "RECEIVED_AT" - interval '30 days' from "Prod_Web"."TRACKS" where "ID" = 't2';
insert into "Prod_Web".order_completed
select (raw).* from (select raw from "Prod_Web".order_completed as raw where id = 't2') as twice;
alter table "Prod_Web".order_completed add column margin numeric;
insert into "Prod_Web".order_completed (id, user_id, event, event_text, received_at, timestamp,
  uuid_ts, margin)
values ('new', 12345, 'order_completed', 'Order Completed', now(), now(), now(), 3);
"""


@pytest.mark.full
def test_raw_tables_are_followed_as_they_change(server, monkeypatch):
    import psycopg2

    def change(sql):
        with psycopg2.connect(server.url) as connection, connection.cursor() as cursor:
            cursor.execute(sql)

    def marts(schema):
        names = ["events", "identifies", "group_identifies", "user_mappings"]
        query = "select row_to_json(m)::text from {}.amplitude_{} as m order by 1"
        return [server.ask(query.format(schema, name)) for name in names]

    settings = {"segment_schemas": ["Prod_Web"], "min_id_length": 1}
    monkeypatch.setenv("SEG2AMP_SCHEMA", "followed")
    change(RAW_TABLES)
    api.build(settings, tests=BuildTests.DATA, target="postgres")
    before = server.ask("select insert_id, payload from followed.amplitude_outbox order by 1")
    payload = json.loads(dict(before)["t1"])
    assert (payload["user_id"], payload["time"]) == ("12345", 1_768_118_400_123)
    assert payload["event_properties"] == {
        "exact": 1.5,
        "order": "x",
        "list": [1, None],
        "json": {"k": 1},
        "cut": "[1,2",
        "select": True,
        "products": [{"product_id": "p1", "price": 2, "quantity": 3}],
        "day": "2026-01-01",
    }
    assert json.loads(dict(before)["t4"])["event_properties"] == {}

    api.build(settings, tests=BuildTests.NONE, target="postgres")
    assert (
        server.ask("select insert_id, payload from followed.amplitude_outbox order by 1") == before
    )

    change(CHANGES)
    # A path that only a setting names is a column more in staging.
    other = {**settings, "drop_where": {"context.app.name": "other"}}
    for given in (settings, other):
        api.build(given, tests=BuildTests.NONE, target="postgres")
    monkeypatch.setenv("SEG2AMP_SCHEMA", "fresh")
    api.build(other, tests=BuildTests.NONE, target="postgres")
    assert marts("followed") == marts("fresh")
    now = dict(server.ask("select insert_id, payload from followed.amplitude_outbox"))
    assert {key: now[key] for key, _ in before} == dict(before)
    assert {"late", "new"} <= now.keys()


ODD_LINES = {
    '{"messageId": "first"}': None,
    "nope": "the line is not JSON",
    "": "the line is not JSON",
    '{"a":"\\ud800"}': "the line is not JSON",
    '{"a":"\\u0000"}': "the line holds a NUL character",
    '{"a":1,}': "the line is not JSON",
    '{"a":1e400}': "the line holds a number that is too large or none at all",
    '{"a":' * 30_000 + "1" + "}" * 30_000: "the line nests objects and arrays too deep",
    json.dumps({"messageId": "wide", "properties": {"list": [{}] * 6_000}}): None,
    '{"messageId": "last", "a": "\\\\u0000 ,] NaN"}': None,
}


@pytest.mark.full
def test_a_relation_of_raw_json_is_read_line_by_line_and_bit_by_bit(server, monkeypatch):
    monkeypatch.setenv("SEG2AMP_SCHEMA", "door")
    held = "select source_line, message_id, unreadable_reason from door.stg_segment__raw_json"

    def stage(**settings):
        command = ["build", "--select", "+stg_segment__raw_json", *BuildTests.NONE.left_out]
        assert server.dbt(*command, **(RAW_JSON | settings)) == []
        return sorted(server.ask(held))

    server.land(list(ODD_LINES))
    found = stage()
    assert [reason for _, _, reason in found] == list(ODD_LINES.values())
    assert [name for _, name, reason in found if not reason] == ["first", "wide", "last"]

    with dbapi.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("create table raw_json.bodies (line int, body jsonb, loaded_at timestamptz)")
        cursor.execute(
            """insert into raw_json.bodies
            select n, json_build_object('messageId', 'm' || n, 'receivedAt', t),
                   timestamptz '2026-01-01Z' + n * interval '1 day'
            from generate_series(1, 4) as n, to_char(date '2026-01-01' + n, 'YYYY-MM-DD') as t"""
        )
        connection.commit()
    bodies = {"raw_json_relation": "raw_json.bodies", "raw_json_column": "body"}
    within = stage(**bodies, read_since="2026-01-03", read_until="2026-01-05")
    assert [name for _, name, _ in within] == ["m2", "m3"]
    assert [name for _, name, _ in stage(**bodies)] == ["m1", "m2", "m3", "m4"]
    landings = "select distinct landed_in from door.stg_segment__raw_json"
    before = server.ask(landings)
    stage(**bodies)
    assert server.ask(landings) == before
    with dbapi.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("delete from raw_json.bodies where line in (1, 4)")
        cursor.execute("insert into raw_json.bodies values (5, '[]', '2026-01-09Z')")
        connection.commit()
    array = "the line is an array; write each message on a line, for instance with jq -c .[]"
    assert stage(**bodies) == [(2, "m2", None), (3, "m3", None), (5, None, array)]
