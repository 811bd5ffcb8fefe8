"""The sandbox's clock: a source of time that can be put forward."""

from collections.abc import Callable


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
