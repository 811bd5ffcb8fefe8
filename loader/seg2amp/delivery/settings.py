"""What a load is told."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from seg2amp.delivery.client import Timeouts
from seg2amp.delivery.patience import Patience
from seg2amp.errors import ConfigurationError

GUARDED_AGE = timedelta(days=7)
"""Rows older than this are not sent without asking."""


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """What a load is told."""

    api_key: SecretStr
    base_url: str | None = None
    """Send below this address instead of Amplitude's own hosts."""
    since: datetime | None = None
    """Rows earlier than this (UTC) are passed over for good, and the ledger says so."""
    until: datetime | None = None
    """A lane stops at its first row of this moment (UTC) or later, and keeps it pending."""
    yes: bool = False
    """Send rows older than seven days without asking."""
    concurrency: int = 16
    """Requests in flight; with fewer than 16 a slow lane may keep others waiting."""
    gzip: bool = False
    """Compress requests, as long as the server takes them."""
    user_rate: int | None = None
    """Rows of one person a second, averaged over 30 seconds; else what the endpoint documents."""
    max_rejected: int | None = None
    """Stop once more rows than this are refused in this run."""
    keep_days: int | None = None
    """Forget requests and runs of more than so many days ago; None keeps them all."""
    time_limit: float | None = None
    """Stop gently after so many seconds; the rest stays pending."""
    schema: str = "amplitude"
    run_id: str | None = None
    """The name of the run in the ledger; a new one without it."""
    patience: Patience = field(default_factory=Patience)
    timeouts: Timeouts = field(default_factory=Timeouts)


def parse_moment(option: str, text: str) -> datetime:
    """Read the ISO 8601 date or instant that an option was given; without an offset it is UTC.

    Raises `ConfigurationError` when it is neither.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"`{option} {text}` is no date; write it like 2024-05-31 or 2024-05-31T12:00:00Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def ago(age: timedelta) -> datetime:
    """Give the moment (UTC) of so long ago."""
    return datetime.now(UTC) - age
