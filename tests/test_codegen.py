"""`seg2amp codegen`: staging written out gives the rows of staging that finds its tables."""

import re
import shutil
from datetime import UTC, datetime

import duckdb
import pytest
import yaml

import test_doctor
import test_warehouse_door
from command import run
from projects import project_with
from seg2amp import api
from seg2amp.errors import ConfigurationError
from seg2amp.settings import REPOSITORY
from seg2amp.transform import BuildTests
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project
from seg2amp.transform.sql_layout import laid_out

OUTBOX = """
select insert_id, message_id, rule_id, kind, endpoint, lane, user_id, device_id, event_time, payload
from amplitude.amplitude_outbox order by insert_id
"""
STAGED = """
select * exclude (landed_in, row_id) from amplitude.stg_segment__messages
order by message_key, source_relation, source_table, call_type, content_hash, loaded_at
"""


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def staging(files):
    return {f"models/staging/{name}": text for name, text in files.items()}


def test_models_written_out_give_the_same_rows(capsys, seeds_warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(seeds_warehouse))
    files = api.codegen({})
    ended = run(capsys, "codegen", "--out", str(tmp_path / "generated"))
    assert (ended.code, ended.out) == (0, "")
    assert {path.name: path.read_text() for path in (tmp_path / "generated").iterdir()} == files

    database = tmp_path / "warehouse.duckdb"
    project = Project.beside(database, project_with(staging(files), tmp_path), None)
    command = [
        "build",
        "--select",
        "+stg_segment__messages",
        "--exclude-resource-type",
        "unit_test",
    ]
    project.invoke(command, {}, project.parse({}))
    assert len(rows(database, STAGED)) > 30
    assert rows(database, STAGED) == rows(seeds_warehouse, STAGED)


def test_each_raw_table_is_one_query_and_one_documented_source(seeds_warehouse, monkeypatch):
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(seeds_warehouse))
    files = api.codegen({})
    assert len(files) == 7
    tracks = files["stg_segment__tracks.sql"]
    assert tracks.index("order_completed -%}") < tracks.index("signed_up -%}")
    for line in (
        'from {{ source("segment_seeds", "order_completed") }}',
        '    {{ seg2amp.function("json_of_text") }}("products") as products,',
        '    {{ seg2amp.function("ms_of_timestamp") }}("sent_at") as sent_at_ms,',
        '    case when "total" - "total" = 0 then cast("total" as double precision) end as total,',
        '    "context_ip" as ip,',
    ):
        assert f"\n{line}\n" in tracks
    assert not re.search(r"(?<!is )\bnull(\)| as|,)", tracks)
    assert max(map(len, tracks.splitlines())) <= 140
    (source,) = yaml.safe_load(files["_sources.yml"])["sources"]
    tables = {table["name"]: table["columns"] for table in source["tables"]}
    assert list(tables) == sorted(tables)
    assert set(tables) == {"order_completed", "product_viewed", "signed_up", "tracks", "pages"} | {
        "screens",
        "identifies",
        "groups",
        "aliases",
    }
    assert {"name": "total", "data_type": "double"} in tables["order_completed"]


def test_without_raw_tables_there_is_nothing_to_write(tmp_path, monkeypatch):
    database = tmp_path / "warehouse.duckdb"
    duckdb.connect(str(database)).close()
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(database))
    with pytest.raises(ConfigurationError, match="seg2amp doctor"):
        api.codegen({})


@pytest.mark.parametrize(
    ("sql", "lines"),
    [
        pytest.param("select 1  as a from t", ["select", "    1 as a", "from t"], id="short"),
        pytest.param(
            "select 'a  (,b' as \"x  case\" from t where a = 1 and b",
            ["select", "    'a  (,b' as \"x  case\"", "from t", "where", "    a = 1", "    and b"],
            id="quotes",
        ),
        pytest.param(
            f"select case when a then '{'x' * 99}' else cast(null as text) end as b from t",
            [
                "select",
                "    case",
                "        when a",
                f"        then '{'x' * 99}'",
                "        else cast(null as text)",
                "    end as b",
                "from t",
            ],
            id="long",
        ),
    ],
)
def test_sql_is_laid_out_without_touching_what_stands_in_quotes(sql, lines):
    assert laid_out(sql).splitlines() == lines


def freshness(database):
    """Give what `dbt source freshness` says of each table."""
    project = Project.beside(database, REPOSITORY / "dbt_project", None)
    nodes = project.invoke(["source", "freshness"], {}, parsed(project))
    return {node.name: node.status for node in nodes if node.resource_type == "source"}


def test_sources_that_were_not_loaded_lately_are_warned_of(seeds_warehouse, tmp_path):
    database = tmp_path / "warehouse.duckdb"
    assert set(freshness(database).values()) == {"pass"}
    shutil.copy(seeds_warehouse, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update segment_seeds.pages set uuid_ts = now()::timestamp")
    told = freshness(database)
    assert (told["pages"], told["tracks"], len(told)) == ("pass", "warn", 6)


@pytest.mark.full
def test_odd_tables_written_out_give_the_same_rows_build_after_build(tmp_path, monkeypatch):
    settings = {"segment_schemas": ["Prod_Web", "web", "server"], "tracks_wait_hours": 0}
    found, written = tmp_path / "found" / "warehouse.duckdb", tmp_path / "warehouse.duckdb"
    found.parent.mkdir()
    with duckdb.connect(str(found)) as connection:
        connection.execute(test_warehouse_door.RAW + test_doctor.RAW)
    shutil.copy(found, written)
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(written))
    project = project_with(staging(api.codegen(settings)), tmp_path)
    moment = f"timestamp '{datetime.now(UTC):%Y-%m-%d %H:%M:%S}'"
    later = [
        f"""
        insert into web.order_completed by name
        select * replace ('later' as id, {moment} as uuid_ts)
        from web.order_completed where id = 'o2'
        """,
        "delete from web.order_completed where id = 'o3'",
        f"update server.identifies set uuid_ts = {moment}",
    ]
    for change in ("select 1", *later):
        for database, folder in ((found, REPOSITORY / "dbt_project"), (written, project)):
            with duckdb.connect(str(database)) as connection:
                connection.execute(change)
            monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(database))
            monkeypatch.setenv("SEG2AMP_PROJECT_DIR", str(folder))
            api.build(settings, tests=BuildTests.DATA)
        assert rows(written, STAGED) == rows(found, STAGED)
        assert rows(written, OUTBOX) == rows(found, OUTBOX)
