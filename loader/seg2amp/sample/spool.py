"""The tables of a sample on disk, part by part, until the last message has shown their columns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from seg2amp.sample.messages import Message, utc_ms
from seg2amp.sample.rows import Row, rows, user
from seg2amp.sample.sources import source_of
from seg2amp.sample.tables import cast, columnar, schema_of

USERS = "users"
_PACKED = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(slots=True)
class SpooledTable:
    """One table of one source, the parts of which wait in a folder."""

    source: str
    """the name of the source; empty where it is the only one"""
    name: str
    folder: Path
    rows: int = 0
    parts: int = 0
    kinds: dict[str, set[pa.DataType]] = field(default_factory=lambda: defaultdict(set))

    @property
    def place(self) -> str:
        """Name it among the tables of all sources."""
        return f"{self.source}.{self.name}" if self.source else self.name

    @property
    def schema(self) -> pa.Schema:
        """All columns that any part has, each in the widest type that a part gave it."""
        return schema_of(self.kinds)

    def append(self, part: pa.Table) -> None:
        """Take the next rows."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with pa.ipc.new_file(self._part(self.parts), part.schema, options=_PACKED) as file:
            file.write_table(part)
        self.parts += 1
        self.rows += part.num_rows
        for column in part.schema:
            self.kinds[column.name].add(column.type)

    def read(self) -> Iterator[pa.Table]:
        """Give the parts one by one, all in the same schema."""
        schema = self.schema
        for number in range(self.parts):
            with pa.ipc.open_file(self._part(number)) as file:
                yield cast(file.read_all(), schema)

    def reader(self) -> pa.RecordBatchReader:
        """Give the rows as a stream."""
        batches = (batch for part in self.read() for batch in part.to_batches())
        return pa.RecordBatchReader.from_batches(self.schema, batches)

    def _part(self, number: int) -> str:
        return str(self.folder / f"{number:05}.arrow")


class Spool:
    """Takes messages, and keeps the rows that they are in the warehouse in an empty folder.

    The latest states of users are known from the messages of one `add` alone: all those of a
    person must come together, as they do in a shard.
    """

    def __init__(self, folder: Path, end: datetime) -> None:
        """`end` is when the newest sync ran: no row's `uuid_ts` is later."""
        self._folder = folder
        self._end = utc_ms(end)
        self._tables: dict[tuple[str, str], SpooledTable] = {}

    def add(self, messages: Iterable[Message]) -> None:
        """Take some messages, in the order in which they were received."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        states: dict[str, dict[str, Row]] = defaultdict(dict)
        for message in messages:
            source = source_of(message).name
            for table, row in rows(message, self._end):
                found[source, table].append(row)
            state = user(message, self._end)
            if state is not None:
                states[source].setdefault(state["id"], {}).update(state)
        for source, latest in states.items():
            found[source, USERS] = list(latest.values())
        for (source, table), its_rows in found.items():
            self._table(source, table).append(columnar(its_rows))

    def tables(self) -> Iterator[SpooledTable]:
        """Hand out every table, in the order of sources and names."""
        for place in sorted(self._tables):
            yield self._tables[place]

    def _table(self, source: str, name: str) -> SpooledTable:
        folder = self._folder / source / name
        return self._tables.setdefault((source, name), SpooledTable(source, name, folder))
