"""Lanes: each is a cursor over its own rows in order, with one request in flight."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from seg2amp.delivery.book import Book
from seg2amp.delivery.courier import Answer, Unanswered
from seg2amp.delivery.cursor import FIRST_ROWS, Cursor, GroupCursor, SegmentCursor, next_rows
from seg2amp.delivery.entries import Entry, Parked
from seg2amp.delivery.outbox import Run, Window
from seg2amp.delivery.parking import Wait, Waiting
from seg2amp.delivery.pending import Segment
from seg2amp.delivery.piece import Piece
from seg2amp.delivery.replies import Bisect, Delivered, Refusal, RowsRefused, Split, Throttled
from seg2amp.delivery.user_rate import UserRate

# A server that names one bad row per reply would otherwise cost a whole request for each.
_MOST_REFUSALS = 3
_UNANSWERED_SECONDS = 3_600.0


@dataclass(slots=True)
class Lane:
    """One lane of one endpoint."""

    book: Book
    rate: UserRate | None = None
    _window_rows: int = FIRST_ROWS
    _target_bytes: int = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what the endpoint documents."""
        self._target_bytes = self.book.endpoint.target_bytes

    @property
    def somebody_waits(self) -> bool:
        """Whether rows of parked people are left."""
        return bool(self.book.parking.waiting)

    async def run(self, segments: Sequence[Segment]) -> None:
        """Deliver these rows and whoever is parked, until somebody asks to stop.

        An error asks all lanes to.
        """
        try:
            await self._serve_due()
            for segment in segments:
                after = max(segment.first - 1, self.book.passed)
                cursor = SegmentCursor(
                    self.book.outbox, segment, self.book.since, after, segment.last
                )
                await self._follow(cursor)
            await self._wait_for_parked()
        except Exception as error:  # noqa: BLE001 - other lanes still hear what became of their rows
            self.book.courier.stop.fail(error)

    async def _follow(self, cursor: Cursor) -> None:
        """Deliver what a cursor reads; once somebody is parked, read again without them."""
        while cursor.after < cursor.last and not self.book.courier.stop:
            window, upto = await asyncio.to_thread(cursor.read, self._window_rows)
            self._window_rows = next_rows(window, self._window_rows)
            parked_at = await self._deliver_window(window, cursor)
            if self.book.courier.stop:
                return
            cursor.after = upto if parked_at is None else parked_at
            if cursor.group_id is None:
                await self.book.pass_to(cursor.after)
                await self._serve_due()

    async def _deliver_window(self, window: Window, cursor: Cursor) -> int | None:
        """Deliver a window's rows; a position tells that somebody was parked, and up to where."""
        for run in window.runs():
            if run.passed_over:
                await self.book.pass_over(window, run.rows, cursor, run.passed_over)
                continue
            for rows in window.payloads.cut(run.rows, self.book.endpoint.rows, self._target_bytes):
                piece = self._piece(window, run, rows, cursor)
                parked_at = await self._resolve(piece)
                if parked_at is not None:
                    return parked_at
        return None

    def _piece(self, window: Window, run: Run, rows: range, cursor: Cursor) -> Piece:
        return Piece(
            endpoint=self.book.endpoint,
            lane=self.book.lane,
            window=window,
            rows=rows,
            region=run.region,
            min_id_length=run.min_id_length,
            end=window.position(rows[-1]),
            group_id=cursor.group_id,
        )

    async def _resolve(self, piece: Piece) -> int | None:
        """Bring a piece to its end, its earliest part first, so that checkpoints only rise.

        Once somebody is parked only the part they were in is brought to its end, since later
        parts may hold rows of theirs; then its last position is given.
        """
        parts, parked_at = [piece], None
        while parts and not self.book.courier.stop:
            part = parts.pop()
            if len(part.rows) == 1 and part.size > self.book.endpoint.most_bytes:
                await self.book.reject_large(part)
                continue
            slower = await self._pace(part)
            if slower is not None:
                parts, parked_at = slower, part.end
                continue
            answer = await self.book.courier.deliver(part)
            if answer is None:
                break
            if isinstance(answer, Unanswered):
                left, parks = await self._isolate(answer), len(part.rows) == 1
            else:
                left, parks = await self._settle(answer), isinstance(answer.meaning, Throttled)
            if parks:
                parts, parked_at = [], part.end
            parts.extend(reversed(left))
        return parked_at

    async def _pace(self, piece: Piece) -> list[Piece] | None:
        """Let people wait who would have too many rows in a short time; None when nobody has."""
        if self.rate is None:
            return None
        people, now = piece.people, monotonic()
        excess = self.rate.excess(people, now)
        if not excess:
            return None
        starts = {who: piece.window.position(piece.rows[at]) for who, at in excess.items()}
        late = {at for at, who in enumerate(people) if at >= excess.get(who, len(people))}
        rest = piece.parked(late)
        wait = Wait("paced", self.rate.wait(list(excess), now))
        await self.book.let_wait(piece, starts, wait, settles=not rest.rows)
        return [rest] if rest.rows else []

    async def _isolate(self, unanswered: Unanswered) -> list[Piece]:
        """Halve a piece that has no answer; a row that is alone waits with its person."""
        piece = unanswered.piece
        if len(piece.rows) > 1:
            return [replace(half, hurried=True) for half in piece.halves()]
        starts = dict.fromkeys(piece.people, piece.first)
        wait = Wait("unanswered", _UNANSWERED_SECONDS, unanswered.reason)
        await self.book.let_wait(piece, starts, wait, settles=True)
        self.book.courier.note(
            piece, f"{unanswered.reason}; the row's person waits for a later run"
        )
        return []

    async def _settle(self, answer: Answer) -> list[Piece]:
        """Write down what an answer settled and give what is left to send, in order."""
        piece, said = answer.piece, answer.meaning
        refused: Mapping[int, Refusal] = {}
        parked: Sequence[Parked] = ()
        starts: Mapping[str, int] = {}
        left: list[Piece] = []
        match said:
            case RowsRefused():
                refused = said.refused
                left = self._neighbours(piece.without(refused))
            case Throttled():
                starts = await asyncio.to_thread(self.book.parking.named, piece, said)
                wait = Wait("daily_quota" if said.quota else "throttled", said.seconds, said.reason)
                parked = await self.book.park(piece, starts, wait)
                rest = piece.parked({at for at, who in enumerate(piece.people) if who in starts})
                left = [rest] if rest.rows else []
                self.book.courier.note(piece, f"{said.reason}; {_people(len(starts))}")
            case Split() | Bisect() if len(piece.rows) > 1:
                left = piece.halves()
                if isinstance(said, Split):
                    self._target_bytes = min(self._target_bytes, piece.size // 2)
            case Split() | Bisect():
                refused = {0: Refusal("", said.reason)}
        rejections = await self.book.rejections(piece, refused, answer) if refused else ()
        await self.book.record(
            Entry(
                piece.endpoint.name,
                piece.lane,
                answer.request(),
                rejections,
                None if left else piece.end,
                piece.group_id,
                parked,
                starts,
            )
        )
        if isinstance(said, Delivered) and self.rate is not None:
            self.rate.count(piece.people, monotonic())
        self.book.courier.progress.advance(
            len(piece.rows) if isinstance(said, Delivered) else len(refused)
        )
        return left

    def _neighbours(self, rest: Piece) -> list[Piece]:
        if not rest.rows:
            return []
        if rest.refusals >= _MOST_REFUSALS and len(rest.rows) > 1:
            return rest.halves()
        return [rest]

    async def _serve_due(self) -> None:
        """Deliver the rows of parked people whose wait is over, up to the lane's checkpoint."""
        while not self.book.courier.stop and (waiting := self.book.parking.due()):
            await self._serve(waiting)

    async def _serve(self, waiting: Waiting) -> None:
        group = waiting.group
        cursor = GroupCursor(
            self.book.outbox, group, self.book.since, group.after, self.book.passed
        )
        await self._follow(cursor)
        if not self.book.courier.stop:
            self.book.parking.leave(group.group_id)
            place = (self.book.endpoint.name, self.book.lane)
            await self.book.record(
                Entry(*place, checkpoint=cursor.last, group_id=group.group_id, released=True)
            )

    async def _wait_for_parked(self) -> None:
        """Wait for throttled people as long as patience lasts; then their rows stay pending."""
        while not self.book.courier.stop and (waiting := self.book.parking.next()):
            await self.book.courier.stop.pause(max(0.0, waiting.due - monotonic()))
            await self._serve_due()


def _people(count: int) -> str:
    return "1 person waits" if count == 1 else f"{count:,} people wait"
