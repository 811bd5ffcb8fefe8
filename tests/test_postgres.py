"""A second engine: the same seeds give the same outbox on PostgreSQL as on DuckDB."""

import json

import duckdb
import pytest
from adbc_driver_postgresql import dbapi

from postgres import postgres_url, profile_variables
from seg2amp.settings import REPOSITORY

OUTBOX = """
select insert_id, message_id, rule_id, kind, endpoint, lane, position, load_id, user_id, device_id,
       event_time, min_id_length, endpoint_region, payload
from amplitude.amplitude_outbox
order by insert_id
"""


@pytest.fixture(scope="module")
def postgres_outbox(tmp_path_factory):
    """Give the outbox that a whole `dbt build`, tests included, makes on PostgreSQL."""
    from dbt.cli.main import dbtRunner

    folder = tmp_path_factory.mktemp("postgres")
    with postgres_url(folder) as url, pytest.MonkeyPatch.context() as patch:
        for name, value in profile_variables(url).items():
            patch.setenv(name, value)
        outcome = dbtRunner().invoke(
            [
                "build",
                *("--project-dir", str(REPOSITORY / "dbt_project")),
                *("--profiles-dir", str(REPOSITORY)),
                *("--target", "postgres"),
                *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
                *("--log-level", "none"),
            ]
        )
        failed = [r.message for r in outcome.result or () if r.status in ("error", "fail")]
        assert (outcome.success, outcome.exception, failed) == (True, None, [])
        with dbapi.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(OUTBOX)
            return rows(cursor.fetchall())


def rows(found):
    return {row[0]: (*row[1:-1], json.loads(row[-1])) for row in found}


def test_the_outbox_is_the_same_as_on_duckdb(postgres_outbox, seeds_warehouse):
    with duckdb.connect(str(seeds_warehouse)) as connection:
        duckdb_outbox = rows(connection.execute(OUTBOX).fetchall())
    assert len(duckdb_outbox) > 30
    assert postgres_outbox == duckdb_outbox
