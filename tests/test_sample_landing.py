"""The sample in a warehouse: tables with their types, and never in a schema of somebody else."""

import duckdb
import pytest

from seg2amp.errors import ConfigurationError
from seg2amp.sample import DEFAULT_END, land_sample


def test_tables_land_with_their_types(tmp_path):
    database = tmp_path / "deep" / "warehouse.duckdb"
    counts = land_sample(2_000, 5, DEFAULT_END, database, "segment_sample")
    with duckdb.connect(str(database)) as connection:
        kinds = dict(
            connection.execute(
                "select column_name, data_type from duckdb_columns() "
                "where schema_name = 'segment_sample' and table_name = 'order_completed'",
            ).fetchall(),
        )
        landed = {
            name: connection.execute(f"select count(*) from segment_sample.{name}").fetchone()[0]
            for name in counts
        }
    assert landed == counts
    assert kinds["received_at"] == "TIMESTAMP WITH TIME ZONE"
    assert kinds["revenue"] == "DOUBLE"
    assert kinds["products"] == "VARCHAR"
    assert kinds["context_device_ad_tracking_enabled"] == "BOOLEAN"
    assert kinds["context_app_build"] == "BIGINT"


def test_landing_again_replaces_the_tables(tmp_path):
    database = tmp_path / "warehouse.duckdb"
    land_sample(2_000, 5, DEFAULT_END, database, "segment_sample")
    counts = land_sample(40, 6, DEFAULT_END, database, "segment_sample")
    with duckdb.connect(str(database)) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'segment_sample'",
        ).fetchall()
    assert {name for (name,) in names} == counts.keys()


@pytest.mark.parametrize(
    "foreign",
    ["create table raw.tracks (id text)", "create view raw.tracks as select 1 as id"],
    ids=["table", "view"],
)
def test_a_schema_of_somebody_else_is_refused_and_kept(tmp_path, foreign):
    database = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        connection.execute(foreign)
    with pytest.raises(ConfigurationError, match="schema `raw` holds `tracks`"):
        land_sample(10, 1, DEFAULT_END, database, "raw")
    with duckdb.connect(str(database)) as connection:
        columns = connection.execute("select column_name from (describe raw.tracks)").fetchall()
    assert columns == [("id",)]


def test_a_schema_that_cannot_be_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match="`information_schema` cannot take"):
        land_sample(10, 1, DEFAULT_END, tmp_path / "w.duckdb", "information_schema")


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no database" * 2_000)
    with pytest.raises(ConfigurationError, match=r"notes\.txt"):
        land_sample(10, 1, DEFAULT_END, path, "raw")
