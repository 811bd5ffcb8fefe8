"""Loading: everything pending in the outbox goes to Amplitude, and the ledger says so."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from time import monotonic

from pydantic import SecretStr

from seg2amp.delivery.client import Client, Timeouts, shown_url
from seg2amp.delivery.courier import Courier, Patience
from seg2amp.delivery.endpoints import ENDPOINTS, Endpoint
from seg2amp.delivery.killed import left_in_flight
from seg2amp.delivery.lanes import Lane
from seg2amp.delivery.ledger import TABLES, Ledger, Outcome, RunOutcome
from seg2amp.delivery.masking import mask_json
from seg2amp.delivery.outbox import Outbox
from seg2amp.delivery.parking import Parking
from seg2amp.delivery.pending import (
    Kind,
    Pending,
    Segment,
    find_pending,
)
from seg2amp.delivery.phases import phases
from seg2amp.delivery.progress import Progress, Silent, shown
from seg2amp.delivery.retention import forget
from seg2amp.delivery.signals import Stop, limited, listening
from seg2amp.delivery.suppression import keep_back
from seg2amp.delivery.transport import Transport
from seg2amp.delivery.user_rate import SECONDS, UserRate
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly
from seg2amp.warehouse import Warehouse, require_tables

GUARDED_AGE = timedelta(days=7)
# Amplitude forgets insert_ids after 7 days; its clock and ours may differ, and a load takes time.
RESEND_WINDOW = timedelta(days=6, hours=12)
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """What a load is told."""

    api_key: SecretStr
    base_url: str | None = None
    """Send below this address instead of Amplitude's own hosts."""
    since: datetime | None = None
    """Rows earlier than this (UTC) are passed over for good, and the ledger says so."""
    until: datetime | None = None
    """A lane stops at its first row of this moment (UTC) or later, and keeps it pending."""
    yes: bool = False
    """Send rows older than seven days without asking."""
    concurrency: int = 16
    """Requests in flight; with fewer than 16 a slow lane may keep others waiting."""
    gzip: bool = False
    """Compress requests, as long as the server takes them."""
    user_rate: int | None = None
    """Rows of one person a second, averaged over 30 seconds; else what the endpoint documents."""
    max_rejected: int | None = None
    """Stop once more rows than this are refused in this run."""
    keep_days: int | None = None
    """Forget requests and runs of more than so many days ago; None keeps them all."""
    time_limit: float | None = None
    """Stop gently after so many seconds; the rest stays pending."""
    schema: str = "amplitude"
    run_id: str | None = None
    """The name of the run in the ledger; a new one without it."""
    patience: Patience = field(default_factory=Patience)
    timeouts: Timeouts = field(default_factory=Timeouts)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one endpoint in one run."""

    pending: int
    delivered: int
    rejected: int
    skipped: int
    held: int

    @property
    def left(self) -> int:
        """Rows that are still pending."""
        return self.pending - self.delivered - self.rejected - self.skipped - self.held


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load came to; `pending` counts rows at its start."""

    run_id: str
    pending: int
    delivered: int
    rejected: int
    skipped: int
    held: int
    """Rows passed over because nobody knows whether an old request has stored them."""
    requests: int
    outcomes: Mapping[Outcome, int]
    """Requests by outcome."""
    body_bytes: int
    seconds: float
    endpoints: Mapping[str, Counts]
    signal: int | None = None
    """The signal that stopped it early, if one did."""

    @property
    def left(self) -> int:
        """Rows that are still pending."""
        return self.pending - self.delivered - self.rejected - self.skipped - self.held

    @property
    def outcome(self) -> RunOutcome:
        """What the ledger says of the run."""
        if self.left:
            return "stopped"
        return "completed_with_rejections" if self.rejected else "completed"

    @property
    def exit_code(self) -> int:
        """0 all acknowledged, 3 some refused or unknown, 75 some left, 128 + n signal n."""
        if self.signal:
            return 128 + self.signal
        if self.left:
            return StoppedEarly.exit_code
        return 3 if self.rejected or self.held else 0


@dataclass(frozen=True, slots=True)
class LoadPreview:
    """What a load would send: rows by endpoint and kind, and the first payloads of each.

    `Kind.old_rows` counts what `since` would hold back, or without it what the guard asks about.
    """

    kinds: tuple[Kind, ...]
    payloads: Mapping[str, tuple[str, ...]]

    @property
    def rows(self) -> int:
        """All pending rows, those that `since` would hold back included."""
        return sum(kind.rows for kind in self.kinds)


Ended = Callable[[LoadSummary], None]


def load(
    warehouse: Warehouse,
    settings: LoadSettings,
    progress: Progress | None = None,
    ended: Ended | None = None,
) -> LoadSummary:
    """Deliver what is pending; SIGINT and SIGTERM stop it gently (`LoadSummary.signal`).

    `ended` hears what a load came to that had begun, also when it then raises.

    Raises `ConfigurationError` when tables are missing, the key or the address are refused, or
    old rows are pending and neither `since` nor `yes` is given. Raises `StoppedEarly` when
    Amplitude is out of reach or gave no settling answer for too long. Raises `Seg2ampError` when
    success was claimed without confirmation, or the warehouse failed.
    """
    outbox = _outbox(warehouse, settings)
    ledger = Ledger(warehouse, settings.schema, settings.run_id)
    ledger.close_killed(left_in_flight(warehouse, ledger))
    keep_back(warehouse, settings.schema)
    if settings.keep_days is not None:
        forget(warehouse, settings.schema, settings.keep_days)
    pending = _pending(outbox, _ago(GUARDED_AGE), settings.until)
    _guard(pending, settings)
    started = monotonic()
    try:
        return asyncio.run(_deliver(outbox, ledger, pending, settings, progress or Silent()))
    finally:
        if ended:
            ended(_summary(ledger, pending, monotonic() - started))


def preview_load(
    warehouse: Warehouse, settings: LoadSettings, *, show_values: bool = False
) -> LoadPreview:
    """Tell what `load` would send, without sending; personal values are masked unless shown.

    Raises `ConfigurationError` when tables are missing.
    """
    outbox = _outbox(warehouse, settings)
    pending = _pending(outbox, settings.since or _ago(GUARDED_AGE), settings.until)
    payloads: dict[str, tuple[str, ...]] = {}
    for segment in pending.segments:
        if segment.endpoint not in payloads:
            texts = _first_payloads(outbox, segment, settings.since)
            payloads[segment.endpoint] = texts if show_values else tuple(map(mask_json, texts))
    return LoadPreview(pending.kinds, payloads)


def parse_moment(option: str, text: str) -> datetime:
    """Read the ISO 8601 date or instant that an option was given; without an offset it is UTC.

    Raises `ConfigurationError` when it is neither.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"`{option} {text}` is no date; write it like 2024-05-31 or 2024-05-31T12:00:00Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _outbox(warehouse: Warehouse, settings: LoadSettings) -> Outbox:
    require_tables(
        warehouse, settings.schema, ("amplitude_outbox", "amplitude_suppressions", *TABLES)
    )
    return Outbox(warehouse, settings.schema)


def _pending(outbox: Outbox, old_before: datetime, until: datetime | None) -> Pending:
    pending = find_pending(outbox.warehouse, outbox.schema, old_before, _ago(RESEND_WINDOW), until)
    unknown = {kind.endpoint for kind in pending.kinds} - set(ENDPOINTS)
    if unknown:
        raise ConfigurationError(
            f"the outbox holds rows for `{min(unknown)}`, which this version cannot send; "
            f"it knows {', '.join(ENDPOINTS)}"
        )
    return pending


def _ago(age: timedelta) -> datetime:
    return datetime.now(UTC) - age


def _guard(pending: Pending, settings: LoadSettings) -> None:
    events = pending.billable
    if settings.yes or settings.since or events is None or not events.old_rows:
        return
    raise ConfigurationError(
        f"{events.rows:,} billable events are pending, {events.old_rows:,} of them older than "
        f"{GUARDED_AGE.days} days ({_day(events.oldest)} to {_day(events.newest)}); pass "
        "`--since DATE` to leave out what is earlier, or `--yes` to send everything"
    )


def _day(moment: int | None) -> str:
    return "" if moment is None else f"{datetime.fromtimestamp(moment / 1000, UTC):%Y-%m-%d}"


def _first_payloads(outbox: Outbox, segment: Segment, since: datetime | None) -> tuple[str, ...]:
    upto = segment.first - 1 + segment.width(_SAMPLES)
    place = (segment.endpoint, segment.lane, segment.first - 1, upto)
    window = outbox.window(*place, since)
    rows = (row for run in window.runs() if not run.held_back for row in run.rows)
    return tuple(window.payloads.text(row) for row in rows)


async def _deliver(
    outbox: Outbox, ledger: Ledger, pending: Pending, settings: LoadSettings, progress: Progress
) -> LoadSummary:
    started, stop = monotonic(), Stop()
    client = Client((settings.api_key,), settings.concurrency, settings.timeouts)
    transport = Transport(
        settings.api_key,
        client,
        settings.base_url,
        compress=settings.gzip,
        note=progress.note,
    )
    ledger.begin(_sent_to(settings), pending.rows)
    slots = asyncio.Semaphore(settings.concurrency)
    courier = Courier(
        transport, ledger, stop, progress, settings.patience, slots, settings.max_rejected
    )
    try:
        async with client:
            with (
                listening(stop),
                limited(stop, settings.time_limit),
                shown(progress, pending.rows),
            ):
                await _deliver_endpoints(outbox, pending, courier, settings)
    except BaseException as error:
        # The error is what matters: a warehouse that failed may fail again here.
        with suppress(Seg2ampError):
            ledger.finish(*_outcome_of(error))
        raise
    summary = _summary(ledger, pending, monotonic() - started, stop.signal)
    ledger.finish(*_outcome(summary))
    return summary


async def _deliver_endpoints(
    outbox: Outbox, pending: Pending, courier: Courier, settings: LoadSettings
) -> None:
    """One phase after the other; the lanes of each go side by side."""

    @cache
    def lane(name: str, number: int) -> Lane:
        mine = pending.of_lane(name, number)
        return Lane(
            endpoint=ENDPOINTS[name],
            number=number,
            outbox=outbox,
            courier=courier,
            parking=Parking.of(outbox, courier.patience, mine.groups),
            passed=pending.passed.get((name, number), 0),
            doubts=mine.doubts,
            since=settings.since,
            rate=_rate(settings, ENDPOINTS[name]),
        )

    for endpoint, segments in phases(pending):
        async with asyncio.TaskGroup() as group:
            for number in pending.lanes_of(endpoint.name):
                mine = [segment for segment in segments if segment.lane == number]
                group.create_task(lane(endpoint.name, number).run(mine))
        if courier.stop.error:
            raise courier.stop.error
        if courier.stop:
            return


def _rate(settings: LoadSettings, endpoint: Endpoint) -> UserRate | None:
    if endpoint.user_rate is None:
        return None
    return UserRate(round((settings.user_rate or endpoint.user_rate) * SECONDS))


def _sent_to(settings: LoadSettings) -> str:
    return shown_url(settings.base_url) if settings.base_url else "Amplitude, by endpoint_region"


def _summary(
    ledger: Ledger, pending: Pending, seconds: float, signal_number: int | None = None
) -> LoadSummary:
    tally = ledger.tally
    endpoints = {
        name: Counts(
            pending=pending.rows_of(name),
            delivered=tally.delivered[name],
            rejected=tally.rejected[name],
            skipped=tally.skipped[name],
            held=tally.held[name],
        )
        for name in ENDPOINTS
    }
    return LoadSummary(
        run_id=ledger.run_id,
        pending=pending.rows,
        delivered=tally.delivered.total(),
        rejected=tally.rejected.total(),
        skipped=tally.skipped.total(),
        held=tally.held.total(),
        requests=tally.requests,
        outcomes=dict(tally.outcomes),
        body_bytes=tally.body_bytes,
        seconds=seconds,
        endpoints=endpoints,
        signal=signal_number,
    )


def _outcome(summary: LoadSummary) -> tuple[RunOutcome, str | None]:
    if summary.left:
        why = f"stopped by signal {summary.signal}" if summary.signal else "rows stay pending"
        return summary.outcome, why
    return summary.outcome, None


def _outcome_of(error: BaseException) -> tuple[RunOutcome, str]:
    if isinstance(error, Seg2ampError):
        return ("stopped" if isinstance(error, StoppedEarly) else "failed"), str(error)
    # Anything else may quote a request, and with it the key.
    return "failed", type(error).__name__
