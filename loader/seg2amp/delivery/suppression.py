"""Suppression: rows in the outbox whose person came onto the suppression list are not sent.

Each such row waits in `delivery_parked` for as long as its person is listed, and is sent when the
person is taken off the list.
"""

from seg2amp.delivery.checkpoints import pending_sql
from seg2amp.delivery.ledger import new_run_id, utc_now
from seg2amp.warehouse import Statement, Warehouse

_LISTED = """
  from {schema}.amplitude_suppressions as s
  where s.person_key = o.person_key or s.person_key = o.user_id or s.device_id = o.device_id
"""

# What is pending: the lanes' own rows, and rows of people who wait.
_OPEN = """
  select o.position {pending}
  union
  select o.position
  from {schema}.delivery_parked as p
  inner join {schema}.amplitude_outbox as o
    on o.endpoint = p.endpoint and o.lane = p.lane and o.person_key = p.person_key
    and o.position > p.position
    and (p.last_position is null or o.position <= p.last_position)
  where p.released_at is null and p.reason <> 'suppressed'
"""

_SUPPRESS = """
  insert into {schema}.delivery_parked (
    group_id, run_id, endpoint, lane, person_key, first_position, last_position, position,
    reason, error, retry_at, parked_at
  )
  select
    ? || '-' || o.endpoint || '-' || cast(o.lane as text), ?, o.endpoint, o.lane, o.person_key,
    o.position, o.position, o.position - 1, 'suppressed', (select min(s.reason) {listed}), ?, ?
  from {schema}.amplitude_outbox as o
  where o.position in ({open}) and exists (select 1 {listed})
    and o.position not in (
      select p.first_position from {schema}.delivery_parked as p
      where p.reason = 'suppressed' and p.released_at is null
    )
"""

_RETURN = """
  update {schema}.delivery_parked
  set reason = 'retry', group_id = ? || '-' || endpoint || '-' || cast(lane as text), retry_at = ?
  where reason = 'suppressed' and released_at is null and first_position not in (
    select o.position from {schema}.amplitude_outbox as o where exists (select 1 {listed})
  )
"""

_CONCERNED = """
  select 1 from {schema}.amplitude_suppressions
  union all
  select 1 from {schema}.delivery_parked where reason = 'suppressed' and released_at is null
  limit 1
"""


def keep_back(warehouse: Warehouse, schema: str) -> None:
    """Keep back the pending rows of listed people, and let go those who are listed no more."""
    if not len(warehouse.read(_CONCERNED.format(schema=schema))):
        return
    listed = _LISTED.format(schema=schema)
    pending = _OPEN.format(schema=schema, pending=pending_sql(schema))
    run_id, moment = new_run_id(), utc_now()
    warehouse.write(
        [
            Statement(_RETURN.format(schema=schema, listed=listed), [(run_id, moment)]),
            Statement(
                _SUPPRESS.format(schema=schema, listed=listed, open=pending),
                [(run_id, run_id, moment, moment, None)],
            ),
        ]
    )
