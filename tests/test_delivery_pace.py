"""Keeping to so many rows in so many seconds."""

import asyncio
from time import monotonic

from seg2amp.delivery.pace import Pace
from seg2amp.delivery.signals import Stop


def admitted(rows: list[int], pace: Pace) -> list[float]:
    async def admit() -> list[float]:
        times, stop = [], Stop()
        for count in rows:
            await pace.admit(count, stop)
            times.append(monotonic())
        return times

    return asyncio.run(admit())


def test_no_stretch_of_time_holds_more_than_allowed():
    rows = [40, 60, 50, 50, 10]
    times = admitted(rows, Pace(rows=100, seconds=0.2))
    for start in times:
        within = sum(
            count for count, at in zip(rows, times, strict=True) if start <= at < start + 0.19
        )
        assert within <= 100


def test_what_exceeds_the_rate_alone_still_goes_out():
    assert len(admitted([500], Pace(rows=100, seconds=60))) == 1


def test_a_stop_ends_the_wait():
    async def stopped() -> bool:
        stop, pace = Stop(), Pace(rows=1, seconds=600)
        await pace.admit(1, stop)
        asyncio.get_running_loop().call_later(0.01, stop.ask)
        await pace.admit(1, stop)
        return bool(stop)

    assert asyncio.run(stopped())
