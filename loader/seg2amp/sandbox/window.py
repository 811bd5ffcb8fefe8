"""A sliding window of time: how many of what each name had within it."""

from collections import deque
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


class Window(Generic[Name]):
    """Counts by name over the last `steps` steps of `step_ms` each, the present one included."""

    def __init__(self, step_ms: int, steps: int) -> None:
        """Start with nothing."""
        self._step_ms = step_ms
        self._steps = steps
        self._totals: dict[Name, int] = {}
        self._parts: deque[tuple[int, dict[Name, int]]] = deque()
        self.peak = 0
        """No name has more than this; it saves asking for each."""

    def move(self, now: int) -> None:
        """Go on to the present, epoch milliseconds, and forget what lies before the window."""
        first = now // self._step_ms - self._steps + 1
        while self._parts and self._parts[0][0] < first:
            self._forget(self._parts.popleft()[1])

    def total(self, name: Name) -> int:
        """Give the count of one name as of the last move."""
        return self._totals.get(name, 0)

    def add(self, counts: Mapping[Name, int], now: int) -> None:
        """Count these at the present."""
        step = now // self._step_ms
        if not self._parts or self._parts[-1][0] < step:
            self._parts.append((step, {}))
        part, totals, peak = self._parts[-1][1], self._totals, self.peak
        for name, count in counts.items():
            part[name] = part.get(name, 0) + count
            totals[name] = total = totals.get(name, 0) + count
            peak = max(peak, total)
        self.peak = peak

    def _forget(self, counts: Mapping[Name, int]) -> None:
        for name, count in counts.items():
            left = self._totals[name] - count
            if left:
                self._totals[name] = left
            else:
                del self._totals[name]
        self.peak = max(self._totals.values(), default=0)
