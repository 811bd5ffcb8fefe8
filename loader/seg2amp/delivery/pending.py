"""What is pending: rows beyond their lane's checkpoint, and rows of people who were parked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa

from seg2amp.delivery.ledger import ParkReason
from seg2amp.warehouse import Warehouse

# How far each lane is settled. The checkpoint says so; where it is lost, the ledger's other tables.
_PASSED = """
  select endpoint, lane, max(position) as position
  from (
    select endpoint, lane, position from {schema}.delivery_checkpoints
    union all
    select endpoint, lane, last_position from {schema}.delivery_requests
    where group_id is null and outcome in ('delivered', 'skipped', 'held')
    union all
    select endpoint, lane, last_position from {schema}.delivery_parked
    where last_position is not null and reason not in ('retry', 'suppressed')
  ) as settled
  group by endpoint, lane
"""

_PENDING = """
  from {schema}.amplitude_outbox as o
  left join ({passed}) as c on c.endpoint = o.endpoint and c.lane = o.lane
  left join (
    select later.endpoint, later.lane, min(later.position) as position
    from {schema}.amplitude_outbox as later
    left join ({passed}) as done on done.endpoint = later.endpoint and done.lane = later.lane
    where later.event_time >= cast(? as bigint)
      and (done.position is null or later.position > done.position)
    group by later.endpoint, later.lane
  ) as stop on stop.endpoint = o.endpoint and stop.lane = o.lane
  where (c.position is null or o.position > c.position)
    and (stop.position is null or o.position < stop.position)
    and not exists (
      select 1 from {schema}.delivery_rejections as r
      where r.position = o.position and r.retried_at is null
    )
    and not exists (
      select 1 from {schema}.delivery_parked as p
      where p.endpoint = o.endpoint and p.lane = o.lane and p.person_key = o.person_key
        and p.released_at is null and o.position >= p.first_position
        and (p.last_position is null or o.position <= p.last_position)
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

_GROUPS = """
  select
    p.group_id, p.endpoint, p.lane, p.reason, p.retry_at,
    min(p.position) as after,
    count(case when r.position is null then o.position end) as rows
  from {schema}.delivery_parked as p
  left join {schema}.amplitude_outbox as o
    on o.endpoint = p.endpoint and o.lane = p.lane and o.person_key = p.person_key
    and o.position > p.position
    and (p.last_position is null or o.position <= p.last_position)
    and not exists (
      select 1 from {schema}.delivery_parked as s
      where s.reason = 'suppressed' and s.released_at is null and s.first_position = o.position
    )
  left join {schema}.delivery_rejections as r
    on r.position = o.position and r.retried_at is null
  where p.released_at is null and p.reason <> 'suppressed'
  group by p.group_id, p.endpoint, p.lane, p.reason, p.retry_at
  order by p.group_id
"""

_UNKNOWN = """
  select
    endpoint, lane, group_id, min(first_position) as first, max(last_position) as last,
    cast(max(row_count) as bigint) as rows
  from {schema}.delivery_requests
  where outcome = 'unknown' and sent_at < ?
  group by endpoint, lane, group_id
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
class Group:
    """People of one lane who were parked together.

    Their rows after position `after` wait until `retry_at` (naive UTC).
    """

    group_id: str
    endpoint: str
    lane: int
    reason: ParkReason
    retry_at: datetime
    after: int
    rows: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of one lane, or of one parked group, that a request held or may have held."""

    endpoint: str
    lane: int
    group_id: str | None
    first: int
    last: int
    rows: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Everything that is in the outbox and not settled yet."""

    segments: tuple[Segment, ...]
    kinds: tuple[Kind, ...]
    groups: tuple[Group, ...] = ()
    doubts: tuple[Stretch, ...] = ()
    passed: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """How far each lane is settled: its position by (endpoint, lane)."""

    @property
    def rows(self) -> int:
        """Count all pending rows, those of parked people too."""
        return sum(one.rows for one in self.segments) + sum(one.rows for one in self.groups)

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

    def of_lane(self, endpoint: str, lane: int) -> "Pending":
        """Give the part of one lane."""

        def mine(one: Segment | Group | Stretch) -> bool:
            return (one.endpoint, one.lane) == (endpoint, lane)

        return Pending(
            tuple(one for one in self.segments if mine(one)),
            (),
            tuple(one for one in self.groups if mine(one)),
            tuple(one for one in self.doubts if mine(one)),
        )

    def lanes_of(self, endpoint: str) -> list[int]:
        """Name the lanes of one endpoint that have something to do."""
        places = (
            *((one.endpoint, one.lane) for one in self.segments),
            *((one.endpoint, one.lane) for one in self.groups),
            *((one.endpoint, one.lane) for one in self.doubts),
        )
        return sorted({lane for name, lane in places if name == endpoint})

    def rows_of(self, endpoint: str) -> int:
        """Count the pending rows of one endpoint."""
        rows = [(one.endpoint, one.rows) for one in self.segments]
        rows += [(one.endpoint, one.rows) for one in self.groups]
        return sum(count for name, count in rows if name == endpoint)


def find_pending(
    warehouse: Warehouse,
    schema: str,
    old_before: datetime,
    unsure_before: datetime,
    until: datetime | None = None,
) -> Pending:
    """Find what is not settled.

    `Kind.old_rows` counts rows older than `old_before`; `Pending.doubts` are requests of unknown
    outcome from before `unsure_before`. Of each lane only what stands before its first row at or
    after `until`, so that no row of a person overtakes another.
    """
    pending = pending_sql(schema)
    latest = None if until is None else epoch_ms(until)
    segments = warehouse.read(_SEGMENTS.format(pending=pending), [latest])
    kinds = warehouse.read(_KINDS.format(pending=pending), [epoch_ms(old_before), latest])
    groups = warehouse.read(_GROUPS.format(schema=schema))
    settled = {
        (row["endpoint"], row["lane"]): row["position"]
        for row in warehouse.read(passed_sql(schema)).to_pylist()
    }
    found = tuple(Group(**row) for row in groups.to_pylist())
    unknown = warehouse.read(_UNKNOWN.format(schema=schema), [naive_utc(unsure_before)])
    return Pending(
        tuple(Segment(**row) for row in segments.to_pylist()),
        tuple(Kind(**row) for row in kinds.to_pylist()),
        found,
        _doubts(list(stretches(unknown)), found, settled),
        settled,
    )


def pending_sql(schema: str) -> str:
    """Give FROM and WHERE of the lanes' own pending rows, `o`; its parameter is `until`."""
    return _PENDING.format(schema=schema, passed=passed_sql(schema))


def passed_sql(schema: str) -> str:
    """Give a query of (endpoint, lane, position): how far each lane is settled."""
    return _PASSED.format(schema=schema)


def _doubts(
    unknown: Sequence[Stretch], groups: Sequence[Group], passed: Mapping[tuple[str, int], int]
) -> tuple[Stretch, ...]:
    """Leave out what has been settled since."""
    after = {group.group_id: group.after for group in groups}

    def settled(one: Stretch) -> int:
        if one.group_id is None:
            return passed.get((one.endpoint, one.lane), 0)
        return after.get(one.group_id, one.last)

    return tuple(one for one in unknown if one.last > settled(one))


def stretches(table: pa.Table) -> Iterator[Stretch]:
    """Read a query's answer as stretches."""
    return (Stretch(**row) for row in table.to_pylist())


def epoch_ms(moment: datetime) -> int:
    """Give a moment as epoch ms UTC; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)


def naive_utc(moment: datetime) -> datetime:
    """Give a moment as the ledger holds it."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
