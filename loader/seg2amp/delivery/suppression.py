"""Suppression: rows in the outbox whose person came onto the suppression list are not sent.

Each such row waits in `delivery_parked` for as long as its person is listed, and is sent when the
person is taken off the list.
"""

from seg2amp.delivery.checkpoints import beyond_sql, open_sql, waiting_sql
from seg2amp.delivery.ledger import new_run_id, utc_now
from seg2amp.warehouse import Statement, Warehouse

_LISTED = """
  from {schema}.amplitude_suppressions as s
  where s.person_key = o.person_key or s.person_key = o.user_id or s.device_id = o.device_id
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

_LISTED_NO_MORE = """
  reason = 'suppressed' and released_at is null and first_position not in (
    select o.position from {schema}.amplitude_outbox as o where exists (select 1 {listed})
  )
"""

# Rows that their lane has not passed yet, or that wait in a group, need no group of their own.
_FREE = """
  update {schema}.delivery_parked
  set released_at = ?, last_position = first_position - 1
  where {listed_no_more} and first_position in (
    select o.position {beyond} union select w.position from ({waiting}) as w
  )
"""

_RETURN = """
  update {schema}.delivery_parked
  set reason = 'returned', group_id = ? || '-' || endpoint || '-' || cast(lane as text),
    retry_at = ?
  where {listed_no_more}
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
    told = {"schema": schema, "listed": _LISTED.format(schema=schema)}
    told |= {"open": open_sql(schema), "beyond": beyond_sql(schema), "waiting": waiting_sql(schema)}
    told |= {"listed_no_more": _LISTED_NO_MORE.format(**told)}
    run_id, moment = new_run_id(), utc_now()
    warehouse.write(
        [
            Statement(_FREE.format(**told), (moment, None)),
            Statement(_RETURN.format(**told), (run_id, moment)),
            Statement(_SUPPRESS.format(**told), (run_id, run_id, moment, moment, None)),
        ]
    )
