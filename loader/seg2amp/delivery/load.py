"""Loading: everything pending in the outbox goes to Amplitude, and the ledger says so."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from time import monotonic

from seg2amp.delivery.book import Book
from seg2amp.delivery.client import Client, shown_url
from seg2amp.delivery.courier import Courier
from seg2amp.delivery.doubts import may_be_stored
from seg2amp.delivery.endpoints import ENDPOINTS, STREAMS, Endpoint
from seg2amp.delivery.entries import RunOutcome
from seg2amp.delivery.killed import left_in_flight
from seg2amp.delivery.lanes import Lane
from seg2amp.delivery.ledger import Ledger
from seg2amp.delivery.outbox import Outbox, require_outbox
from seg2amp.delivery.parking import Parking
from seg2amp.delivery.pending import Pending, find_pending
from seg2amp.delivery.phases import Phase, phases
from seg2amp.delivery.progress import Progress, Silent, shown
from seg2amp.delivery.retention import forget
from seg2amp.delivery.settings import GUARDED_AGE, LoadSettings, ago
from seg2amp.delivery.signals import Stop, limited, listening
from seg2amp.delivery.summary import LoadSummary, summarise
from seg2amp.delivery.suppression import keep_back
from seg2amp.delivery.transport import Transport
from seg2amp.delivery.user_rate import UserRate
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly
from seg2amp.warehouse import Warehouse

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
    require_outbox(warehouse, settings.schema)
    ledger = Ledger(warehouse, settings.schema, settings.run_id)
    ledger.close_killed(left_in_flight(warehouse, ledger))
    keep_back(warehouse, settings.schema)
    if settings.keep_days is not None:
        forget(warehouse, settings.schema, settings.keep_days)
    pending = find_pending(warehouse, settings.schema, ago(GUARDED_AGE), settings.until)
    _guard(pending, settings)
    outbox = Outbox.of(warehouse, settings.schema)
    started = monotonic()
    try:
        return asyncio.run(_deliver(outbox, ledger, pending, settings, progress or Silent()))
    finally:
        if ended:
            ended(summarise(ledger, pending, monotonic() - started))


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
        transport,
        ledger,
        stop,
        progress,
        settings.patience,
        slots,
        partial(may_be_stored, outbox.warehouse, outbox.schema),
        settings.max_rejected,
    )
    try:
        async with client:
            with (
                listening(stop),
                limited(stop, settings.time_limit),
                shown(progress, pending.rows),
            ):
                await _deliver_streams(outbox, pending, courier, settings)
    except BaseException as error:
        # A run of which the ledger does not know all requests stays open: the next one then notes
        # what it may have sent. And the error is what matters: a warehouse may fail again here.
        if courier.sent == ledger.tally.requests:
            with suppress(Seg2ampError):
                ledger.finish(*_outcome_of(error))
        raise
    summary = summarise(ledger, pending, monotonic() - started, stop.signal)
    ledger.finish(*_outcome(summary))
    return summary


async def _deliver_streams(
    outbox: Outbox, pending: Pending, courier: Courier, settings: LoadSettings
) -> None:
    """One stream after the other; the lanes of each go side by side."""

    @cache
    def lane(name: str, number: int) -> Lane:
        mine = pending.of_lane({name}, number)
        book = Book(
            endpoint=ENDPOINTS[name],
            lane=number,
            outbox=outbox,
            courier=courier,
            parking=Parking.of(outbox, courier.patience, mine.groups),
            passed=pending.passed.get((name, number), 0),
            since=settings.since,
        )
        return Lane(book, _rate(settings, book.endpoint))

    async def follow(number: int, ahead: Sequence[Phase]) -> None:
        for phase in ahead:
            at_endpoint = lane(phase.endpoint.name, number)
            await at_endpoint.run(phase.segments)
            # Whoever still waits here must not be overtaken by their rows for another endpoint.
            if courier.stop or at_endpoint.somebody_waits:
                return

    for stream in STREAMS:
        async with asyncio.TaskGroup() as group:
            for number, ahead in phases(pending, stream).items():
                group.create_task(follow(number, ahead))
        if courier.stop.error:
            raise courier.stop.error
        if courier.stop:
            return


def _rate(settings: LoadSettings, endpoint: Endpoint) -> UserRate | None:
    if endpoint.user_rate is None:
        return None
    seconds = settings.patience.rate_seconds
    return UserRate(round((settings.user_rate or endpoint.user_rate) * seconds), seconds)


def _sent_to(settings: LoadSettings) -> str:
    return shown_url(settings.base_url) if settings.base_url else "Amplitude, by endpoint_region"


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
