"""A second engine: the same rows on PostgreSQL as on DuckDB, from seeds and golden messages."""

import json
import os

import duckdb
import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi

import golden_cases as golden
from postgres import postgres_url, profile_variables
from seg2amp.settings import REPOSITORY
from seg2amp.transform import BuildTests
from seg2amp.transform.user_agents import read_user_agents

OUTBOX = """
select insert_id, message_id, rule_id, kind, endpoint, lane, position, load_id, user_id, device_id,
       event_time, min_id_length, endpoint_region, payload
from amplitude.amplitude_outbox
order by insert_id
"""
MADE = "select message_id, rule_id, endpoint, payload from {schema}.int_rows_rendered"
NOT_MADE = "select message_id, outcome from {schema}.int_messages_routed where outcome <> 'mapped'"


class Server:
    """A PostgreSQL server, and dbt aimed at it."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder

    def dbt(self, *command, **settings):
        """Run one dbt command; it must succeed."""
        from dbt.cli.main import dbtRunner

        outcome = dbtRunner().invoke(
            [
                *command,
                *("--project-dir", str(REPOSITORY / "dbt_project")),
                *("--profiles-dir", str(REPOSITORY)),
                *("--target", "postgres", "--vars", json.dumps(settings)),
                *("--target-path", str(self.folder / "target")),
                *("--log-path", str(self.folder / "logs"), "--log-level", "none"),
            ]
        )
        failed = [r.message for r in outcome.result or () if r.status in ("error", "fail")]
        assert (outcome.success, outcome.exception, failed) == (True, None, [])

    def ask(self, sql):
        """Give the rows of a query."""
        with dbapi.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def ingest(self, schema, name, table, mode):
        """Write a table."""
        with dbapi.connect(self.url) as connection, connection.cursor() as cursor:
            cursor.execute(f"create schema if not exists {schema}")
            cursor.adbc_ingest(name, table, mode=mode, db_schema_name=schema)
            connection.commit()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("postgres")
    with postgres_url(folder) as url, pytest.MonkeyPatch.context() as patch:
        for name, value in profile_variables(url).items():
            patch.setenv(name, value)
        yield Server(url, folder)


def rows(found):
    return {row[0]: (*row[1:-1], json.loads(row[-1])) for row in found}


def test_the_outbox_is_the_same_as_on_duckdb(server, seeds_warehouse):
    server.dbt("build")
    with duckdb.connect(str(seeds_warehouse)) as connection:
        duckdb_outbox = rows(connection.execute(OUTBOX).fetchall())
    assert len(duckdb_outbox) > 30
    assert rows(server.ask(OUTBOX)) == duckdb_outbox


def test_golden_messages_give_the_rows_of_the_destination(server, monkeypatch):
    monkeypatch.setitem(os.environ, "SEG2AMP_SCHEMA", "golden")
    lines = golden.messages()
    numbers = pa.array(range(1, len(lines) + 1), pa.int64())
    server.ingest("raw_json", "lines", pa.table({"line": numbers, "raw": lines}), "replace")
    settings = {
        "profile": "actions",
        "segment_schemas": [],
        "raw_json_relation": "raw_json.lines",
        **golden.GROUP_AND_ALIAS,
    }
    untested = BuildTests.NONE.left_out
    server.dbt("build", *untested, "--select", "+int_user_agents_parsed", **settings)
    seen = [agent for (agent,) in server.ask("select user_agent from golden.int_user_agents_seen")]
    server.ingest("golden", "int_user_agents_parsed", read_user_agents(seen), "append")
    server.dbt("build", *untested, "--select", "+int_rows_rendered", **settings)

    names = ("message_id", "rule_id", "endpoint", "payload")
    made = [
        dict(zip(names, (*row[:-1], json.loads(row[-1])), strict=True))
        for row in server.ask(MADE.format(schema="golden"))
    ]
    not_made = [
        {"message_id": message_id, "rule_id": None, "outcome": outcome}
        for message_id, outcome in server.ask(NOT_MADE.format(schema="golden"))
    ]
    got = golden.printed(tuple(json.dumps(line) for line in made + not_made), "default")
    wanted = golden.expected("default")
    different = sorted(case for case, outcome in wanted.items() if got[case] != outcome)
    golden.TALLY["actions/default on Postgres"] = (len(wanted) - len(different), len(wanted))
    assert different == ["track-context-null-01"]
