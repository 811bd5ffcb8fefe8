"""What the fault plan refuses of a request that has passed the checks of its objects."""

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.fault_plan import (
    DailyQuota,
    Silence,
    Stage,
    Throttle,
    Unindexed400,
)
from seg2amp.sandbox.faults import Faults
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.throttled import DAILY_QUOTA, Counts, Throttled
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit


def throttle(visit: Visit, items: list[JsonObject], faults: Faults, found: Throttled) -> None:
    """Add those whom the plan throttles to the ones found; raises `Refusal` without indexes."""
    for fault in faults.hits(Stage.JUDGEMENT, visit):
        if isinstance(fault, Unindexed400):
            raise Refusal(400, fault.error, catalogue.PLANNED)
        found.rules.append(catalogue.PLANNED)
        for item in items:
            user_id, device_id = faults.chosen(fault, item)
            match fault:
                case Silence():
                    _name(device_id, 0, found.silenced_devices)
                case Throttle():
                    _name(user_id, found.eps_threshold + 1, found.users)
                    _name(device_id, found.eps_threshold + 1, found.devices)
                case DailyQuota():
                    _name(user_id, DAILY_QUOTA + 1, found.quota_users)
                    _name(device_id, DAILY_QUOTA + 1, found.quota_devices)


def _name(name: str | None, figure: int, named: Counts) -> None:
    if name is not None:
        named[name] = figure
