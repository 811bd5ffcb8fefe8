"""The state of delivery: the last runs, rows by state, who waits, and what was refused."""

from dataclasses import dataclass
from datetime import datetime

from seg2amp.audit.counts import RUNS, Run, read_records
from seg2amp.warehouse import Warehouse, require_tables

TABLES = ("audit_deliveries", "delivery_parked", "delivery_runs")
_LAST_RUNS = 5
_STATES = """
select endpoint, state, cast(count(*) as bigint) as rows
from {schema}.audit_deliveries
group by endpoint, state
order by endpoint, state
"""
_WAITING = """
select endpoint, reason, cast(count(distinct person_key) as bigint) as people,
       min(retry_at) as retry_at
from {schema}.delivery_parked
where released_at is null and reason <> 'suppressed'
group by endpoint, reason
order by endpoint, reason
"""
_REASONS = """
select state, field, reason, cast(count(*) as bigint) as rows
from {schema}.audit_deliveries
where state in ('rejected', 'unknown', 'suppressed')
group by state, field, reason
order by rows desc, state, reason
limit 10
"""


@dataclass(frozen=True, slots=True)
class StateCount:
    """Rows of one endpoint in one state of `audit_deliveries`."""

    endpoint: str
    state: str
    rows: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """People of one endpoint whose rows are parked; the first may go out at `retry_at`, UTC."""

    endpoint: str
    reason: str
    people: int
    retry_at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were refused, are held, or are not sent any more."""

    state: str
    field: str | None
    reason: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class Status:
    """How delivery stands. `runs` are the last five, the latest first."""

    runs: tuple[Run, ...]
    states: tuple[StateCount, ...]
    waiting: tuple[Waiting, ...]
    reasons: tuple[Reason, ...]


def read_status(warehouse: Warehouse, schema: str) -> Status:
    """Read the outbox and the ledger.

    Raises:
        ConfigurationError: a table is missing.

    """
    require_tables(warehouse, schema, TABLES)
    return Status(
        runs=read_records(warehouse, schema, RUNS, Run, _LAST_RUNS),
        states=read_records(warehouse, schema, _STATES, StateCount),
        waiting=read_records(warehouse, schema, _WAITING, Waiting),
        reasons=read_records(warehouse, schema, _REASONS, Reason),
    )
