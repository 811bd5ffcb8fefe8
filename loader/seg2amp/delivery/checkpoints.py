"""Checkpoints: how far each lane is settled, and which rows of the outbox stand beyond."""

from seg2amp.delivery.endpoints import STREAMS

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
    where released_at is not null and last_position >= first_position
  ) as settled
  group by endpoint, lane
"""

# A stream's endpoints take rows of the same people, so that a stop at one is a stop at all of them.
_BEYOND = """
  from {schema}.amplitude_outbox as o
  left join ({passed}) as c on c.endpoint = o.endpoint and c.lane = o.lane
  left join (
    select {stream_of_later} as stream, later.lane, min(later.position) as position
    from {schema}.amplitude_outbox as later
    left join ({passed}) as done on done.endpoint = later.endpoint and done.lane = later.lane
    where later.event_time >= cast(? as bigint)
      and (done.position is null or later.position > done.position)
    group by {stream_of_later}, later.lane
  ) as stop on stop.stream = {stream} and stop.lane = o.lane
  where (c.position is null or o.position > c.position)
    and (stop.position is null or o.position < stop.position)
"""

_PENDING = """
  {beyond}
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

_WAITING = """
  select p.endpoint, p.lane, p.group_id, o.position
  from {schema}.delivery_parked as p
  inner join {schema}.amplitude_outbox as o
    on o.endpoint = p.endpoint and o.lane = p.lane and o.person_key = p.person_key
    and o.position > p.position
    and (p.last_position is null or o.position <= p.last_position)
  where p.released_at is null and p.reason <> 'suppressed'
"""


def pending_sql(schema: str) -> str:
    """Give FROM and WHERE of the lanes' own pending rows, `o`; its parameter is `until`."""
    return _PENDING.format(schema=schema, beyond=beyond_sql(schema))


def beyond_sql(schema: str) -> str:
    """Give FROM and WHERE of all rows beyond the checkpoints, `o`, parked or refused ones too."""
    return _BEYOND.format(
        schema=schema,
        passed=passed_sql(schema),
        stream=_stream_sql("o.endpoint"),
        stream_of_later=_stream_sql("later.endpoint"),
    )


def _stream_sql(endpoint: str) -> str:
    """Give the number of an endpoint's stream; one that is unknown is a stream of its own."""
    cases = (
        f"when '{name}' then '{number}'"
        for number, stream in enumerate(STREAMS)
        for name in sorted(stream)
    )
    return f"case {endpoint} {' '.join(cases)} else {endpoint} end"


def waiting_sql(schema: str) -> str:
    """Give a query of (endpoint, lane, group_id, position): rows of people who wait."""
    return _WAITING.format(schema=schema)


def open_sql(schema: str) -> str:
    """Give a query of `position`: every pending row; its parameter is `until`."""
    waiting = f"select w.position from ({waiting_sql(schema)}) as w"
    return f"select o.position {pending_sql(schema)} union {waiting}"


def passed_sql(schema: str) -> str:
    """Give a query of (endpoint, lane, position): how far each lane is settled."""
    return _PASSED.format(schema=schema)
