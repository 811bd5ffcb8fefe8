"""Patience: how long troubles are borne."""

import random
from dataclasses import dataclass

from seg2amp.delivery.piece import Piece


@dataclass(frozen=True, slots=True)
class Patience:
    """How long troubles are borne, in seconds."""

    first_wait: float = 1.0
    """Doubled at each attempt, and shortened by chance so that lanes do not knock together."""
    longest_wait: float = 60.0
    give_up_after: float = 300.0
    """Counted for each request from its first trouble; then its rows stay pending."""
    unconfirmed: int = 3
    """How often a request is sent whose reply neither confirms nor refuses, or that is hurried."""
    rate_seconds: float = 30.0
    """The rate of each person is an average over so long, as Amplitude's is."""
    drain: float = 15.0
    """How long requests in flight may still take when the run is to stop."""

    def bears(self, piece: Piece, attempt: int, seconds: float) -> bool:
        """Say whether a piece may be sent once more, after so many attempts and seconds."""
        if piece.hurried:
            return attempt < self.unconfirmed
        return seconds <= self.give_up_after

    def wait(self, attempt: int, asked: float | None) -> float:
        """Say how long to wait after an attempt (1 is the first): as asked, or longer each time.

        A server that asks for next to no wait would be asked without end.
        """
        if asked is not None and asked >= self.first_wait:
            return asked
        longest = min(self.longest_wait, self.first_wait * 2 ** min(attempt - 1, 30))
        return random.uniform(longest / 2, longest)  # noqa: S311 - nothing secret
