"""Whom a request comes from too often: what its 429, or its 400 for silenced devices, names."""

from dataclasses import dataclass, field

from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject, id_of

Counts = dict[str, int]

USERS = "throttled_users"
DEVICES = "throttled_devices"
QUOTA_USERS = "exceeded_daily_quota_users"
QUOTA_DEVICES = "exceeded_daily_quota_devices"


def _nobody() -> dict[str, Counts]:
    return {key: {} for key in (DEVICES, USERS, QUOTA_USERS, QUOTA_DEVICES)}


@dataclass(slots=True)
class Throttled:
    """Ids with their events a second, or in a day, under the keys of the reply.

    Every object of theirs is listed by its index.
    """

    eps_threshold: int
    has_quota: bool
    """Whether the API's replies speak of a daily quota even if nobody has exceeded it."""
    named: dict[str, Counts] = field(default_factory=_nobody)
    silenced: dict[str, None] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)

    def add(self, rule: Rule, key: str, name: str | None, figure: int) -> None:
        """Name somebody who breaks a rule; without an id there is nobody to name."""
        if name is not None:
            self.named[key][name] = figure
            self.rules.append(rule)

    def refusal(self, items: list[JsonObject]) -> Refusal | None:
        """Give the refusal of a request with these objects, or None if no rule is broken."""
        if not self.rules:
            return None
        if self.silenced:
            return self._silenced(items)
        named = {
            key: names
            for key, names in self.named.items()
            if names or self.has_quota or key in (USERS, DEVICES)
        }
        return Refusal(
            429,
            "Too many requests for some devices and users",
            self.rules[0],
            {
                "eps_threshold": self.eps_threshold,
                **named,
                "throttled_events": self._throttled(items),
            },
        )

    def _silenced(self, items: list[JsonObject]) -> Refusal:
        return Refusal(
            400,
            "Events silenced for device_id",
            self.rules[0],
            {
                "eps_threshold": self.eps_threshold,
                "silenced_devices": list(self.silenced),
                "silenced_events": [
                    index
                    for index, item in enumerate(items)
                    if id_of(item, "device_id") in self.silenced
                ],
                DEVICES: self.named[DEVICES],
                QUOTA_DEVICES: self.named[QUOTA_DEVICES],
                "throttled_events": self._throttled(items),
            },
        )

    def _throttled(self, items: list[JsonObject]) -> list[int]:
        users = self.named[USERS].keys() | self.named[QUOTA_USERS].keys()
        devices = self.named[DEVICES].keys() | self.named[QUOTA_DEVICES].keys()
        return [
            index
            for index, item in enumerate(items)
            if id_of(item, "user_id") in users or id_of(item, "device_id") in devices
        ]
