"""The shop's whole traffic: many journeys, and what goes wrong on the way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from random import Random

from seg2amp.errors import ConfigurationError
from seg2amp.sample.dice import DAY, HOUR, MINUTE, SECOND, chance
from seg2amp.sample.journeys import journey
from seg2amp.sample.messages import Message, epoch_ms, shifted, utc_ms
from seg2amp.sample.people import meet
from seg2amp.sample.rubbish import rubbish
from seg2amp.sample.sources import Tracking, tracking

DEFAULT_END = datetime(2026, 1, 15, tzinfo=UTC)
WINDOW = 5 * DAY
# One file of the archive: its messages are sorted, and no more than these are held in memory.
SHARD = 25_000

LATE = 0.01
TWICE = 0.005
SOUND_PER_RUBBISH = 200


def generate(
    messages: int, seed: int, end: datetime = DEFAULT_END, *, sources: bool = False
) -> Iterator[Message]:
    """Give exactly `messages` raw messages of the five days before `end`.

    Duplicates count; an `end` without time zone is UTC. The same arguments always give the same
    messages. They come sorted by `receivedAt` within each 25,000, as archive files do.
    sources: the shop has one source for its site, one for its app on iPhones and one for its
    server, and tracks some forty kinds of events more; without it, one source has them all.

    Raises:
        ConfigurationError: `messages` is not positive.

    """
    return chain.from_iterable(shards(messages, seed, end, sources=sources))


def shards(
    messages: int, seed: int, end: datetime = DEFAULT_END, *, sources: bool = False
) -> Iterator[list[Message]]:
    """Yield the same messages in lists, each one sorted by `receivedAt`; see `generate`.

    All messages of a person stand in one list.
    """
    if messages < 1:
        raise ConfigurationError(f"`messages` is {messages}; ask for one message or more")
    return _shards(messages, seed, utc_ms(end), tracking(several=sources))


def _shards(messages: int, seed: int, end: int, how: Tracking) -> Iterator[list[Message]]:
    rng = Random(seed)  # noqa: S311 - the same seed must tell the same story; no secret is drawn
    for first in range(0, messages, SHARD):
        size = min(SHARD, messages - first)
        traffic = _traffic(rng, end, how)
        shard = [next(traffic) for _ in range(size)]
        yield sorted(shard, key=lambda message: (message["receivedAt"], message["messageId"]))


def _traffic(rng: Random, end: int, how: Tracking) -> Iterator[Message]:
    """Yield without end, one person after the other."""
    sound = 0
    while True:
        person = meet(rng, end - WINDOW, how)
        for message in journey(rng, person, end - WINDOW, end):
            sound += 1
            yield from _delivered(rng, message, end)
            if sound % SOUND_PER_RUBBISH == 0:
                yield rubbish(rng, _as_track(message), sound // SOUND_PER_RUBBISH - 1)


def _delivered(rng: Random, message: Message, end: int) -> Iterator[Message]:
    """Deliver a message in time, once; or late after hours offline; or twice."""
    room = end - epoch_ms(message["receivedAt"])
    if room > 6 * HOUR and message["channel"] == "client" and chance(rng, LATE):
        yield shifted(message, rng.randint(6 * HOUR, min(room, 2 * DAY)))
        return
    yield message
    if chance(rng, TWICE):
        yield shifted(message, rng.randint(1 * SECOND, 10 * MINUTE))


def _as_track(message: Message) -> Message:
    """Keep the envelope of any message, and make it a track call."""
    own = ("traits", "name", "groupId", "previousId")
    envelope = {key: value for key, value in message.items() if key not in own}
    return envelope | {"type": "track", "event": "Link Clicked", "properties": {"label": "more"}}
