"""The outbox as the loader sees it: windows of rows in delivery order, and who they are of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal, Self

import pyarrow as pa
import pyarrow.compute as pc

from seg2amp.delivery.doubts import find_doubts
from seg2amp.delivery.ledger import TABLES
from seg2amp.delivery.payload import Payloads
from seg2amp.delivery.pending import Group, epoch_ms
from seg2amp.warehouse import Warehouse, require_tables

_WINDOW = """
  select
    o.position,
    o.person_key,
    coalesce(o.min_id_length, 0) as min_id_length,
    o.endpoint_region,
    case when o.event_time < cast(? as bigint) then 'skipped' else '' end as passed_over,
    case when o.event_time < cast(? as bigint) then '' else o.payload || ',' end as payload
  from {schema}.amplitude_outbox as o
  where o.endpoint = ? and o.lane = ? and o.position > ? and o.position <= ?
    and o.position not in (
      select r.position from {schema}.delivery_rejections as r
      where r.endpoint = ? and r.lane = ? and r.position > ? and r.position <= ?
        and r.retried_at is null
    )
    and not exists (
      select 1 from {schema}.delivery_parked as s
      where s.reason = 'suppressed' and s.released_at is null and s.first_position = o.position
    )
    and {whose}
  order by o.position
  {limit}
"""

_NOBODY_PARKED = """
  not exists (
    select 1 from {schema}.delivery_parked as p
    where p.endpoint = ? and p.lane = ? and p.released_at is null
      and p.person_key = o.person_key and o.position >= p.first_position
      and (p.last_position is null or o.position <= p.last_position)
  )
"""

_PARKED_IN = """
  exists (
    select 1 from {schema}.delivery_parked as p
    where p.group_id = ? and p.released_at is null and p.person_key = o.person_key
      and o.position > p.position
      and (p.last_position is null or o.position <= p.last_position)
  )
"""

_OWNERS = """
  select position, insert_id, message_id, user_id, device_id, person_key
  from {schema}.amplitude_outbox
  where endpoint = ? and lane = ? and position between ? and ?
"""

_WAITING = """
  select person_key, first_position, last_position from {schema}.delivery_parked
  where endpoint = ? and lane = ? and released_at is null and reason <> 'suppressed'
  order by person_key, first_position
"""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a row is of, and what the message it came from is called."""

    position: int
    insert_id: str
    message_id: str | None
    user_id: str | None
    device_id: str | None
    person_key: str


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring rows of a window that may share a request."""

    rows: range
    region: str
    min_id_length: int | None
    passed_over: Literal["", "skipped", "held"]
    """Rows that are not sent: they are earlier than `since`, or may have been stored long ago."""


@dataclass(frozen=True, slots=True)
class Window:
    """A bounded number of one lane's rows, in order."""

    table: pa.Table
    payloads: Payloads

    def position(self, row: int) -> int:
        """Give the outbox position of a row of this window."""
        return int(self.table.column("position")[row].as_py())

    def people(self, rows: Sequence[int]) -> list[str]:
        """Give whose these rows are."""
        column = self.table.column("person_key")
        if isinstance(rows, range):
            return list(column.slice(rows.start, len(rows)).to_pylist())
        return list(column.take(pa.array(rows, pa.int64())).to_pylist())

    def runs(self) -> Iterator[Run]:
        """Split where the region, the id length or `passed_over` changes."""
        names = ("endpoint_region", "min_id_length", "passed_over")
        columns = [self.table.column(name) for name in names]
        ends = {0, len(self.payloads)}.union(*(_run_ends(column) for column in columns))
        for start, stop in pairwise(sorted(ends)):
            region, min_id_length, passed_over = (column[start].as_py() for column in columns)
            yield Run(range(start, stop), region, min_id_length or None, passed_over)


@dataclass(frozen=True, slots=True)
class Outbox:
    """`<schema>.amplitude_outbox` of an open warehouse; only ever read."""

    warehouse: Warehouse
    schema: str
    doubts: pa.Array
    """Positions of rows that an old request may have stored."""

    @classmethod
    def of(cls, warehouse: Warehouse, schema: str) -> Self:
        """Open it, and find out which of its pending rows are in doubt."""
        return cls(warehouse, schema, find_doubts(warehouse, schema))

    def window(
        self, endpoint: str, lane: int, after: int, upto: int, since: datetime | None
    ) -> Window:
        """Read a lane's rows with `after < position <= upto`, less those refused before.

        Rows of people who are parked are left out. Rows earlier than `since` come without their
        payload, marked in `passed_over`.
        """
        place = [endpoint, lane, after, upto]
        return self._window(_NOBODY_PARKED, "", since, [*place, *place, endpoint, lane])

    def parked_window(
        self, group: Group, after: int, upto: int, rows: int, since: datetime | None
    ) -> Window:
        """Read the first so many rows of a parked group, as `window` does."""
        place = [group.endpoint, group.lane, after, upto]
        limit = f"limit {rows:d}"
        return self._window(_PARKED_IN, limit, since, [*place, *place, group.group_id])

    def _window(
        self, whose: str, limit: str, since: datetime | None, places: Sequence[object]
    ) -> Window:
        earliest = None if since is None else epoch_ms(since)
        sql = _WINDOW.format(
            schema=self.schema, whose=whose.format(schema=self.schema), limit=limit
        )
        table = self._doubted(self.warehouse.read(sql, [earliest, earliest, *places]))
        return Window(table, Payloads.of(table.column("payload")))

    def _doubted(self, table: pa.Table) -> pa.Table:
        if not len(self.doubts) or not len(table):
            return table
        in_doubt = pc.is_in(table.column("position"), value_set=self.doubts)
        place = table.column_names.index("passed_over")
        column = pc.if_else(in_doubt, "held", table.column("passed_over"))
        return table.set_column(place, "passed_over", column)

    def owners(self, endpoint: str, lane: int, positions: Sequence[int]) -> list[Owner]:
        """Look up whose the rows at these positions are."""
        sql = _OWNERS.format(schema=self.schema)
        found = self.warehouse.read(sql, [endpoint, lane, min(positions), max(positions)])
        wanted = pc.is_in(found.column("position"), value_set=pa.array(positions, pa.int64()))
        return [Owner(**row) for row in found.filter(wanted).to_pylist()]

    def waiting(self, endpoint: str, lane: int) -> list[tuple[str, int, int | None]]:
        """Give (person_key, first, last) of each stretch of a lane's rows that waits."""
        found = self.warehouse.read(_WAITING.format(schema=self.schema), [endpoint, lane])
        return [
            (row["person_key"], row["first_position"], row["last_position"])
            for row in found.to_pylist()
        ]


def require_outbox(warehouse: Warehouse, schema: str) -> None:
    """Check that the outbox and all that a load reads beside it are there.

    Raises `ConfigurationError` when a table is missing.
    """
    tables = ("amplitude_outbox", "amplitude_suppressions", *TABLES)
    require_tables(warehouse, schema, tables)


def _run_ends(column: pa.ChunkedArray) -> list[int]:
    # Run-end encoding compares the bytes under a null, so the window's columns have no nulls.
    whole = column.combine_chunks()
    array = pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
    if not len(array):
        return []
    return list(pc.run_end_encode(array, run_end_type=pa.int64()).run_ends.to_pylist())
