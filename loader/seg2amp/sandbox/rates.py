"""How much users, devices and projects sent lately, and which of them sent too much.

A rate a second is averaged over 30 seconds, a day goes by the hour. What is refused does not count.
Whether Amplitude's APIs count together is not documented: here each counts by itself.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.throttled import (
    DEVICES,
    QUOTA_DEVICES,
    QUOTA_USERS,
    USERS,
    Counts,
    Throttled,
)
from seg2amp.sandbox.values import JsonObject, id_of
from seg2amp.sandbox.visit import Visit
from seg2amp.sandbox.window import Window

SECOND = 1_000
# The step of a window in milliseconds, and the number of its steps.
A_SECOND = (100, 10)
HALF_A_MINUTE = (SECOND, 30)
TEN_MINUTES = (20 * SECOND, 30)
A_DAY = (3_600_000, 24)
A_MONTH = (86_400_000, 30)
PROJECT = ""
STARTER_REQUESTS = 100
STARTER_EVENTS = 1_000
COHORT_DOWNLOADS = "/api/5/cohorts/request/{cohort_id}"

What: TypeAlias = Literal["user_id", "device_id", "items", "requests"]
Sent: TypeAlias = dict[What, Counts]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many within a window; `key` is where a reply names who is above it."""

    what: What
    most: int
    step_ms: int
    steps: int
    rule: Rule
    key: str | None = None

    def figure(self, total: int) -> int:
        """Give what a reply says of somebody above the rate: events a second, or in a day."""
        seconds = self.step_ms * self.steps // SECOND
        return total if self.rule is catalogue.DAILY_QUOTA else -(-total // seconds)


class Rates:
    """The traffic of every project to every API."""

    def __init__(self, config: SandboxConfig) -> None:
        """Start with no traffic."""
        self._config = config
        self._windows: dict[tuple[str | None, str], list[tuple[Rate, Window[str]]]] = {}

    def thresholds(self, endpoint: str) -> Throttled:
        """Give the thresholds of an API, with nobody above them yet."""
        batch = endpoint == "/batch"
        eps = self._config.batch_eps if batch else self._config.httpapi_eps
        return Throttled(eps, has_quota=batch)

    def measure(self, visit: Visit, sent: Sent, found: Throttled) -> None:
        """Add those whom this request would bring above a rate to the ones found."""
        for rate, window in self._of(visit):
            window.move(visit.time)
            counts = sent[rate.what]
            if window.peak + max(counts.values(), default=0) <= rate.most:
                continue
            for name, count in counts.items():
                total = window.total(name) + count
                if total <= rate.most:
                    continue
                if rate.key is not None:
                    found.add(rate.rule, rate.key, name, rate.figure(total))
                elif total > count:
                    # A project may always send what one request may hold.
                    found.rules.append(rate.rule)

    def count(self, visit: Visit, sent: Sent) -> None:
        """Count what was accepted."""
        for rate, window in self._of(visit):
            window.add(sent[rate.what], visit.time)

    def _of(self, visit: Visit) -> list[tuple[Rate, Window[str]]]:
        place = (visit.project, visit.endpoint)
        if place not in self._windows:
            self._windows[place] = [
                (rate, Window[str](rate.step_ms, rate.steps))
                for rate in _rates(visit.endpoint, self._config)
            ]
        return self._windows[place]


def _rates(endpoint: str, config: SandboxConfig) -> Iterator[Rate]:
    """Give the rates that an API has, in the order in which they are checked."""
    if endpoint in ("/batch", "/2/httpapi", "/identify"):
        eps = config.batch_eps if endpoint == "/batch" else config.httpapi_eps
        most = eps * HALF_A_MINUTE[1]
        yield Rate("user_id", most, *HALF_A_MINUTE, catalogue.THROTTLED, USERS)
        yield Rate("device_id", most, *HALF_A_MINUTE, catalogue.THROTTLED, DEVICES)
    if endpoint == "/batch":
        yield Rate("user_id", config.daily_quota, *A_DAY, catalogue.DAILY_QUOTA, QUOTA_USERS)
        yield Rate("device_id", config.daily_quota, *A_DAY, catalogue.DAILY_QUOTA, QUOTA_DEVICES)
    if endpoint == "/api/2/deletions/users":
        yield Rate("requests", 1, *A_SECOND, catalogue.TOO_MANY_DELETIONS)
    if endpoint == COHORT_DOWNLOADS:
        yield Rate("requests", 60, *TEN_MINUTES, catalogue.TOO_MANY_DOWNLOADS)
        yield Rate("requests", 500, *A_MONTH, catalogue.TOO_MANY_DOWNLOADS)
    if endpoint == "/usermap":
        most = config.user_mappings_per_second * HALF_A_MINUTE[1]
        yield Rate("items", most, *HALF_A_MINUTE, catalogue.TOO_MANY_MAPPINGS)
    if config.starter_plan and endpoint in ("/batch", "/2/httpapi"):
        yield Rate("requests", STARTER_REQUESTS, *A_SECOND, catalogue.PROJECT_THROTTLED)
        yield Rate("items", STARTER_EVENTS, *A_SECOND, catalogue.PROJECT_THROTTLED)


def sent_by(items: list[JsonObject]) -> Sent:
    """Count what one request with these objects brings."""
    return {
        "user_id": _ids(items, "user_id"),
        "device_id": _ids(items, "device_id"),
        "items": {PROJECT: len(items)},
        "requests": {PROJECT: 1},
    }


def _ids(items: list[JsonObject], field: str) -> Counts:
    counts = Counter(id_of(item, field) for item in items)
    return {name: count for name, count in counts.items() if name is not None}
