"""What the loader and the audit ask of a warehouse: read Arrow, write rows in one transaction."""

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import NamedTuple, Protocol, Self

import pyarrow as pa

from seg2amp.errors import ConfigurationError


class Statement(NamedTuple):
    """One SQL statement with `?` placeholders; it may read many rows as the relation `given`."""

    sql: str
    values: Sequence[object] = ()
    given: pa.Table | None = None


class Warehouse(Protocol):
    """An open warehouse; `read` may be called from several threads at once."""

    @property
    def name(self) -> str:
        """What messages call it: a path, or a host and database without credentials."""
        ...

    def read(self, sql: str, params: Sequence[object] = ()) -> pa.Table:
        """Run one query with `?` placeholders; the caller bounds its size.

        Raises `Seg2ampError` when the warehouse refused the query.
        """
        ...

    def write(self, statements: Iterable[Statement]) -> None:
        """Run the statements in one transaction: all of them happen or none.

        Raises `Seg2ampError` when the warehouse refused the write; nothing of it is kept.
        """
        ...

    def __enter__(self) -> Self:
        """Hand over the open warehouse."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        ...


def require_tables(warehouse: Warehouse, schema: str, tables: Sequence[str]) -> None:
    """Check that the schema holds the tables.

    Raises `ConfigurationError` when one of them is missing; names it and the command that makes
    it.
    """
    found = warehouse.read(
        "select table_name from information_schema.tables where table_schema = ?", [schema]
    )
    missing = sorted(set(tables) - set(found.column("table_name").to_pylist()))
    if missing:
        raise ConfigurationError(
            f"`{warehouse.name}` has no table `{schema}.{missing[0]}`; "
            "run `seg2amp build` (or `dbt build`) first"
        )
