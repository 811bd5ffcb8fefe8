"""Whom a request comes from too often: what its 429, or its 400 for silenced devices, names."""

from dataclasses import dataclass, field

from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject, id_of

Counts = dict[str, int]

DAILY_QUOTA = 500_000


@dataclass(slots=True)
class Throttled:
    """Ids with their events a second, or in a day; every object of theirs is listed by index."""

    eps_threshold: int
    daily_quota: int | None = None
    """None where the API documents no quota; its 429 then names it only if a fault does."""
    users: Counts = field(default_factory=dict)
    devices: Counts = field(default_factory=dict)
    quota_users: Counts = field(default_factory=dict)
    quota_devices: Counts = field(default_factory=dict)
    silenced_devices: Counts = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)

    def refusal(self, items: list[JsonObject]) -> Refusal | None:
        """Give the refusal of a request with these objects, or None if nobody is throttled."""
        if not self.rules:
            return None
        if self.silenced_devices:
            return self._silenced(items)
        named: dict[str, object] = {
            "eps_threshold": self.eps_threshold,
            "throttled_devices": self.devices,
            "throttled_users": self.users,
            "throttled_events": self._throttled(items),
        }
        if self.daily_quota is not None or self.quota_users or self.quota_devices:
            named["exceeded_daily_quota_users"] = self.quota_users
            named["exceeded_daily_quota_devices"] = self.quota_devices
        error = "Too many requests for some devices and users"
        return Refusal(429, error, self.rules[0], named)

    def _silenced(self, items: list[JsonObject]) -> Refusal:
        return Refusal(
            400,
            "Events silenced for device_id",
            self.rules[0],
            {
                "eps_threshold": self.eps_threshold,
                "silenced_devices": list(self.silenced_devices),
                "silenced_events": [
                    index
                    for index, item in enumerate(items)
                    if id_of(item, "device_id") in self.silenced_devices
                ],
                "throttled_devices": self.devices,
                "throttled_events": self._throttled(items),
                "exceeded_daily_quota_devices": self.quota_devices,
            },
        )

    def _throttled(self, items: list[JsonObject]) -> list[int]:
        users = self.users.keys() | self.quota_users.keys()
        devices = self.devices.keys() | self.quota_devices.keys()
        return [
            index
            for index, item in enumerate(items)
            if id_of(item, "user_id") in users or id_of(item, "device_id") in devices
        ]
