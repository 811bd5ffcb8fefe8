"""What the models and the ledger count: records, and the queries that fill them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from seg2amp.warehouse import Warehouse

MESSAGES = """
select coalesce(call_type, 'no type') as call_type, outcome, rule_id, reason,
       cast(sum(copies) as bigint) as raw_rows,
       cast(count(*) as bigint) as messages,
       cast(sum(rows_made) as bigint) as rows_made,
       cast(sum(case when rows_made > 1 then rows_made - 1 else 0 end) as bigint) as extra_rows
from {schema}.audit_messages
group by coalesce(call_type, 'no type'), outcome, rule_id, reason
order by messages desc, call_type, rule_id, reason
"""
FORBIDDEN = """
select rule_id, kind, endpoint, 'forbidden' as state, cast(null as text) as field,
       rejection_reason as reason, cast(count(*) as bigint) as rows
from {schema}.audit_rejections
group by rule_id, kind, endpoint, rejection_reason
order by rows desc, rule_id, reason
"""
WITHHELD = """
select rule_id, kind, endpoint, 'withheld' as state, cast(null as text) as field,
       suppression_reason as reason, cast(count(*) as bigint) as rows
from {schema}.audit_suppressions
group by rule_id, kind, endpoint, suppression_reason
order by rows desc, rule_id, reason
"""
DELIVERIES = """
select rule_id, kind, endpoint, state, field, reason, cast(count(*) as bigint) as rows
from {schema}.audit_deliveries
group by rule_id, kind, endpoint, state, field, reason
order by rows desc, rule_id, state, reason
"""
CLAIMS = "select claim, left_side, right_side from {schema}.audit_reconciliation"
RUNS = """
select run_id, started_at, finished_at, outcome, base_url, loader_version, rows_pending,
       rows_delivered, rows_rejected, requests, error
from {schema}.delivery_runs
order by started_at desc, run_id desc
limit ?
"""
REQUESTS = """
select endpoint, outcome, status_code, cast(count(*) as bigint) as requests,
       cast(sum(row_count) as bigint) as rows, cast(sum(body_bytes) as bigint) as body_bytes,
       cast(avg(duration_ms) as double precision) as mean_ms,
       cast(max(duration_ms) as bigint) as longest_ms
from {schema}.delivery_requests
where run_id = ?
group by endpoint, outcome, status_code
order by endpoint, outcome, status_code
"""


@dataclass(frozen=True, slots=True)
class MessageCount:
    """Messages of one call type with one outcome: mapped, dropped or rejected."""

    call_type: str
    outcome: str
    rule_id: str
    reason: str | None
    raw_rows: int
    messages: int
    rows_made: int
    extra_rows: int
    """Rows beyond the first of each message."""


@dataclass(frozen=True, slots=True)
class RowCount:
    """Amplitude rows of one rule in one state.

    `state` is forbidden (by the contract) or withheld (its person is suppressed), both never put in
    the outbox, or delivered, rejected (by Amplitude), skipped, suppressed (only after it was put
    there), unknown or pending.
    """

    rule_id: str
    kind: str
    endpoint: str
    state: str
    field: str | None
    reason: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One sum that must close, with both of its sides."""

    claim: str
    left_side: int
    right_side: int

    @property
    def holds(self) -> bool:
        """Whether the two sides are equal."""
        return self.left_side == self.right_side


@dataclass(frozen=True, slots=True)
class RequestCount:
    """Requests of one run to one endpoint that ended alike; times in milliseconds."""

    endpoint: str
    outcome: str
    status_code: int | None
    requests: int
    rows: int
    body_bytes: int
    mean_ms: float | None
    longest_ms: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of the loader; times are naive UTC."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    base_url: str | None
    loader_version: str | None
    rows_pending: int | None
    rows_delivered: int | None
    rows_rejected: int | None
    requests: int | None
    error: str | None

    @property
    def seconds(self) -> float | None:
        """How long the run took."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


_Record = TypeVar("_Record")


def read_records(
    warehouse: Warehouse, schema: str, sql: str, record: type[_Record], *params: object
) -> tuple[_Record, ...]:
    """Run one of the queries above on `schema`, one record a row."""
    rows = warehouse.read(sql.format(schema=schema), params).to_pylist()
    return tuple(record(**row) for row in rows)
