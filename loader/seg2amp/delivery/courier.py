"""The courier: sends one piece until its reply settles something, with patience that ends."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from time import monotonic

from seg2amp.delivery.client import Reply, untrusted
from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.delivery.entries import Entry, Outcome, Request
from seg2amp.delivery.ledger import Ledger, utc_now
from seg2amp.delivery.pace import Pace
from seg2amp.delivery.patience import Patience
from seg2amp.delivery.piece import Piece
from seg2amp.delivery.progress import Progress
from seg2amp.delivery.replies import (
    Bisect,
    Delivered,
    Fatal,
    Fewer,
    Forbidden,
    Meaning,
    RowsRefused,
    Split,
    Throttled,
    Unconfirmed,
    Wait,
    meaning,
)
from seg2amp.delivery.signals import Stop
from seg2amp.delivery.transport import Transport
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly, TooManyRejected

_OUTCOMES: Mapping[type, Outcome] = {
    Delivered: "delivered",
    RowsRefused: "refused",
    Throttled: "throttled",
    Unconfirmed: "unknown",
    Fewer: "unknown",
    Fatal: "fatal",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt to send a piece came to."""

    piece: Piece
    reply: Reply
    meaning: Meaning
    attempt: int
    request_id: str
    run_id: str

    @property
    def reason(self) -> str | None:
        """The reply's fault in one line; None when there is none, or rows carry their own."""
        return getattr(self.meaning, "reason", None)

    @property
    def leaves_doubt(self) -> bool:
        """Whether the rows may have been stored although nothing says so, nor how many."""
        said = self.meaning
        if isinstance(said, Wait):
            return said.unknown
        return isinstance(said, Unconfirmed) and not isinstance(said, Fewer)

    def request(self) -> Request:
        """Give the ledger's row for this attempt."""
        piece, reply, said = self.piece, self.reply, self.meaning
        return Request(
            request_id=self.request_id,
            run_id=self.run_id,
            endpoint=piece.endpoint.name,
            lane=piece.lane,
            group_id=piece.group_id,
            first_position=piece.first,
            last_position=piece.last,
            row_count=len(piece.rows),
            body_bytes=reply.body_bytes,
            attempt=self.attempt,
            status_code=reply.status,
            outcome=_outcome(said, len(piece.rows)),
            error=self.reason,
            server_upload_time=said.server_upload_time if isinstance(said, Delivered) else None,
            sent_at=reply.sent_at,
            duration_ms=reply.duration_ms,
        )


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A piece that has no settling answer, from a server that has one for others."""

    piece: Piece
    reason: str


def _outcome(said: Meaning, rows: int) -> Outcome:
    match said:
        case Split() | Bisect():
            return "split" if rows > 1 else "refused"
        case Wait():
            return "unknown" if said.unknown else "retried"
    return _OUTCOMES[type(said)]


def _paces() -> Mapping[str, Pace]:
    return {name: Pace(*one.pace) for name, one in ENDPOINTS.items() if one.pace}


@dataclass(slots=True)
class Courier:
    """Shared by all lanes; `slots` bounds the requests in flight."""

    transport: Transport
    ledger: Ledger
    stop: Stop
    progress: Progress
    patience: Patience
    slots: asyncio.Semaphore
    may_be_stored: Callable[[int, int], bool]
    """Whether an earlier request of unknown outcome held rows from one position to another."""
    max_rejected: int | None = None
    reached: bool = False
    """Some server has answered in this run."""
    sent: int = 0
    """Requests with rows that were sent; the ledger should know as many."""
    _paces: Mapping[str, Pace] = field(default_factory=_paces)
    _quiet_until: float = 0.0
    """By the monotonic clock: the project is throttled, and no lane sends before."""
    _barred: bool | None = None
    """Whether even a request without rows is forbidden; None while nobody has tried."""

    async def deliver(self, piece: Piece) -> Answer | Unanswered | None:
        """Send a piece until the reply settles it; None when the run is to stop.

        Raises `ConfigurationError` when the key or the address is refused. Raises `StoppedEarly`
        when patience is over, the rows stay pending. Raises `Seg2ampError` when success is
        claimed without confirmation, or forbidden.
        """
        started, unconfirmed, stored = monotonic(), 0, False
        for attempt in count(1):
            sent = await self._send(piece)
            if sent is None:
                return None
            reply, said = sent
            if isinstance(said, Forbidden):
                said = await self._blame(piece, said)
            if isinstance(said, Fewer) and (stored or await self._may_be_stored(piece)):
                self.note(piece, f"{said.reason}; an earlier request had stored the others")
                said = Delivered(said.server_upload_time)
            request_id = self.ledger.new_request_id()
            answer = Answer(piece, reply, said, attempt, request_id, self.ledger.run_id)
            if not isinstance(said, Wait | Unconfirmed | Fatal):
                return answer
            await self.ledger.record(Entry(piece.endpoint.name, piece.lane, answer.request()))
            if isinstance(said, Fatal):
                raise self._fatal(piece, said)
            unconfirmed += isinstance(said, Unconfirmed)
            stored = stored or answer.leaves_doubt
            pause = self.patience.wait(attempt, getattr(said, "seconds", None))
            bears = self.patience.bears(piece, attempt, monotonic() - started + pause)
            if not bears and await self._answers_others(answer):
                return Unanswered(piece, said.reason)
            self._still_patient(answer, unconfirmed, bears=bears)
            self.note(piece, f"{said.reason}; waiting {pause:.0f} s")
            await self.stop.pause(pause)
        return None

    async def _may_be_stored(self, piece: Piece) -> bool:
        return await asyncio.to_thread(self.may_be_stored, piece.first, piece.last)

    async def _blame(self, piece: Piece, said: Forbidden) -> Bisect | Fatal:
        """Find out with a request without rows whether a row or the sender is to blame.

        Once, and again before a row is refused: a firewall may turn against the sender on the way.
        """
        if self._barred is None or len(piece.rows) == 1:
            reply = await self._sent_empty(piece)
            self._barred = reply.status == HTTPStatus.FORBIDDEN
        return Fatal(said.reason, "forbidden") if self._barred else Bisect(said.reason)

    async def _answers_others(self, answer: Answer) -> bool:
        """Find out, in the same way, whether a server that has no answer is busy or down."""
        if self.stop or (isinstance(answer.meaning, Wait) and answer.meaning.everyone):
            return False
        if answer.piece.hurried:
            return True
        said = meaning(answer.piece.endpoint, 0, await self._sent_empty(answer.piece))
        return not isinstance(said, Wait | Unconfirmed | Forbidden | Fatal)

    async def _sent_empty(self, piece: Piece) -> Reply:
        return await self._finished(piece, b"[]")

    def count_rejections(self) -> None:
        """Raise `TooManyRejected` once more rows were refused than this run may have."""
        rejected = self.ledger.tally.rejected.total()
        if self.max_rejected is not None and rejected > self.max_rejected:
            raise TooManyRejected(
                f"{rejected:,} rows were refused, more than `--max-rejected {self.max_rejected}`; "
                "see audit_deliveries for the reasons, the rest stays pending"
            )

    def note(self, piece: Piece, text: str) -> None:
        """Tell whoever watches why a request takes longer."""
        self.progress.note(f"{self._address(piece)}: {text}")

    async def _send(self, piece: Piece) -> tuple[Reply, Meaning] | None:
        while not self.stop:
            await self.stop.pause(self._quiet_until - monotonic())
            async with self.slots:
                if self._quiet_until > monotonic():
                    continue
                pace = self._paces.get(piece.endpoint.name)
                if pace:
                    await pace.admit(len(piece.rows), self.stop)
                if self.stop:
                    return None
                self.sent += 1
                reply = await self._finished(piece, piece.body_rows)
                said = meaning(piece.endpoint, len(piece.rows), reply)
                if isinstance(said, Wait) and said.everyone:
                    self._quiet_until = monotonic() + (said.seconds or 0.0)
            self.reached = self.reached or reply.status is not None
            return reply, said
        return None

    async def _finished(self, piece: Piece, rows: bytes) -> Reply:
        """Wait for the reply; once asked to stop, only as long as draining may take."""
        sent_at, started = utc_now(), monotonic()
        sending = asyncio.ensure_future(
            self.transport.send(piece.endpoint, piece.region, rows, piece.min_id_length)
        )
        stopped = asyncio.ensure_future(self.stop.asked())
        try:
            await asyncio.wait({sending, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({sending}, timeout=self.patience.drain)
            if sending.done():
                return sending.result()
        finally:
            stopped.cancel()
            sending.cancel()
        took = round((monotonic() - started) * 1000)
        return Reply(sent_at, took, len(rows), trouble="timeout", detail="cut off by the stop")

    def _still_patient(self, answer: Answer, unconfirmed: int, *, bears: bool) -> None:
        said, address = answer.meaning, self._address(answer.piece)
        if isinstance(said, Wait) and said.unreachable and not self.reached:
            raise StoppedEarly(
                f"`{address}` is unreachable ({said.reason}); "
                "check the address and the network and run again, all rows are kept"
            )
        if unconfirmed >= self.patience.unconfirmed:
            raise Seg2ampError(
                f"`{address}` does not answer as Amplitude does ({answer.reason}); "
                "the rows stay pending, check the address or proxy and run again"
            )
        if not bears:
            raise StoppedEarly(
                f"`{address}` gave no other answer for {self.patience.give_up_after:.0f} s "
                f"({answer.reason}); the rest stays pending, run again later"
            )

    def _fatal(self, piece: Piece, said: Fatal) -> Seg2ampError:
        address = self._address(piece)
        if said.fault == "key":
            return ConfigurationError(
                f"`{address}` refused the API key ({said.reason}); check AMPLITUDE_API_KEY, "
                "and that it is a key of this region"
            )
        if said.fault == "address":
            return ConfigurationError(
                f"`{address}` is no Amplitude endpoint ({said.reason}); check `--base-url`, "
                "or the proxy on the way"
            )
        if said.fault == "certificate":
            return untrusted(address, said.reason)
        return Seg2ampError(
            f"`{address}` forbids the request ({said.reason}); the rows stay pending, "
            "ask who runs the network or Amplitude why"
        )

    def _address(self, piece: Piece) -> str:
        return self.transport.address(piece.endpoint, piece.region)
