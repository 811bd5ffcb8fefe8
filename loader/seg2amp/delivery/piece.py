"""A piece: the rows of one lane that go out in one request."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Self

from seg2amp.delivery.endpoints import Endpoint
from seg2amp.delivery.outbox import Window


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of a window, in order: a range until a row was refused, then a list."""

    endpoint: Endpoint
    lane: int
    window: Window
    rows: Sequence[int]
    region: str
    min_id_length: int | None
    end: int
    """The lane is resolved up to this position once the piece is."""
    refusals: int = 0
    """How many requests of this piece had rows refused by name."""
    group_id: str | None = None
    """The people who were parked together and whose rows these are; None for a lane's own."""
    hurried: bool = False
    """Part of a piece that had no answer for too long: it is not waited for as long."""

    @property
    def body_rows(self) -> bytes:
        """The rows as a JSON array."""
        return self.window.payloads.array(self.rows)

    @property
    def size(self) -> int:
        """Bytes of the rows."""
        return self.window.payloads.size(self.rows)

    @property
    def first(self) -> int:
        """Position of the first row."""
        return self.window.position(self.rows[0])

    @property
    def last(self) -> int:
        """Position of the last row."""
        return self.window.position(self.rows[-1])

    @property
    def people(self) -> list[str]:
        """Whose row stands at each place."""
        return self.window.people(self.rows)

    @property
    def positions(self) -> list[int]:
        """Positions of all rows, in order."""
        return [self.window.position(row) for row in self.rows]

    def halves(self) -> list[Self]:
        """Cut in two, in order; a single row cannot be cut."""
        middle = len(self.rows) // 2
        early, late = self.rows[:middle], self.rows[middle:]
        end = self.window.position(early[-1])
        return [
            replace(self, rows=early, end=end, refusals=0),
            replace(self, rows=late, refusals=0),
        ]

    def without(self, places: Collection[int]) -> Self:
        """Leave out the rows at these places of the request."""
        rest = tuple(row for place, row in enumerate(self.rows) if place not in places)
        return replace(self, rows=rest, refusals=self.refusals + 1)

    def parked(self, places: Collection[int]) -> Self:
        """Leave out the rows of people who wait."""
        return replace(self.without(places), refusals=self.refusals)
