"""A DuckDB file as the warehouse."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly
from seg2amp.warehouse.interface import Statement

# Arrow batches this long keep the payloads of one read in one buffer.
BATCH_ROWS = 100_000
# What the system says of a disk, a quota and a limit for files.
_FULL = ("No space left on device", "Disk quota exceeded", "File too large")


class DuckDBWarehouse:
    """One DuckDB file, opened for reading and writing; `with DuckDBWarehouse(path) as it: ...`.

    `memory_limit` bounds DuckDB's own memory, in its notation ("256MB"); with `read_only` nothing
    can be written.

    Raises `ConfigurationError` when the file is missing, is no DuckDB database, or may not be
    written. Raises `StoppedEarly` when another process holds the file.
    """

    def __init__(
        self, path: Path | str, memory_limit: str = "256MB", *, read_only: bool = False
    ) -> None:
        """Open the file, which must exist."""
        self._path = Path(path)
        self._connection = _connect(self._path, read_only=read_only)
        self._writing = Lock()
        threads = min(4, os.cpu_count() or 1)
        # Set after connecting: a dbt run of this same process may hold the file with its own.
        self._connection.execute(f"set memory_limit = '{memory_limit}'")
        self._connection.execute(f"set threads = {threads}")
        if read_only:
            # Without this, COPY and EXPORT still write files, this one among them.
            self._connection.execute("set enable_external_access = false")

    @property
    def name(self) -> str:
        """The path as it was given."""
        return str(self._path)

    def read(self, sql: str, params: Sequence[object] = ()) -> pa.Table:
        """Run one query on a cursor of its own, so that reads may overlap."""
        with self._explained(), self._connection.cursor() as cursor:
            relation = cursor.sql(sql, params=list(params))
            if relation is None:
                raise ConfigurationError("That is no query with an answer; write one SELECT.")
            return relation.to_arrow_reader(BATCH_ROWS).read_all()

    def write(self, statements: Iterable[Statement]) -> None:
        """Run the statements in one transaction."""
        with self._explained(), self._writing, self._connection.cursor() as cursor:
            cursor.begin()
            try:
                for statement in statements:
                    if statement.given is not None:
                        cursor.register("given", statement.given)
                    cursor.execute(statement.sql, list(statement.values))
            except BaseException:
                cursor.rollback()
                raise
            cursor.commit()

    def __enter__(self) -> Self:
        """Hand over the open file."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file, so that dbt or another loader may open it."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            if "Ambiguous reference to catalog or schema" in str(error):
                raise ConfigurationError(
                    f"`{self.name}` has the name of one of its schemas, and DuckDB cannot tell the "
                    "two apart; rename the file"
                ) from error
            if any(text in str(error) for text in _FULL):
                raise Seg2ampError(
                    f"the disk of `{self.name}` is full, or the file may not grow; make room and "
                    f"run again, nothing is lost ({_line(error)})"
                ) from error
            raise Seg2ampError(f"the warehouse `{self.name}` failed: {_line(error)}") from error


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise ConfigurationError(
            f"no warehouse at `{path}`; run `seg2amp build` (or `dbt build`) first, "
            "or point SEG2AMP_DUCKDB_PATH at the file"
        )
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise _why_not_opened(path, _line(error)) from error


def _why_not_opened(path: Path, message: str) -> Seg2ampError:
    if "Could not set lock" in message:
        holder = re.search(r"\(PID (\d+)\)", message)
        process = f"process {holder[1]}" if holder else "another process"
        return StoppedEarly(
            f"`{path}` is held by {process} (another seg2amp, or dbt); "
            "wait until it has ended and run again"
        )
    if "not a valid DuckDB database" in message:
        return ConfigurationError(
            f"`{path}` is not a DuckDB database; point SEG2AMP_DUCKDB_PATH at the warehouse file"
        )
    if any(text in message for text in ("Permission denied", "Read-only file system")):
        return ConfigurationError(
            f"`{path}` may not be written; the loader keeps its ledger there, "
            "so give this user write access to the file and its folder"
        )
    return ConfigurationError(f"`{path}` could not be opened: {message}")


def _line(error: duckdb.Error) -> str:
    return " ".join(str(error).split())
