"""What a person or a log sees while rows are on their way."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress


class Progress(Protocol):
    """Hears how a load goes; `finish` is always called once after `start`."""

    def start(self, rows: int) -> None:
        """So many rows are pending."""
        ...

    def advance(self, rows: int) -> None:
        """So many more rows are delivered, refused or held back."""
        ...

    def note(self, text: str) -> None:
        """Something happened that explains why it takes longer."""
        ...

    def finish(self) -> None:
        """Nothing more will come."""
        ...


class Silent:
    """Shows nothing."""

    def start(self, rows: int) -> None:
        """Show nothing."""

    def advance(self, rows: int) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Show nothing."""

    def finish(self) -> None:
        """Show nothing."""


class Lines:
    """One line when it starts and ends, and one every `seconds` in between."""

    def __init__(self, stream: TextIO, seconds: float = 10.0) -> None:
        """Write to the stream."""
        self._stream = stream
        self._seconds = seconds
        self._rows = self._done = 0
        self._started = self._written = monotonic()

    def start(self, rows: int) -> None:
        """Write how many rows are pending."""
        self._rows, self._done = rows, 0
        self._started = self._written = monotonic()
        self._say("load_started", f"{rows:,} rows pending", rows=rows)

    def advance(self, rows: int) -> None:
        """Write the count when the last line is old enough."""
        self._done += rows
        if monotonic() - self._written >= self._seconds:
            self._count()

    def note(self, text: str) -> None:
        """Write it."""
        self._say("load_note", text)

    def finish(self) -> None:
        """Write the final count."""
        self._count()

    def _count(self) -> None:
        rate = self._done / max(monotonic() - self._started, 0.001)
        text = f"{self._done:,} of {self._rows:,} rows ({rate:,.0f} rows/s)"
        self._written = monotonic()
        self._say("load_progress", text, done=self._done, rows=self._rows)

    def _say(self, event: str, text: str, **figures: int) -> None:  # noqa: ARG002 - for machines
        self._stream.write(f"seg2amp load: {text}\n")
        self._stream.flush()


class Events(Lines):
    """The same lines as events with figures, for a log that machines read.

    `tell(event, text, **figures)` takes `load_started`, `load_progress` and `load_note`.
    """

    def __init__(self, tell: Callable[..., None], seconds: float = 10.0) -> None:
        """Tell it there."""
        super().__init__(sys.stderr, seconds)
        self._tell = tell

    def _say(self, event: str, text: str, **figures: int) -> None:
        self._tell(event, text, **figures)


class Bar:
    """A progress bar for a terminal."""

    def __init__(self, stream: TextIO) -> None:
        """Draw on the stream."""
        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
        )
        self._task = self._bar.add_task("loading", total=None)

    def start(self, rows: int) -> None:
        """Draw an empty bar."""
        self._bar.update(self._task, total=rows)
        self._bar.start()

    def advance(self, rows: int) -> None:
        """Move it."""
        self._bar.advance(self._task, rows)

    def note(self, text: str) -> None:
        """Print above the bar."""
        self._bar.console.print(text, highlight=False, markup=False)

    def finish(self) -> None:
        """Leave it as it stands."""
        self._bar.stop()


def progress_for(stream: TextIO | None = None) -> Progress:
    """Choose a bar on a terminal and log lines elsewhere; standard error unless told."""
    stream = stream or sys.stderr
    return Bar(stream) if stream.isatty() else Lines(stream)


@contextmanager
def shown(progress: Progress, rows: int) -> Iterator[None]:
    """Start and finish a progress around a block."""
    progress.start(rows)
    try:
        yield
    finally:
        progress.finish()
