"""A signal while dbt builds or a load begins: it ends the command as an error of ours.

A load that sends listens for itself, since it must write down what is on its way.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from seg2amp.errors import StoppedEarly

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(StoppedEarly):
    """A signal ended the command before its work was done; the exit code is 128 + its number."""

    def __init__(self, number: int, doing: str) -> None:
        """Name the signal, and what it came into."""
        super().__init__(
            f"stopped by {signal.Signals(number).name} while {doing}; "
            "run again, what it had finished is kept"
        )
        self.exit_code = 128 + number


@contextmanager
def interruptible(doing: str) -> Iterator[None]:
    """Raise `Interrupted` when SIGINT or SIGTERM comes; only the main thread can listen.

    doing: what it came into, in words that follow "while".
    """
    if current_thread() is not main_thread():
        yield
        return
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)
        # What dbt knows: it cancels its queries then.
        raise KeyboardInterrupt

    before = {number: signal.signal(number, hear) for number in _SIGNALS}
    try:
        yield
    except BaseException as error:
        if heard:
            raise Interrupted(heard[0], doing) from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
