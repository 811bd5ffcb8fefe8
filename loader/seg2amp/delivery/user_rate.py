"""The rate at which Amplitude takes rows of one person, kept before it has to say so."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class UserRate:
    """At most `rows` of each person in any stretch of so many seconds, in one lane."""

    rows: int
    seconds: float = 30.0
    """Amplitude averages over so long."""
    _sent: deque[tuple[float, Counter[str]]] = field(default_factory=deque)
    _recent: Counter[str] = field(default_factory=Counter)

    @property
    def _few(self) -> int:
        """So many rows of a person in a request are not remembered, but allowed for.

        Nearly everybody has few, so that a fast load does not remember all its people.
        """
        return self.rows // 10_000

    def excess(self, people: Sequence[str], now: float) -> dict[str, int]:
        """Name who would have too many rows in a request, each with the place of the first one.

        people: whose row stands at each place. now: seconds of the monotonic clock.
        """
        self._forget(now)
        most = self.rows - self._few * len(self._sent)
        if len(people) + max(self._recent.values(), default=0) <= most:
            return {}
        counts, first = Counter(self._recent), dict[str, int]()
        for place, person in enumerate(people):
            counts[person] += 1
            if counts[person] > most:
                first.setdefault(person, place)
        return first

    def wait(self, people: Sequence[str], now: float) -> float:
        """Say in how many seconds all of these people may send again."""
        last = [sent_at for sent_at, counts in self._sent if any(map(counts.__contains__, people))]
        return max(last, default=now) + self.seconds - now

    def count(self, people: Sequence[str], now: float) -> None:
        """Remember a request that was sent."""
        many = {person: rows for person, rows in Counter(people).items() if rows > self._few}
        counts = Counter(many)
        self._sent.append((now, counts))
        self._recent.update(counts)

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0][0] + self.seconds - now <= 0:
            self._recent.subtract(self._sent.popleft()[1])
            self._recent = +self._recent
