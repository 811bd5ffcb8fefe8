"""The fault plan in force: which of its rules a request hits, and how often each was hit."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from seg2amp.sandbox.fault import NOBODY, AnyFault, Stage, TooLarge
from seg2amp.sandbox.fault_plan import FaultPlan
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit


@dataclass(slots=True)
class Armed:
    """One rule of the plan, and what became of it so far."""

    number: int
    rule: AnyFault
    seed: int
    dice: random.Random
    matched: int = 0
    hits: int = 0
    first_hit: int | None = None

    def hit_by(self, visit: Visit) -> bool:
        """Tell whether the rule acts on this request, and count it."""
        if not self._matches(visit):
            return False
        self.matched += 1
        if not self._is_due(visit.time):
            return False
        self.hits += 1
        if self.first_hit is None:
            self.first_hit = visit.time
        return True

    def as_json(self) -> JsonObject:
        """Give the rule as it was written, with its counts."""
        written = self.rule.model_dump(mode="json", exclude_unset=True)
        return {**written, "matched": self.matched, "hits": self.hits}

    def _matches(self, visit: Visit) -> bool:
        rule = self.rule
        if rule.endpoint not in (None, visit.endpoint):
            return False
        if rule.contains is not None and rule.contains.encode() not in visit.seen_body():
            return False
        if isinstance(rule, TooLarge) and not _exceeds(visit, rule):
            return False
        return not rule.choosy or any(
            rule.chosen(item, self.seed) != NOBODY for item in visit.seen_items()
        )

    def _is_due(self, time: int) -> bool:
        rule = self.rule
        if self.matched <= rule.after or (self.matched - rule.after) % rule.every:
            return False
        if rule.times is not None and self.hits >= rule.times:
            return False
        if rule.for_seconds is not None and self.first_hit is not None:
            return time < self.first_hit + rule.for_seconds * 1000
        return rule.probability == 1 or self.dice.random() < rule.probability


class Faults:
    """The plan in force."""

    def __init__(self, plan: FaultPlan) -> None:
        """Start with a plan, which may be empty."""
        self.arm(plan)

    def arm(self, plan: FaultPlan) -> None:
        """Put another plan in force, all its counts at zero."""
        armed = tuple(
            Armed(number, rule, plan.seed, random.Random(f"{plan.seed}/{number}"))  # noqa: S311
            for number, rule in enumerate(plan.rules)
        )
        self._seed = plan.seed
        self._armed = armed

    def __iter__(self) -> Iterator[Armed]:
        """List the rules in force."""
        return iter(self._armed)

    def hits(self, stage: Stage, visit: Visit) -> Iterator[AnyFault]:
        """Ask rule by rule which act on a request at this moment.

        A rule that is not asked, since one before it ended the request, does not count it.
        """
        for armed in self._armed:
            if armed.rule.stage is stage and armed.hit_by(visit):
                visit.faults.append({"rule": armed.number, "fault": armed.rule.fault})
                yield armed.rule

    def chosen(self, rule: AnyFault, item: JsonObject) -> tuple[str | None, str | None]:
        """Give the user id or the device id, or both, for which a rule chooses an object."""
        return rule.chosen(item, self._seed)

    def as_json(self) -> JsonObject:
        """Give the plan with what became of each rule."""
        return {"seed": self._seed, "rules": [armed.as_json() for armed in self._armed]}


def _exceeds(visit: Visit, rule: TooLarge) -> bool:
    if rule.bytes is not None and len(visit.seen_body()) > rule.bytes:
        return True
    return rule.events is not None and len(visit.seen_items()) > rule.events
