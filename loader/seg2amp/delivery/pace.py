"""Keeping to a documented rate."""

from collections import deque
from dataclasses import dataclass, field
from time import monotonic

from seg2amp.delivery.signals import Stop


@dataclass(slots=True)
class Pace:
    """At most `rows` in any stretch of `seconds`, across all lanes."""

    rows: int
    seconds: float
    _sent: deque[tuple[float, int]] = field(default_factory=deque)

    async def admit(self, rows: int, stop: Stop) -> None:
        """Return when so many rows may be sent, or when somebody asks to stop."""
        while not stop and (wait := self._wait(rows, monotonic())) > 0:
            await stop.pause(wait)
        self._sent.append((monotonic(), rows))

    def _wait(self, rows: int, now: float) -> float:
        while self._sent and self._sent[0][0] <= now - self.seconds:
            self._sent.popleft()
        if not self._sent or rows + sum(count for _, count in self._sent) <= self.rows:
            return 0.0
        return self._sent[0][0] + self.seconds - now
