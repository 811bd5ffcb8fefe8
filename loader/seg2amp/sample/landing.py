"""The sample as tables of a DuckDB warehouse."""

from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from seg2amp.errors import ConfigurationError
from seg2amp.sample.tables import Warehouse
from seg2amp.sample.traffic import shards

MARK = "made by seg2amp sample"


def land_sample(
    messages: int,
    seed: int,
    end: datetime,
    database: Path,
    schema: str,
) -> dict[str, int]:
    """Make the sample's tables in `schema` of a DuckDB file; return the rows of each table.

    Tables of an earlier sample are replaced, all in one transaction.

    Raises:
        ConfigurationError: an argument is not as `generate` needs it, the file cannot be opened
            as a DuckDB database, or the schema holds tables or views that are no sample.

    """
    warehouse = Warehouse(end)
    for shard in shards(messages, seed, end):
        warehouse.add(shard)
    with _opened(database) as connection:
        try:
            return _land(connection, schema, warehouse)
        except duckdb.Error as error:
            raise ConfigurationError(
                f"schema `{schema}` cannot take the sample ({_first_line(error)}); "
                "choose another schema for --land",
            ) from error


def _land(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    warehouse: Warehouse,
) -> dict[str, int]:
    counts = {}
    connection.begin()
    _clear(connection, schema)
    for name, table in warehouse.tables():
        _create(connection, f"{quoted(schema)}.{quoted(name)}", table)
        counts[name] = table.num_rows
    connection.commit()
    return counts


def quoted(name: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _opened(database: Path) -> duckdb.DuckDBPyConnection:
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(database))
    except (duckdb.Error, OSError) as error:
        raise ConfigurationError(
            f"`{database}` cannot be opened as a DuckDB database ({_first_line(error)}); "
            "close what uses it, or name another file",
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _clear(connection: duckdb.DuckDBPyConnection, schema: str) -> None:
    """Make the schema, or drop the tables of an earlier sample from it."""
    held = connection.execute(
        """
        select table_name, comment from duckdb_tables()
        where database_name = current_database() and schema_name = $schema
        union all
        select view_name, null from duckdb_views()
        where database_name = current_database() and schema_name = $schema
        order by all
        """,
        {"schema": schema},
    ).fetchall()
    foreign = [name for name, comment in held if comment != MARK]
    if foreign:
        raise ConfigurationError(
            f"schema `{schema}` holds `{foreign[0]}`, which is no sample; "
            "choose another schema for --land",
        )
    connection.execute(f"create schema if not exists {quoted(schema)}")
    for name, _ in held:
        connection.execute(f"drop table {quoted(schema)}.{quoted(name)}")


def _create(connection: duckdb.DuckDBPyConnection, relation: str, table: pa.Table) -> None:
    connection.register("sampled", table)
    connection.execute(f"create table {relation} as select * from sampled")
    connection.execute(f"comment on table {relation} is '{MARK}'")
    connection.unregister("sampled")
