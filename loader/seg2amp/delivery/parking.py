"""Parking: rows of throttled people wait beside their lane, and the others overtake them.

A parked person's rows stay in order: from the first one that was throttled on they all wait, those
of later requests too, in one group; who is parked again from an earlier row on takes all along to
the new group. When the wait is over they go out up to the lane's checkpoint, and the person
is the lane's again. The ledger knows who waits before the lane's checkpoint passes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from seg2amp.delivery.entries import Parked, ParkReason
from seg2amp.delivery.ledger import utc_now
from seg2amp.delivery.outbox import Outbox, Owner
from seg2amp.delivery.patience import Patience
from seg2amp.delivery.pending import Group
from seg2amp.delivery.piece import Piece
from seg2amp.delivery.replies import Throttled

_LATER = frozenset[ParkReason]({"daily_quota", "unanswered"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group that waits in this run; `due` and `since` are seconds of the monotonic clock."""

    group: Group
    due: float
    since: float
    """When its people were first throttled, in this run."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Why people wait, and how long."""

    reason: ParkReason
    seconds: float
    error: str | None = None


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
        """Give the group that this run should wait for next; some are for a later run."""
        worth = [one for one in self._borne() if one.group.reason not in _LATER]
        return min(worth, key=lambda one: one.due, default=None)

    def _borne(self) -> list[Waiting]:
        """Leave out who has been throttled for longer than this run bears."""
        longest = self.patience.give_up_after
        return [
            one
            for one in self.waiting
            if one.group.reason == "paced" or one.due <= one.since + longest
        ]

    def leave(self, group_id: str | None) -> None:
        """Forget a group whose people wait no longer."""
        self.waiting = [one for one in self.waiting if one.group.group_id != group_id]

    def named(self, piece: Piece, said: Throttled) -> dict[str, int]:
        """Tell whom of a request a reply names, and from which position on they wait.

        A reply that names nobody of the request lets everybody in it wait.
        """
        keys = piece.people
        people = {keys[place] for place in said.rows if 0 <= place < len(keys)}
        if not people:
            owners = self.outbox.owners(piece.endpoint.name, piece.lane, piece.positions)
            people = {one.person_key for one in owners if _names(said, one)}
        return dict.fromkeys(people or keys, piece.first)

    def park(
        self,
        piece: Piece,
        starts: Mapping[str, int],
        wait: Wait,
        ids: tuple[str, str],
        passed: int,
    ) -> list[Parked]:
        """Let people wait as a new group, each from a position on; gives the ledger's rows.

        ids: the new group's, the run's. passed: the lane's checkpoint.
        """
        group_id, run_id = ids
        # A server that asks for no wait at all would be asked without end.
        seconds = max(wait.seconds, self.patience.first_wait)
        first = min(starts.values())
        place = (piece.endpoint.name, piece.lane)
        retry_at = utc_now() + timedelta(seconds=seconds)
        group = Group(group_id, *place, wait.reason, retry_at, first - 1, len(starts))
        now = monotonic()
        since = next((w.since for w in self.waiting if w.group.group_id == piece.group_id), now)
        self.waiting.append(Waiting(group, now + seconds, since))
        moment = utc_now()
        return [
            Parked(
                group_id=group_id,
                run_id=run_id,
                endpoint=group.endpoint,
                lane=group.lane,
                person_key=person_key,
                first_position=begin,
                last_position=last,
                position=begin - 1,
                reason=group.reason,
                error=wait.error,
                retry_at=group.retry_at,
                parked_at=moment,
            )
            for person_key, begin, last in self._stretches(piece, starts, passed)
        ]

    def _stretches(
        self, piece: Piece, starts: Mapping[str, int], passed: int
    ) -> Iterator[tuple[str, int, int | None]]:
        """Give (person_key, first, last) of what waits from now on, None being without end."""
        without_end = starts
        if piece.group_id is not None:
            waiting = self.outbox.waiting(piece.endpoint.name, piece.lane)
            ends = {person_key for person_key, _, last in waiting if last is None}
            for person_key, begin, last in waiting:
                start = starts.get(person_key)
                if start is not None and (last is None or last >= start):
                    yield person_key, max(begin, start), last
            # Single rows were tried again; now the lane's later ones wait with them.
            without_end = dict.fromkeys(starts.keys() - ends, passed + 1)
        yield from ((person_key, start, None) for person_key, start in sorted(without_end.items()))


def _names(said: Throttled, row: Owner) -> bool:
    return row.user_id in said.users or row.device_id in said.devices


def _seconds_until(moment: datetime) -> float:
    return max(0.0, (moment - utc_now()).total_seconds())
