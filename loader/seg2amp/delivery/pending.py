"""What is pending: rows beyond their lane's checkpoint, and rows of people who were parked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from seg2amp.delivery.checkpoints import beyond_sql, passed_sql, pending_sql
from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.delivery.entries import ParkReason
from seg2amp.errors import ConfigurationError
from seg2amp.warehouse import Warehouse

# Rows of parked people are places of the lane: who is let go halfway has the later ones sent by it.
_SEGMENTS = """
  select o.endpoint, o.lane, min(o.position) as first, max(o.position) as last, count(*) as rows
  {beyond}
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


@dataclass(frozen=True, slots=True)
class Segment:
    """The rows of one load in one lane that no checkpoint has passed.

    `first` and `last` are positions, inclusive. `rows` counts those that are refused or parked too.
    """

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
class Pending:
    """Everything that is in the outbox and not settled yet."""

    segments: tuple[Segment, ...]
    kinds: tuple[Kind, ...]
    groups: tuple[Group, ...] = ()
    passed: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """How far each lane is settled: its position by (endpoint, lane)."""

    @property
    def rows(self) -> int:
        """Count all pending rows, those of parked people too."""
        return sum(map(self.rows_of, ENDPOINTS))

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

    def of_lane(self, endpoints: Collection[str], lane: int) -> "Pending":
        """Give the part of one lane of these endpoints."""

        def mine(one: Segment | Group) -> bool:
            return one.endpoint in endpoints and one.lane == lane

        return Pending(
            tuple(one for one in self.segments if mine(one)),
            (),
            tuple(one for one in self.groups if mine(one)),
        )

    def lanes_of(self, endpoint: str) -> list[int]:
        """Name the lanes of one endpoint that have something to do."""
        places = (
            *((one.endpoint, one.lane) for one in self.segments),
            *((one.endpoint, one.lane) for one in self.groups),
        )
        return sorted({lane for name, lane in places if name == endpoint})

    def rows_of(self, endpoint: str) -> int:
        """Count the pending rows of one endpoint."""
        own = sum(kind.rows for kind in self.kinds if kind.endpoint == endpoint)
        return own + sum(group.rows for group in self.groups if group.endpoint == endpoint)


def find_pending(
    warehouse: Warehouse,
    schema: str,
    old_before: datetime,
    until: datetime | None = None,
) -> Pending:
    """Find what is not settled.

    `Kind.old_rows` counts rows older than `old_before`. Of each lane only what stands before its
    first row at or after `until`, at whichever endpoint, so that no row of a person overtakes
    another.

    Raises `ConfigurationError` when rows are for an endpoint that this version does not know.
    """
    latest = None if until is None else epoch_ms(until)
    told = {"schema": schema, "pending": pending_sql(schema), "beyond": beyond_sql(schema)}

    def rows(sql: str, *values: object) -> Iterator[dict[str, Any]]:
        yield from warehouse.read(sql.format(**told), values).to_pylist()

    kinds = tuple(Kind(**row) for row in rows(_KINDS, epoch_ms(old_before), latest))
    _require_known({kind.endpoint for kind in kinds})
    groups = tuple(Group(**row) for row in rows(_GROUPS))
    settled = {(row["endpoint"], row["lane"]): row["position"] for row in rows(passed_sql(schema))}
    return Pending(
        segments=tuple(Segment(**row) for row in rows(_SEGMENTS, latest)),
        kinds=kinds,
        groups=groups,
        passed=settled,
    )


def _require_known(endpoints: Collection[str]) -> None:
    unknown = set(endpoints) - set(ENDPOINTS)
    if unknown:
        raise ConfigurationError(
            f"the outbox holds rows for `{min(unknown)}`, which this version cannot send; "
            f"it knows {', '.join(ENDPOINTS)}"
        )


def epoch_ms(moment: datetime) -> int:
    """Give a moment as epoch ms UTC; a naive one is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000)
