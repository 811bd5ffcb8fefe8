"""The sandbox's clock: a source of time that can be put forward."""

from collections.abc import Callable
from datetime import UTC, datetime

EARLIEST = -62_135_596_800_000
LATEST = 253_402_300_799_999


def utc(time: int) -> datetime:
    """Give a moment, epoch milliseconds, in UTC; one off the calendar becomes its first or last."""
    return datetime.fromtimestamp(max(EARLIEST, min(time, LATEST)) / 1000, UTC)


class Clock:
    """Epoch milliseconds, UTC, and how far ahead of the source they are."""

    def __init__(self, source: Callable[[], int]) -> None:
        """Start level with the source."""
        self._source = source
        self.ahead_ms = 0

    def now(self) -> int:
        """Tell the present as the sandbox sees it."""
        return self._source() + self.ahead_ms

    def advance(self, milliseconds: int) -> None:
        """Put the clock forward."""
        self.ahead_ms += milliseconds

    def reset(self) -> None:
        """Go level with the source again."""
        self.ahead_ms = 0
