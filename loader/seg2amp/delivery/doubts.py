"""Doubts: pending rows that an old request may have stored, so that they could be stored twice.

A request of unknown outcome may have stored its rows. Amplitude recognises them by `insert_id` for
seven days; after that they are not sent again unless somebody asks for it.
"""

from datetime import datetime, timedelta

import pyarrow as pa

from seg2amp.delivery.checkpoints import open_sql
from seg2amp.delivery.ledger import utc_now
from seg2amp.warehouse import Warehouse

# Amplitude's clock and ours may differ, and a load takes time.
RESEND_WINDOW = timedelta(days=6, hours=12)

# Suppressed rows are pending once their person is taken off the list.
# A lane's request did not hold rows of people who waited when it was sent. Of people who waited
# together all rows in a request's range count as held by it.
_IN_DOUBT = """
  select q.request_id, o.position
  from {schema}.delivery_requests as q
  inner join {schema}.amplitude_outbox as o
    on o.endpoint = q.endpoint and o.lane = q.lane
    and o.position between q.first_position and q.last_position
  where q.outcome = 'unknown' and q.sent_at < ?
    and o.position in (
      {open}
      union
      select k.first_position from {schema}.delivery_parked as k
      where k.reason = 'suppressed' and k.released_at is null
    )
    and case
      when q.group_id is null
      then not exists (
        select 1 from {schema}.delivery_parked as p
        where p.endpoint = o.endpoint and p.lane = o.lane and p.person_key = o.person_key
          and p.first_position <= o.position and p.parked_at <= q.sent_at
          and (p.released_at is null or p.released_at > q.sent_at)
          and (
            p.last_position is null or p.last_position >= o.position
            or p.reason in ('paced', 'throttled', 'daily_quota', 'unanswered')
          )
      )
      else exists (
        select 1 from {schema}.delivery_parked as p
        where p.group_id = q.group_id and p.person_key = o.person_key
      )
    end
    and not exists (
      select 1 from {schema}.delivery_parked as p
      where p.reason = 'retry' and p.first_position = o.position and p.parked_at > q.sent_at
    )
"""


_MAY_BE_STORED = """
  select d.position
  from ({in_doubt}) as d
  inner join {schema}.delivery_requests as q on q.request_id = d.request_id
  where d.position between ? and ? and (q.status_code is null or q.status_code <> 200)
  limit 1
"""


def find_doubts(warehouse: Warehouse, schema: str) -> pa.Array:
    """Give the positions of the rows in doubt, in order."""
    sql = f"select distinct position from ({in_doubt_sql(schema)}) as found order by position"
    found = warehouse.read(sql, [unsure_before(), None])
    return found.column("position").combine_chunks().cast(pa.int64())


def may_be_stored(warehouse: Warehouse, schema: str, first: int, last: int) -> bool:
    """Say whether an earlier request without a reply may have stored rows of these positions."""
    sql = _MAY_BE_STORED.format(schema=schema, in_doubt=in_doubt_sql(schema))
    return bool(len(warehouse.read(sql, [utc_now(), None, first, last])))


def in_doubt_sql(schema: str) -> str:
    """Give a query of (request_id, position); its parameters are `unsure_before` and `until`."""
    return _IN_DOUBT.format(schema=schema, open=open_sql(schema))


def unsure_before() -> datetime:
    """Give the moment (naive UTC) from before which Amplitude may have forgotten insert_ids."""
    return utc_now() - RESEND_WINDOW
