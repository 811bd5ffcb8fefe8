"""Killed runs: what they may have sent without a word is written down as of unknown outcome."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from seg2amp.delivery.checkpoints import pending_sql, waiting_sql
from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.delivery.entries import Request
from seg2amp.delivery.ledger import Ledger
from seg2amp.warehouse import Warehouse

_KILLED = """
  select r.run_id, coalesce(max(q.sent_at), r.started_at) as last_seen
  from {schema}.delivery_runs as r
  left join {schema}.delivery_requests as q on q.run_id = r.run_id
  where r.outcome = 'running'
  group by r.run_id, r.started_at
  order by last_seen
"""

# Of people who were parked all rows that wait: the few requests of their group are not told apart.
_WAITING = """
  select
    endpoint, lane, group_id, min(position) as first, max(position) as last, count(*) as rows
  from ({waiting}) as waiting
  group by endpoint, lane, group_id
"""

# Of each lane the rows that one request could hold: a lane has one request in flight.
_IN_FLIGHT = """
  select
    endpoint, lane, cast(null as text) as group_id,
    min(position) as first, max(position) as last, count(*) as rows
  from (
    select
      o.endpoint, o.lane, o.position, o.appended_at,
      row_number() over (partition by o.endpoint, o.lane order by o.position) as number
    {pending}
  ) as numbered
  where number <= ? and appended_at <= ?
  group by endpoint, lane
"""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows of one lane, or of one parked group, that a request may have held."""

    endpoint: str
    lane: int
    group_id: str | None
    first: int
    last: int
    rows: int


def left_in_flight(warehouse: Warehouse, ledger: Ledger) -> list[Request]:
    """Name what killed runs may have sent, as requests of unknown outcome."""
    most = max(endpoint.rows for endpoint in ENDPOINTS.values())
    return [
        _lost_request(killed, stretch, ledger.new_request_id())
        for killed in _find_killed(warehouse, ledger.schema, most)
        for stretch in killed.stretches
    ]


@dataclass(frozen=True, slots=True)
class _Killed:
    """A run that ended without a word, and what it may have had on its way; naive UTC."""

    run_id: str
    last_seen: datetime
    stretches: tuple[_Stretch, ...]


def _find_killed(warehouse: Warehouse, schema: str, most_rows: int) -> list[_Killed]:
    """Find runs that never finished; a request of theirs held `most_rows` rows at most."""
    in_flight = _IN_FLIGHT.format(pending=pending_sql(schema))
    return [
        _Killed(
            row["run_id"],
            row["last_seen"],
            (
                *_stretches(warehouse.read(in_flight, [None, most_rows, row["last_seen"]])),
                *_stretches(warehouse.read(_WAITING.format(waiting=waiting_sql(schema)))),
            ),
        )
        for row in warehouse.read(_KILLED.format(schema=schema)).to_pylist()
    ]


def _lost_request(killed: _Killed, stretch: _Stretch, request_id: str) -> Request:
    return Request(
        request_id=request_id,
        run_id=killed.run_id,
        endpoint=stretch.endpoint,
        lane=stretch.lane,
        group_id=stretch.group_id,
        first_position=stretch.first,
        last_position=stretch.last,
        row_count=stretch.rows,
        body_bytes=0,
        attempt=0,
        status_code=None,
        outcome="unknown",
        error="the run ended without a word while these rows may have been on their way",
        server_upload_time=None,
        sent_at=killed.last_seen,
        duration_ms=0,
    )


def _stretches(table: pa.Table) -> Iterator[_Stretch]:
    return (_Stretch(**row) for row in table.to_pylist())
