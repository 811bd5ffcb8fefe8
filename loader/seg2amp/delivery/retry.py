"""Retrying: rows that were refused, or whose outcome is unknown, become pending once more."""

from collections.abc import Sequence
from dataclasses import dataclass

from seg2amp.delivery.checkpoints import passed_sql
from seg2amp.delivery.ledger import TABLES, new_run_id, utc_now
from seg2amp.warehouse import Statement, Warehouse, require_tables

_REJECTED = """
  select 'rejected' as state, o.position, o.endpoint, o.lane, o.person_key
  from {schema}.delivery_rejections as r
  inner join {schema}.amplitude_outbox as o on o.position = r.position
  where r.retried_at is null {chosen}
"""

# A row is of the latest group that holds it: a request of another group says nothing of it.
_UNKNOWN = """
  select 'unknown' as state, o.position, o.endpoint, o.lane, o.person_key
  from {schema}.delivery_requests as q
  inner join {schema}.amplitude_outbox as o
    on o.endpoint = q.endpoint and o.lane = q.lane
    and o.position between q.first_position and q.last_position
  left join {schema}.delivery_parked as p
    on p.endpoint = o.endpoint and p.lane = o.lane and p.person_key = o.person_key
    and o.position >= p.first_position
    and (p.last_position is null or o.position <= p.last_position)
  where q.outcome = 'held' {chosen} and not exists (
    select 1 from {schema}.delivery_rejections as r
    where r.position = o.position and r.retried_at is null
  )
  group by o.position, o.endpoint, o.lane, o.person_key, q.request_id, q.group_id
  having coalesce(max(p.group_id), '') = coalesce(q.group_id, '')
"""

# A refused row beyond the checkpoint is pending as soon as its refusal is lifted.
_PARK = """
  insert into {schema}.delivery_parked (
    group_id, run_id, endpoint, lane, person_key, first_position, last_position, position,
    reason, retry_at, parked_at
  )
  select
    ? || '-' || w.endpoint || '-' || cast(w.lane as text), ?, w.endpoint, w.lane, w.person_key,
    w.position, w.position, w.position - 1, 'retry', ?, ?
  from ({wanted}) as w
  inner join ({passed}) as c on c.endpoint = w.endpoint and c.lane = w.lane
  where w.position <= c.position
"""

_LIFT = """
  update {schema}.delivery_rejections set retried_at = ?
  where retried_at is null and position in (
    select w.position from ({wanted}) as w where w.state = 'rejected'
  )
"""


@dataclass(frozen=True, slots=True)
class Retried:
    """How many rows became pending again."""

    rejected: int
    unknown: int


def retry(
    warehouse: Warehouse,
    schema: str,
    *,
    rejected: bool,
    unknown: bool,
    insert_ids: Sequence[str] = (),
) -> Retried:
    """Make refused rows, or rows of unknown outcome, pending again: the next load sends them.

    `insert_ids` limits it to these rows. A row of unknown outcome may be stored twice by it, since
    Amplitude knows an insert_id for seven days only.

    Raises `ConfigurationError` when tables are missing.
    """
    require_tables(warehouse, schema, ("amplitude_outbox", *TABLES))
    chosen = f"and o.insert_id in ({', '.join('?' * len(insert_ids))})" if insert_ids else ""
    asked = [sql for sql, is_asked in ((_REJECTED, rejected), (_UNKNOWN, unknown)) if is_asked]
    wanted = " union all ".join(sql.format(schema=schema, chosen=chosen) for sql in asked)
    ids = [*insert_ids] * len(asked)
    counts = warehouse.read(f"select state, count(*) as n from ({wanted}) as w group by state", ids)
    run_id, moment = new_run_id(), utc_now()
    park = _PARK.format(schema=schema, wanted=wanted, passed=passed_sql(schema))
    lift = _LIFT.format(schema=schema, wanted=wanted)
    warehouse.write(
        [
            Statement(park, (run_id, run_id, moment, moment, *ids)),
            Statement(lift, (moment, *ids)),
        ]
    )
    found = {row["state"]: row["n"] for row in counts.to_pylist()}
    return Retried(found.get("rejected", 0), found.get("unknown", 0))
