"""Chance, drawn from one seeded source so that the same seed tells the same story."""

from random import Random
from uuid import UUID

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def chance(rng: Random, probability: float) -> bool:
    """Say yes with this probability."""
    return rng.random() < probability


def uuid(rng: Random) -> str:
    """Draw a version 4 UUID as text."""
    return str(UUID(int=rng.getrandbits(128), version=4))
