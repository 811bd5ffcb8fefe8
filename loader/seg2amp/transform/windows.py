"""Windows of time: a backfill is built in parts, so that a year fits one machine."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from seg2amp.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Window:
    """Messages that Segment received from `since` until before `until`; None is no bound."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def settings(self) -> dict[str, object]:
        """The settings that make a build read this window alone."""
        bounds = {"read_since": self.since, "read_until": self.until}
        return {name: _text(moment) for name, moment in bounds.items() if moment is not None}


def windows(
    since: datetime | None, until: datetime | None, batch_days: int | None
) -> tuple[Window, ...]:
    """Part the time from `since` to `until`, or to now, into windows of `batch_days`.

    Without `batch_days` there is one window, without bounds it holds all time.

    Raises:
        ConfigurationError: a window without time in it, or days without a beginning.

    """
    if since and until and since >= until:
        raise ConfigurationError(
            f"`--since {_text(since)}` is not before `--until {_text(until)}`."
        )
    if batch_days is None:
        return (Window(since, until),)
    if since is None:
        raise ConfigurationError("`--batch-days` needs `--since`, the day to begin with.")
    end = until or datetime.now(UTC)
    found = []
    while since < end:
        following = min(since + timedelta(days=batch_days), end)
        # Without `--until` nothing that arrives meanwhile is left out.
        is_last = following == end and until is None
        found.append(Window(since, None if is_last else following))
        since = following
    return tuple(found)


def _text(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
