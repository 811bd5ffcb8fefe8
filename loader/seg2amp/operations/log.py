"""The log of a command on standard error: text for people, or one JSON object a line."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Literal, Protocol, TextIO

from rich.console import Console

from seg2amp.delivery import Events, Progress, progress_for
from seg2amp.errors import ConfigurationError
from seg2amp.scrub import scrubbed

Level = Literal["info", "warning", "error"]
FORMATS = ("text", "json")


class Log(Protocol):
    """Takes what a command has to say; no key gets into it."""

    def say(self, event: str, text: str, level: Level = "info", **fields: object) -> None:
        """Say what happened: `text` is one sentence, `fields` its figures by name."""
        ...

    def busy(self, event: str, text: str) -> AbstractContextManager[object]:
        """Say that something begins that takes a while."""
        ...

    def progress(self) -> Progress:
        """Give the progress of a load that speaks here."""
        ...

    def open(self) -> AbstractContextManager[None]:
        """Take in also what others say on standard error, for as long as it is open."""
        ...


class TextLog:
    """Sentences, and a bar on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        """Write to the stream."""
        self._stream = stream
        self._console = Console(file=stream, highlight=False, soft_wrap=True)

    def say(
        self,
        event: str,  # noqa: ARG002 - for machines
        text: str,
        level: Level = "info",
        **fields: object,
    ) -> None:
        """Write the sentence; a warning or an error says whose it is."""
        line = text if level == "info" else f"seg2amp: {text}"
        more = fields.get("traceback")
        self._console.print(scrubbed(f"{line}\n{more}" if more else line), markup=False)

    def busy(self, event: str, text: str) -> AbstractContextManager[object]:  # noqa: ARG002 - as above
        """Show a spinner on a terminal."""
        return self._console.status(text)

    def progress(self) -> Progress:
        """Give a bar on a terminal, lines elsewhere."""
        return progress_for(self._stream)

    def open(self) -> AbstractContextManager[None]:
        """Leave others alone."""
        return nullcontext()


class JsonLog:
    """One JSON object a line: time (UTC), level, event, run_id, message, and the figures."""

    def __init__(self, stream: TextIO, run_id: str) -> None:
        """Write to the stream, with this id in every line."""
        self._stream, self._run_id = stream, run_id

    def say(self, event: str, text: str, level: Level = "info", **fields: object) -> None:
        """Write the line."""
        line = {
            "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": level,
            "event": event,
            "run_id": self._run_id,
            "message": text,
        }
        shown = json.dumps(line | fields, ensure_ascii=False, default=str)
        self._stream.write(scrubbed(shown) + "\n")
        self._stream.flush()

    def busy(self, event: str, text: str) -> AbstractContextManager[object]:
        """Write one line, when it begins."""
        self.say(event, text)
        return nullcontext()

    def progress(self) -> Progress:
        """Give one that writes events."""
        return Events(self.say)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Write Python's warnings, and what libraries log as one, as lines too."""
        handler = _Handler(self)
        logging.getLogger().addHandler(handler)
        logging.captureWarnings(capture=True)
        try:
            yield
        finally:
            logging.captureWarnings(capture=False)
            logging.getLogger().removeHandler(handler)


class _Handler(logging.Handler):
    def __init__(self, log: JsonLog) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level: Level = "error" if record.levelno >= logging.ERROR else "warning"
        self._log.say("log", record.getMessage(), level, logger=record.name)


def log_for(log_format: str, run_id: str) -> Log:
    """Choose the log of a format, `text` or `json`.

    Raises `ConfigurationError` when there is no such format.
    """
    if log_format not in FORMATS:
        raise ConfigurationError(f"`--log-format {log_format}` is unknown; choose text or json.")
    return TextLog(sys.stderr) if log_format == "text" else JsonLog(sys.stderr, run_id)
