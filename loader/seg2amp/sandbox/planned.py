"""What the fault plan refuses of a request that has passed the checks of its objects."""

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.fault import AnyFault, DailyQuota, Silence, Stage, Throttle, Unindexed400
from seg2amp.sandbox.faults import Faults
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.throttled import DEVICES, QUOTA_DEVICES, QUOTA_USERS, USERS, Throttled
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

BEYOND_A_DAY = 500_001


def throttle(visit: Visit, items: list[JsonObject], faults: Faults, found: Throttled) -> None:
    """Add those whom the plan throttles to the ones found; raises `Refusal` without indexes."""
    for fault in faults.hits(Stage.JUDGEMENT, visit):
        if isinstance(fault, Unindexed400):
            raise Refusal(400, fault.error, catalogue.PLANNED)
        found.rules.append(catalogue.PLANNED)
        for item in items:
            _name(fault, faults.chosen(fault, item), found)


def _name(fault: AnyFault, chosen: tuple[str | None, str | None], found: Throttled) -> None:
    user_id, device_id = chosen
    match fault:
        case Silence() if device_id is not None:
            found.silenced[device_id] = None
        case Throttle():
            found.add(catalogue.PLANNED, USERS, user_id, found.eps_threshold + 1)
            found.add(catalogue.PLANNED, DEVICES, device_id, found.eps_threshold + 1)
        case DailyQuota():
            found.add(catalogue.PLANNED, QUOTA_USERS, user_id, BEYOND_A_DAY)
            found.add(catalogue.PLANNED, QUOTA_DEVICES, device_id, BEYOND_A_DAY)
