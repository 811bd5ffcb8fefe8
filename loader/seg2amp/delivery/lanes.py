"""Lanes: each is a cursor over its own rows in order, with one request in flight."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from seg2amp.delivery.courier import Answer, Courier
from seg2amp.delivery.endpoints import Endpoint
from seg2amp.delivery.ledger import Entry, Rejection, Request, utc_now
from seg2amp.delivery.outbox import Outbox, Run, Segment, Window
from seg2amp.delivery.piece import Piece
from seg2amp.delivery.replies import Bisect, Delivered, Refusal, RowsRefused, Split
from seg2amp.errors import Seg2ampError

# A window is read at once: small enough that all lanes together stay flat at any row size.
_WINDOW_BYTES = 4_000_000
_FIRST_WINDOW_ROWS = 2_000
_MOST_WINDOW_ROWS = 4_000
_REPLY_CHARACTERS = 1_000
# A server that names one bad row per reply would otherwise cost a whole request for each.
_MOST_REFUSALS = 3


@dataclass(slots=True)
class Lane:
    """One lane of one endpoint, from its first pending row to its last."""

    endpoint: Endpoint
    number: int
    segments: Sequence[Segment]
    outbox: Outbox
    courier: Courier
    since: datetime | None = None
    _window_rows: int = _FIRST_WINDOW_ROWS
    _target_bytes: int = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what the endpoint documents."""
        self._target_bytes = self.endpoint.target_bytes

    async def run(self) -> None:
        """Deliver everything, until somebody asks to stop; an error asks all lanes to."""
        try:
            for segment in self.segments:
                await self._deliver_segment(segment)
        except Seg2ampError as error:
            self.courier.stop.fail(error)

    async def _deliver_segment(self, segment: Segment) -> None:
        after = segment.first - 1
        while after < segment.last and not self.courier.stop:
            upto = min(after + segment.width(self._window_rows), segment.last)
            window = await asyncio.to_thread(self.outbox.window, segment, after, upto, self.since)
            self._window_rows = _rows_of_next(window, self._window_rows)
            for run in window.runs():
                await self._deliver_run(window, run)
            after = upto

    async def _deliver_run(self, window: Window, run: Run) -> None:
        if run.held_back:
            await self._hold_back(window, run.rows)
            return
        for rows in window.payloads.cut(run.rows, self.endpoint.rows, self._target_bytes):
            await self._resolve(
                Piece(
                    endpoint=self.endpoint,
                    lane=self.number,
                    window=window,
                    rows=rows,
                    region=run.region,
                    min_id_length=run.min_id_length,
                    end=window.position(rows[-1]),
                )
            )

    async def _resolve(self, piece: Piece) -> None:
        """Bring a piece to its end, its earliest part first, so that checkpoints only rise."""
        parts = [piece]
        while parts and not self.courier.stop:
            part = parts.pop()
            if len(part.rows) == 1 and part.size > self.endpoint.most_bytes:
                await self._reject_large(part)
                continue
            answer = await self.courier.deliver(part)
            if answer is not None:
                parts.extend(reversed(await self._settle(answer)))

    async def _settle(self, answer: Answer) -> list[Piece]:
        """Write down what an answer settled and give what is left to send, in order."""
        piece, said = answer.piece, answer.meaning
        refused: Mapping[int, Refusal] = {}
        left: list[Piece] = []
        match said:
            case RowsRefused():
                refused = said.refused
                left = self._neighbours(piece.without(refused))
            case Split() | Bisect() if len(piece.rows) > 1:
                left = piece.halves()
                if isinstance(said, Split):
                    self._target_bytes = min(self._target_bytes, piece.size // 2)
            case Split() | Bisect():
                refused = {0: Refusal("", said.reason)}
        rejections = await self._rejections(piece, refused, answer) if refused else ()
        await self._record(answer.request(), rejections, None if left else piece.end)
        self.courier.progress.advance(
            len(piece.rows) if isinstance(said, Delivered) else len(refused)
        )
        return left

    def _neighbours(self, rest: Piece) -> list[Piece]:
        if not rest.rows:
            return []
        if rest.refusals >= _MOST_REFUSALS and len(rest.rows) > 1:
            return rest.halves()
        return [rest]

    async def _rejections(
        self, piece: Piece, refused: Mapping[int, Refusal], answer: Answer | None = None
    ) -> Sequence[Rejection]:
        positions = {
            piece.window.position(piece.rows[place]): why for place, why in refused.items()
        }
        names = await asyncio.to_thread(self.outbox.names, list(positions))
        moment = utc_now()
        return [
            Rejection(
                run_id=self.courier.ledger.run_id,
                request_id=answer.request_id if answer else None,
                insert_id=names[position][0],
                endpoint=self.endpoint.name,
                lane=self.number,
                position=position,
                message_id=names[position][1],
                field=why.field,
                reason=why.reason,
                status_code=answer.reply.status if answer else None,
                reply=answer.reply.text[:_REPLY_CHARACTERS] if answer else None,
                rejected_at=moment,
            )
            for position, why in positions.items()
        ]

    async def _reject_large(self, piece: Piece) -> None:
        most = self.endpoint.most_bytes
        why = Refusal("payload", f"{piece.size:,} bytes, a request may hold {most:,}")
        rejections = await self._rejections(piece, {0: why})
        await self._record(rejections=rejections, checkpoint=piece.end)
        self.courier.progress.advance(1)

    async def _hold_back(self, window: Window, rows: range) -> None:
        """Pass over rows older than `since`, leaving a trace of them in the ledger."""
        if self.courier.stop:
            return
        last = window.position(rows[-1])
        request = Request(
            request_id=self.courier.ledger.new_request_id(),
            run_id=self.courier.ledger.run_id,
            endpoint=self.endpoint.name,
            lane=self.number,
            first_position=window.position(rows[0]),
            last_position=last,
            row_count=len(rows),
            body_bytes=0,
            attempt=0,
            status_code=None,
            outcome="skipped",
            error=f"earlier than --since {self.since}",
            server_upload_time=None,
            sent_at=utc_now(),
            duration_ms=0,
        )
        await self._record(request, checkpoint=last)
        self.courier.progress.advance(len(rows))

    async def _record(
        self,
        request: Request | None = None,
        rejections: Sequence[Rejection] = (),
        checkpoint: int | None = None,
    ) -> None:
        entry = Entry(self.endpoint.name, self.number, request, rejections, checkpoint)
        await self.courier.ledger.record(entry)


def _rows_of_next(window: Window, rows: int) -> int:
    """Choose the next window's rows by the bytes of this one, in whole requests if possible."""
    here = len(window.payloads)
    size = window.payloads.size(range(here))
    fits = _MOST_WINDOW_ROWS if not size else _WINDOW_BYTES * here // size
    most = max(1, min(fits, _MOST_WINDOW_ROWS))
    if not here:
        return rows
    return most - most % _FIRST_WINDOW_ROWS if most >= _FIRST_WINDOW_ROWS else most
