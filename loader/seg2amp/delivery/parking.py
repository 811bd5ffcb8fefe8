"""Parking: rows of throttled people wait beside their lane, and the others overtake them.

A parked person's rows stay in order: from the first one that was throttled on they all wait, those
of later requests too. When the wait is over they go out up to the lane's checkpoint, and the person
is the lane's again. The ledger knows who waits before the lane's checkpoint passes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from seg2amp.delivery.courier import Answer, Patience
from seg2amp.delivery.ledger import Parked, ParkReason, utc_now
from seg2amp.delivery.outbox import Outbox, Owner
from seg2amp.delivery.pending import Group
from seg2amp.delivery.replies import Throttled


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group that waits in this run; `due` and `since` are seconds of the monotonic clock."""

    group: Group
    due: float
    since: float
    """When its people were first throttled, in this run."""


@dataclass(slots=True)
class Parking:
    """Who is parked beside one lane."""

    outbox: Outbox
    patience: Patience
    waiting: list[Waiting] = field(default_factory=list)

    @classmethod
    def of(cls, outbox: Outbox, patience: Patience, groups: Sequence[Group]) -> "Parking":
        """Begin with the people whom earlier runs left waiting."""
        now = monotonic()
        return cls(
            outbox,
            patience,
            [Waiting(one, now + _seconds_until(one.retry_at), now) for one in groups],
        )

    def due(self) -> Waiting | None:
        """Give a group whose wait is over."""
        now = monotonic()
        return next((one for one in self._borne() if one.due <= now), None)

    def next(self) -> Waiting | None:
        """Give the group that this run should wait for next; a day's quota is for a later run."""
        worth = [one for one in self._borne() if one.group.reason != "daily_quota"]
        return min(worth, key=lambda one: one.due, default=None)

    def _borne(self) -> list[Waiting]:
        """Leave out who has been throttled for longer than this run bears."""
        longest = self.patience.give_up_after
        return [one for one in self.waiting if one.due <= one.since + longest]

    def leave(self, group_id: str | None) -> None:
        """Forget a group whose people wait no longer."""
        self.waiting = [one for one in self.waiting if one.group.group_id != group_id]

    def park(self, answer: Answer, said: Throttled, group_id: str) -> tuple[set[int], list[Parked]]:
        """Let the people whom a reply names wait as a new group.

        Gives the places of their rows in the request, and what the ledger is to know. A reply that
        names nobody of the request lets everybody in it wait.
        """
        piece = answer.piece
        owners = {
            owner.position: owner
            for owner in self.outbox.owners(piece.endpoint.name, piece.lane, piece.positions)
        }
        rows = [owners[position] for position in piece.positions]
        people = {row.person_key for place, row in enumerate(rows) if _named(said, place, row)}
        people = people or {row.person_key for row in rows}
        places = {place for place, row in enumerate(rows) if row.person_key in people}
        group = self._open(answer, said, group_id, len(places))
        return places, list(self._intervals(answer, said, group, people))

    def _open(self, answer: Answer, said: Throttled, group_id: str, rows: int) -> Group:
        piece, now = answer.piece, monotonic()
        since = next(
            (one.since for one in self.waiting if one.group.group_id == piece.group_id), now
        )
        reason: ParkReason = "daily_quota" if said.quota else "throttled"
        # A server that asks for no wait at all would be asked without end.
        wait = max(said.seconds, self.patience.first_wait)
        retry_at = utc_now() + timedelta(seconds=wait)
        place = (piece.endpoint.name, piece.lane)
        group = Group(group_id, *place, reason, retry_at, piece.first - 1, rows)
        self.waiting.append(Waiting(group, now + wait, since))
        return group

    def _intervals(
        self, answer: Answer, said: Throttled, group: Group, people: set[str]
    ) -> Iterator[Parked]:
        piece, moment = answer.piece, utc_now()
        stretches: list[tuple[str, int, int | None]] = [(key, 0, None) for key in sorted(people)]
        if piece.group_id is not None:
            stretches = [one for one in self.outbox.intervals(piece.group_id) if one[0] in people]
        for person_key, begin, last in stretches:
            first = max(begin, piece.first)
            if last is not None and last < first:
                continue
            yield Parked(
                group_id=group.group_id,
                run_id=answer.run_id,
                endpoint=group.endpoint,
                lane=group.lane,
                person_key=person_key,
                first_position=first,
                last_position=last,
                position=first - 1,
                reason=group.reason,
                error=said.reason,
                retry_at=group.retry_at,
                parked_at=moment,
            )


def _named(said: Throttled, place: int, row: Owner) -> bool:
    return place in said.rows or row.user_id in said.users or row.device_id in said.devices


def _seconds_until(moment: datetime) -> float:
    return max(0.0, (moment - utc_now()).total_seconds())
