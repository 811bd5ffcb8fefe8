"""The outbox as the loader sees it: what is pending, and windows of rows in delivery order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from seg2amp.delivery.payload import Payloads
from seg2amp.warehouse import Warehouse

_PENDING = """
  from {schema}.amplitude_outbox as o
  left join (
    select endpoint, lane, max(position) as position
    from {schema}.delivery_checkpoints
    group by endpoint, lane
  ) as c on c.endpoint = o.endpoint and c.lane = o.lane
  left join (
    select later.endpoint, later.lane, min(later.position) as position
    from {schema}.amplitude_outbox as later
    left join {schema}.delivery_checkpoints as done
      on done.endpoint = later.endpoint and done.lane = later.lane
    where later.event_time >= cast(? as bigint)
      and (done.position is null or later.position > done.position)
    group by later.endpoint, later.lane
  ) as stop on stop.endpoint = o.endpoint and stop.lane = o.lane
  where (c.position is null or o.position > c.position)
    and (stop.position is null or o.position < stop.position)
    and not exists (
      select 1 from {schema}.delivery_rejections as r where r.position = o.position
    )
"""

_SEGMENTS = """
  select o.endpoint, o.lane, min(o.position) as first, max(o.position) as last, count(*) as rows
  {pending}
  group by o.endpoint, o.lane, o.load_id
  order by first
"""

_KINDS = """
  select
    o.endpoint, o.kind, count(*) as rows,
    count(case when o.event_time < ? then 1 end) as old_rows,
    min(o.event_time) as oldest, max(o.event_time) as newest
  {pending}
  group by o.endpoint, o.kind
  order by o.endpoint, o.kind
"""

_WINDOW = """
  select
    position,
    coalesce(min_id_length, 0) as min_id_length,
    endpoint_region,
    coalesce(event_time < cast(? as bigint), false) as held_back,
    case when event_time < cast(? as bigint) then '' else payload || ',' end as payload
  from {schema}.amplitude_outbox
  where endpoint = ? and lane = ? and position > ? and position <= ?
    and position not in (
      select r.position from {schema}.delivery_rejections as r
      where r.endpoint = ? and r.lane = ? and r.position > ? and r.position <= ?
    )
  order by position
"""

_NAMES = """
  select position, insert_id, message_id from {schema}.amplitude_outbox
  where position in ({places})
"""


@dataclass(frozen=True, slots=True)
class Segment:
    """The pending rows of one load in one lane; `first` and `last` are positions, inclusive."""

    endpoint: str
    lane: int
    first: int
    last: int
    rows: int

    def width(self, rows: int) -> int:
        """Say how many positions hold about so many rows."""
        return max(1, rows * (self.last - self.first + 1) // self.rows)


@dataclass(frozen=True, slots=True)
class Kind:
    """The pending rows of one kind. Times are epoch ms UTC, None when no row has one."""

    endpoint: str
    kind: str
    rows: int
    old_rows: int
    oldest: int | None
    newest: int | None


@dataclass(frozen=True, slots=True)
class Pending:
    """Everything that is in the outbox and not resolved yet."""

    segments: tuple[Segment, ...]
    kinds: tuple[Kind, ...]

    @property
    def rows(self) -> int:
        """Count all pending rows."""
        return sum(segment.rows for segment in self.segments)

    @property
    def billable(self) -> Kind | None:
        """Give the pending events: identifies, groups and user maps are not billed.

        They wait under two endpoints where `send_to_batch_endpoint` was changed.
        """
        events = [kind for kind in self.kinds if kind.kind == "event"]
        if not events:
            return None
        moments = [m for kind in events for m in (kind.oldest, kind.newest) if m is not None]
        return Kind(
            endpoint=events[0].endpoint,
            kind="event",
            rows=sum(kind.rows for kind in events),
            old_rows=sum(kind.old_rows for kind in events),
            oldest=min(moments, default=None),
            newest=max(moments, default=None),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring rows of a window that may share a request."""

    rows: range
    region: str
    min_id_length: int | None
    held_back: bool


@dataclass(frozen=True, slots=True)
class Window:
    """A bounded number of one lane's rows, in order."""

    table: pa.Table
    payloads: Payloads

    def position(self, row: int) -> int:
        """Give the outbox position of a row of this window."""
        return int(self.table.column("position")[row].as_py())

    def runs(self) -> Iterator[Run]:
        """Split where the region, the id length or `held_back` changes."""
        columns = [
            self.table.column(name) for name in ("endpoint_region", "min_id_length", "held_back")
        ]
        ends = {0, len(self.payloads)}.union(*(_run_ends(column) for column in columns))
        for start, stop in pairwise(sorted(ends)):
            region, min_id_length, held_back = (column[start].as_py() for column in columns)
            yield Run(range(start, stop), region, min_id_length or None, held_back)


@dataclass(frozen=True, slots=True)
class Outbox:
    """`<schema>.amplitude_outbox` of an open warehouse; only ever read."""

    warehouse: Warehouse
    schema: str

    def pending(self, old_before: datetime, until: datetime | None = None) -> Pending:
        """Find what is not resolved; `Kind.old_rows` counts rows older than `old_before`.

        Of each lane only what stands before its first row at or after `until`, so that no row of a
        person overtakes another.
        """
        pending = _PENDING.format(schema=self.schema)
        latest = None if until is None else epoch_ms(until)
        segments = self.warehouse.read(_SEGMENTS.format(pending=pending), [latest])
        kinds = self.warehouse.read(_KINDS.format(pending=pending), [epoch_ms(old_before), latest])
        return Pending(
            tuple(Segment(**row) for row in segments.to_pylist()),
            tuple(Kind(**row) for row in kinds.to_pylist()),
        )

    def window(self, segment: Segment, after: int, upto: int, since: datetime | None) -> Window:
        """Read a lane's rows with `after < position <= upto`, less those refused before.

        Rows earlier than `since` come without their payload, marked `held_back`.
        """
        earliest = None if since is None else epoch_ms(since)
        place = [segment.endpoint, segment.lane, after, upto]
        table = self.warehouse.read(
            _WINDOW.format(schema=self.schema), [earliest, earliest, *place, *place]
        )
        return Window(table, Payloads.of(table.column("payload")))

    def names(self, positions: Sequence[int]) -> dict[int, tuple[str, str | None]]:
        """Look up (insert_id, message_id) by position, for rows that were refused."""
        places = ", ".join("?" * len(positions))
        found = self.warehouse.read(
            _NAMES.format(schema=self.schema, places=places), list(positions)
        )
        return {row["position"]: (row["insert_id"], row["message_id"]) for row in found.to_pylist()}


def epoch_ms(moment: datetime) -> int:
    """Give a moment as epoch ms UTC; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)


def _run_ends(column: pa.ChunkedArray) -> list[int]:
    # Run-end encoding compares the bytes under a null, so the window's columns have no nulls.
    whole = column.combine_chunks()
    array = pa.concat_arrays(whole.chunks) if isinstance(whole, pa.ChunkedArray) else whole
    if not len(array):
        return []
    return list(pc.run_end_encode(array, run_end_type=pa.int64()).run_ends.to_pylist())
