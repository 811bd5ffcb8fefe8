"""Stopping gently: the first signal lets requests in flight finish, the second ends at once."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Once asked for, no new request starts; whoever is waiting wakes up."""

    def __init__(self) -> None:
        """Begin unasked."""
        self._asked = asyncio.Event()
        self.signal: int | None = None
        self.error: Exception | None = None

    def __bool__(self) -> bool:
        """Tell whether somebody asked."""
        return self._asked.is_set()

    def ask(self, signal_number: int | None = None) -> None:
        """Ask everybody to stop, because of a signal if one is given."""
        self.signal = self.signal or signal_number
        self._asked.set()

    def fail(self, error: Exception) -> None:
        """Ask everybody to stop because of an error; the first one is kept."""
        self.error = self.error or error
        self._asked.set()

    async def asked(self) -> None:
        """Return once somebody asks."""
        await self._asked.wait()

    async def pause(self, seconds: float) -> None:
        """Sleep, but no longer than until somebody asks to stop."""
        if seconds <= 0:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), timeout=seconds)


@contextmanager
def limited(stop: Stop, seconds: float | None) -> Iterator[None]:
    """Ask everybody to stop after so many seconds, if any are given."""
    if seconds is None:
        yield
        return
    timer = asyncio.get_running_loop().call_later(seconds, stop.ask)
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def listening(stop: Stop) -> Iterator[None]:
    """Turn SIGINT and SIGTERM into `stop.ask`; only the main thread can listen."""
    if current_thread() is not main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def heard(number: int) -> None:
        if stop.signal:
            os._exit(128 + number)
        stop.ask(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, heard, number)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
