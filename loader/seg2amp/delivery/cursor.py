"""Cursors: each reads rows of one lane in order, window by window."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from seg2amp.delivery.outbox import Outbox, Window
from seg2amp.delivery.pending import Group, Segment

# A window is read at once: small enough that all lanes together stay flat at any row size.
_WINDOW_BYTES = 4_000_000
FIRST_ROWS = 2_000
_MOST_ROWS = 4_000


class Cursor(Protocol):
    """`after` is the position up to which all is settled, `last` where the cursor ends."""

    after: int
    last: int

    @property
    def group_id(self) -> str | None:
        """The parked group whose rows these are; None for the lane's own."""
        ...

    def read(self, rows: int) -> tuple[Window, int]:
        """Read a window of about so many rows, and tell up to which position it holds them all."""
        ...


@dataclass(slots=True)
class SegmentCursor:
    """The lane's own rows of one load, less those of parked people."""

    outbox: Outbox
    segment: Segment
    since: datetime | None
    after: int
    last: int

    group_id: None = None

    def read(self, rows: int) -> tuple[Window, int]:
        """Read by a stretch of positions, which costs the warehouse no sorting."""
        segment = self.segment
        upto = min(self.after + segment.width(rows), self.last)
        place = (segment.endpoint, segment.lane, self.after, upto)
        return self.outbox.window(*place, self.since), upto


@dataclass(slots=True)
class GroupCursor:
    """The rows of people who were parked together."""

    outbox: Outbox
    group: Group
    since: datetime | None
    after: int
    last: int

    @property
    def group_id(self) -> str:
        """Whose rows these are."""
        return self.group.group_id

    def read(self, rows: int) -> tuple[Window, int]:
        """Read by number: the rows of a few people may lie far apart."""
        window = self.outbox.parked_window(self.group, self.after, self.last, rows, self.since)
        count = len(window.payloads)
        return window, window.position(count - 1) if count == rows else self.last


def next_rows(window: Window, rows: int) -> int:
    """Choose the next window's rows by the bytes of this one, in whole requests if possible."""
    here = len(window.payloads)
    size = window.payloads.size(range(here))
    fits = _MOST_ROWS if not size else _WINDOW_BYTES * here // size
    most = max(1, min(fits, _MOST_ROWS))
    if not here:
        return rows
    return most - most % FIRST_ROWS if most >= FIRST_ROWS else most
