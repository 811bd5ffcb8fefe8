"""A lane's book: what it writes into the ledger, and how far it is settled."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from seg2amp.delivery.courier import Answer, Courier
from seg2amp.delivery.cursor import Cursor
from seg2amp.delivery.endpoints import Endpoint
from seg2amp.delivery.entries import Entry, Outcome, Parked, Rejection, Request
from seg2amp.delivery.ledger import utc_now
from seg2amp.delivery.outbox import Outbox, Window
from seg2amp.delivery.parking import Parking, Wait
from seg2amp.delivery.piece import Piece
from seg2amp.delivery.replies import Refusal

_REPLY_CHARACTERS = 1_000
_IN_DOUBT = "its outcome is unknown, and Amplitude forgets insert_ids after 7 days"


@dataclass(slots=True)
class Book:
    """The book of one lane of one endpoint."""

    endpoint: Endpoint
    lane: int
    outbox: Outbox
    courier: Courier
    parking: Parking
    passed: int = 0
    """The lane's checkpoint: every row up to this position is settled or parked."""
    since: datetime | None = None

    async def record(self, entry: Entry) -> None:
        """Write an entry, and go on from its checkpoint."""
        await self.courier.ledger.record(entry)
        if entry.checkpoint is not None and entry.group_id is None:
            self.passed = entry.checkpoint
        if entry.rejections:
            self.courier.count_rejections()

    async def pass_to(self, position: int) -> None:
        """Move the checkpoint over rows that are refused or parked."""
        if position > self.passed:
            await self.record(Entry(self.endpoint.name, self.lane, checkpoint=position))

    async def let_wait(
        self, piece: Piece, starts: Mapping[str, int], wait: Wait, *, settles: bool
    ) -> None:
        """Let people wait, each from a position on, without a request that says so.

        settles: whether nothing else of the piece is left.
        """
        await self.record(
            Entry(
                self.endpoint.name,
                self.lane,
                checkpoint=piece.end if settles else None,
                group_id=piece.group_id,
                parked=await self.park(piece, starts, wait),
                parked_from=starts,
            )
        )

    async def park(self, piece: Piece, starts: Mapping[str, int], wait: Wait) -> list[Parked]:
        """Form a new group of people who wait, and give what the ledger shall say of it."""
        ledger = self.courier.ledger
        ids = (ledger.new_group_id(), ledger.run_id)
        return await asyncio.to_thread(self.parking.park, piece, starts, wait, ids, self.passed)

    async def rejections(
        self, piece: Piece, refused: Mapping[int, Refusal], answer: Answer | None = None
    ) -> Sequence[Rejection]:
        """Give the ledger's rows for refused rows, by their place in the piece."""
        positions = {
            piece.window.position(piece.rows[place]): why for place, why in refused.items()
        }
        place = (self.endpoint.name, self.lane)
        owners = await asyncio.to_thread(self.outbox.owners, *place, list(positions))
        moment = utc_now()
        return [
            Rejection(
                run_id=self.courier.ledger.run_id,
                request_id=answer.request_id if answer else None,
                insert_id=owner.insert_id,
                endpoint=self.endpoint.name,
                lane=self.lane,
                position=owner.position,
                message_id=owner.message_id,
                field=positions[owner.position].field,
                reason=positions[owner.position].reason,
                status_code=answer.reply.status if answer else None,
                reply=answer.reply.text[:_REPLY_CHARACTERS] if answer else None,
                rejected_at=moment,
            )
            for owner in owners
        ]

    async def reject_large(self, piece: Piece) -> None:
        """Refuse a row that no request could hold."""
        most = self.endpoint.most_bytes
        why = Refusal("payload", f"{piece.size:,} bytes, a request may hold {most:,}")
        rejections = await self.rejections(piece, {0: why})
        place = (self.endpoint.name, self.lane)
        await self.record(Entry(*place, None, rejections, piece.end, piece.group_id))
        self.courier.progress.advance(1)

    async def pass_over(
        self, window: Window, rows: range, cursor: Cursor, outcome: Outcome
    ) -> None:
        """Send nothing of these rows, leaving a trace of them in the ledger."""
        if self.courier.stop:
            return
        last = window.position(rows[-1])
        request = Request(
            request_id=self.courier.ledger.new_request_id(),
            run_id=self.courier.ledger.run_id,
            endpoint=self.endpoint.name,
            lane=self.lane,
            group_id=cursor.group_id,
            first_position=window.position(rows[0]),
            last_position=last,
            row_count=len(rows),
            body_bytes=0,
            attempt=0,
            status_code=None,
            outcome=outcome,
            error=_IN_DOUBT if outcome == "held" else f"earlier than --since {self.since}",
            server_upload_time=None,
            sent_at=utc_now(),
            duration_ms=0,
        )
        place = (self.endpoint.name, self.lane)
        await self.record(Entry(*place, request, (), last, cursor.group_id))
        self.courier.progress.advance(len(rows))
