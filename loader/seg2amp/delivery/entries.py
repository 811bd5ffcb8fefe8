"""Entries: what the delivery ledger is told, and a tally of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

RunOutcome = Literal["completed", "completed_with_rejections", "stopped", "failed"]
Outcome = Literal[
    "delivered",
    "refused",
    "split",
    "throttled",
    "retried",
    "unknown",
    "fatal",
    "skipped",
    "held",
]
ParkReason = Literal[
    "paced", "throttled", "daily_quota", "unanswered", "retry", "suppressed", "returned"
]


@dataclass(frozen=True, slots=True)
class Request:
    """One row of `delivery_requests`; positions are inclusive, `sent_at` is naive UTC."""

    request_id: str
    run_id: str
    endpoint: str
    lane: int
    group_id: str | None
    first_position: int
    last_position: int
    row_count: int
    body_bytes: int
    attempt: int
    status_code: int | None
    outcome: Outcome
    error: str | None
    server_upload_time: int | None
    sent_at: datetime
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row of `delivery_rejections`; `request_id` is None when the loader itself refused."""

    run_id: str
    request_id: str | None
    insert_id: str
    endpoint: str
    lane: int
    position: int
    message_id: str | None
    field: str
    reason: str
    status_code: int | None
    reply: str | None
    rejected_at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """One row of `delivery_parked`: a person whose rows of one lane wait, from a position on.

    `last_position` is None while the lane's later rows of the person wait with them.
    """

    group_id: str
    run_id: str
    endpoint: str
    lane: int
    person_key: str
    first_position: int
    last_position: int | None
    position: int
    """Rows of the person up to here are settled."""
    reason: ParkReason
    error: str | None
    retry_at: datetime
    parked_at: datetime
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one reply settled: written whole or not at all."""

    endpoint: str
    lane: int
    request: Request | None = None
    rejections: Sequence[Rejection] = ()
    checkpoint: int | None = None
    """Every row of the lane, or of `group_id`, is settled or parked up to this position."""
    group_id: str | None = None
    parked: Sequence[Parked] = ()
    """People who wait from now on, in a new group."""
    parked_from: Mapping[str, int] = field(default_factory=dict)
    """The first position of each that waits."""
    released: bool = False
    """The people of `group_id` wait no longer: their rows after `checkpoint` are the lane's."""


@dataclass(slots=True)
class Tally:
    """What this run has written so far, rows by endpoint."""

    delivered: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    """Requests by outcome."""
    body_bytes: int = 0

    def count(self, entry: Entry) -> None:
        """Add a written entry."""
        self.rejected[entry.endpoint] += len(entry.rejections)
        request = entry.request
        if request is None:
            return
        if request.outcome in {"skipped", "held"}:
            passed_over = self.skipped if request.outcome == "skipped" else self.held
            passed_over[request.endpoint] += request.row_count
            return
        self.requests += 1
        self.outcomes[request.outcome] += 1
        self.body_bytes += request.body_bytes
        if request.outcome == "delivered":
            self.delivered[request.endpoint] += request.row_count
