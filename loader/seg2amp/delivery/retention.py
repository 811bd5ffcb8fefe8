"""Retention: old requests leave the ledger, and what they settled stays settled.

Delivered requests of one lane or group that follow one another become one, so that the audit still
knows each row as delivered; which request it was, and when, is forgotten. Requests that stored
nothing go, and runs of which nothing is left. Refused, skipped and held rows are kept for ever.
"""

from datetime import timedelta

from seg2amp.delivery.doubts import in_doubt_sql
from seg2amp.delivery.ledger import utc_now
from seg2amp.warehouse import Statement, Warehouse

# Whether rows may be sent again is asked for seven days.
_FEWEST_DAYS = 8

# Islands of delivered requests: what was skipped or held between two of them parts them.
_ISLANDS = """
  select
    q.request_id, q.endpoint, q.lane, q.group_id, q.first_position, q.last_position, q.row_count,
    q.body_bytes,
    first_value(q.request_id) over (
      partition by q.endpoint, q.lane, q.group_id, q.island order by q.first_position
    ) as kept_id
  from (
    select
      *,
      sum(case when outcome = 'delivered' then 0 else 1 end) over (
        partition by endpoint, lane, group_id order by first_position, request_id
      ) as island
    from {schema}.delivery_requests
    where outcome in ('delivered', 'skipped', 'held')
  ) as q
  where q.outcome = 'delivered' and q.sent_at < ?
"""

_WIDEN = """
  update {schema}.delivery_requests as kept
  set last_position = merged.last_position, row_count = merged.row_count,
    body_bytes = merged.body_bytes, server_upload_time = null, error = null
  from (
    select
      kept_id, max(last_position) as last_position,
      cast(sum(row_count) as integer) as row_count, cast(sum(body_bytes) as bigint) as body_bytes
    from ({islands}) as islands
    group by kept_id
    having count(*) > 1
  ) as merged
  where kept.request_id = merged.kept_id
"""

_DROP_MERGED = """
  delete from {schema}.delivery_requests
  where request_id in (
    select islands.request_id from ({islands}) as islands
    where islands.request_id <> islands.kept_id
  )
"""

# Of pending rows an unknown outcome tells that they may have been stored.
_DROP_SPENT = """
  delete from {schema}.delivery_requests
  where sent_at < ? and request_id in (
    select q.request_id from {schema}.delivery_requests as q
    where q.outcome in ('refused', 'split', 'throttled', 'retried', 'fatal', 'unknown')
  ) and request_id not in (select d.request_id from ({in_doubt}) as d) and request_id not in (
    select r.request_id from {schema}.delivery_rejections as r where r.request_id is not null
  )
"""

_DROP_RUNS = """
  delete from {schema}.delivery_runs
  where finished_at < ?
    and run_id not in (select q.run_id from {schema}.delivery_requests as q)
    and run_id not in (select r.run_id from {schema}.delivery_rejections as r)
"""


def forget(warehouse: Warehouse, schema: str, days: int) -> None:
    """Forget requests and runs of more than so many days ago; fewer than 8 days are kept as 8."""
    before = utc_now() - timedelta(days=max(days, _FEWEST_DAYS))
    told = {
        "schema": schema,
        "islands": _ISLANDS.format(schema=schema),
        "in_doubt": in_doubt_sql(schema),
    }
    warehouse.write(
        [
            Statement(_WIDEN.format(**told), (before,)),
            # What is merged away is told by the islands, which widening leaves as they are.
            Statement(_DROP_MERGED.format(**told), (before,)),
            Statement(_DROP_SPENT.format(**told), (before, before, None)),
            Statement(_DROP_RUNS.format(**told), (before,)),
        ]
    )
