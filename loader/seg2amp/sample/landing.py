"""The sample as tables of a DuckDB warehouse."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa

from seg2amp.errors import ConfigurationError
from seg2amp.sample.messages import Message, utc_ms
from seg2amp.sample.rows import synced
from seg2amp.sample.sources import tracking
from seg2amp.sample.spool import USERS, Spool, SpooledTable
from seg2amp.sample.tables import INSTANT
from seg2amp.sample.traffic import shards

MARK = "made by seg2amp sample"
# All tables land in one transaction: beyond this, what it holds waits on disk.
MEMORY_LIMIT = "256MB"
SQL_TYPES = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "TIMESTAMP WITH TIME ZONE": INSTANT,
}


def schemas_of(schema: str, *, sources: bool = False) -> list[str]:
    """Name the schemas in which a sample lands."""
    return [_schema_of(schema, source.name) for source in tracking(several=sources).all_sources]


def land_sample(  # noqa: PLR0913 - what is told, where it lands, and which part of it
    messages: int,
    seed: int,
    end: datetime,
    database: Path,
    schema: str,
    *,
    sources: bool = False,
    synced_after: datetime | None = None,
    synced_until: datetime | None = None,
) -> dict[str, int]:
    """Make the sample's tables in `schema` of a DuckDB file; return the rows that each one got.

    Tables of an earlier sample are replaced, all in one transaction.
    sources: as `generate` has it; each source lands in a schema of its own, `SCHEMA_web` and so on.
    synced_until: only what the warehouse had by then, as `uuid_ts` tells.
    synced_after: only what it got later; the rows are added to what has landed already, and the
    states of users that were synced last are their latest.

    Raises:
        ConfigurationError: an argument is not as `generate` needs it, the file cannot be opened
            as a DuckDB database, or a schema holds tables or views that are no sample.

    """
    traffic = shards(messages, seed, end, sources=sources)
    chosen = _chosen(utc_ms(end), synced_after, synced_until)
    with (
        _opened(database) as connection,
        TemporaryDirectory(dir=database.parent, prefix=".sample-") as spooled,
    ):
        try:
            held = {name: _held(connection, name) for name in schemas_of(schema, sources=sources)}
            spool = Spool(Path(spooled), end)
            for shard in traffic:
                spool.add(filter(chosen, shard))
            return _land(connection, schema, spool.tables(), held, keep=synced_after is not None)
        except duckdb.Error as error:
            raise ConfigurationError(
                f"schema `{schema}` cannot take the sample ({_first_line(error)}); "
                "choose another schema for --land",
            ) from error


def _chosen(end: int, after: datetime | None, until: datetime | None) -> Callable[[Message], bool]:
    if after is None and until is None:
        return lambda _: True
    first = -1 if after is None else utc_ms(after)
    last = end if until is None else utc_ms(until)
    return lambda message: first < synced(message, end) <= last


def _land(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    tables: Iterable[SpooledTable],
    held: dict[str, set[str]],
    *,
    keep: bool,
) -> dict[str, int]:
    counts = {}
    connection.begin()
    for name, relations in held.items():
        connection.execute(f"create schema if not exists {quoted(name)}")
        for relation in relations if not keep else ():
            connection.execute(f"drop table {quoted(name)}.{quoted(relation)}")
    for table in tables:
        name = _schema_of(schema, table.source)
        there = keep and table.name in held[name]
        (_extend if there else _create)(connection, f"{quoted(name)}.{quoted(table.name)}", table)
        counts[table.place] = table.rows
    connection.commit()
    return counts


def _schema_of(schema: str, source: str) -> str:
    return f"{schema}_{source}" if source else schema


def quoted(name: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _opened(database: Path) -> duckdb.DuckDBPyConnection:
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        connection = duckdb.connect(str(database))
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
    except (duckdb.Error, OSError) as error:
        raise ConfigurationError(
            f"`{database}` cannot be opened as a DuckDB database ({_first_line(error)}); "
            "close what uses it, or name another file",
        ) from error
    return connection


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _held(connection: duckdb.DuckDBPyConnection, schema: str) -> set[str]:
    """Name the tables of an earlier sample in a schema that must hold nothing else."""
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
    return {name for name, _ in held}


def _create(connection: duckdb.DuckDBPyConnection, relation: str, table: SpooledTable) -> None:
    connection.register("sampled", table.reader())
    connection.execute(f"create table {relation} as select * from sampled")
    connection.execute(f"comment on table {relation} is '{MARK}'")
    connection.unregister("sampled")


def _extend(connection: duckdb.DuckDBPyConnection, relation: str, table: SpooledTable) -> None:
    """Add rows, after the columns that they need; a user's row is brought up to date instead."""
    _fit(connection, relation, table)
    connection.register("sampled", table.reader())
    if table.name == USERS:
        latest = ", ".join(
            f"{name} = coalesce(sampled.{name}, users.{name})"
            for name in map(quoted, table.schema.names)
        )
        connection.execute(
            f"merge into {relation} as users using sampled on users.id = sampled.id "
            f"when matched then update set {latest} when not matched then insert by name"
        )
    else:
        connection.execute(f"insert into {relation} by name select * from sampled")
    connection.unregister("sampled")


def _fit(connection: duckdb.DuckDBPyConnection, relation: str, table: SpooledTable) -> None:
    """Give a table in the warehouse and one to come the same columns, as wide as both need."""
    described = connection.execute(f"describe {relation}").fetchall()
    held = {column: kind for column, kind, *_ in described}
    for column, kind in held.items():
        if column in table.kinds:
            table.kinds[column].add(SQL_TYPES[kind])
    names = {kind: name for name, kind in SQL_TYPES.items()}
    for field in table.schema:
        column, kind = quoted(field.name), names[field.type]
        if field.name not in held:
            connection.execute(f"alter table {relation} add column {column} {kind}")
        elif held[field.name] != kind:
            connection.execute(f"alter table {relation} alter column {column} type {kind}")
