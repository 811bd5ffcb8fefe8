"""Letting a request in: its options, and a judgement on each of its objects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Violation
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fields import DEFAULT_MIN_ID_LENGTH, Terms
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

Remarks: TypeAlias = tuple[Violation, ...]
Check: TypeAlias = Callable[[JsonObject, Terms], list[Violation]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The faults that refuse the request, and the remarks on each object that do not."""

    faults: list[tuple[int, Violation]]
    remarks: list[Remarks]


def terms_of(visit: Visit, options: object, error: str) -> Terms:
    """Read what the request's objects are judged by; raises `Refusal` with this error."""
    length: object = DEFAULT_MIN_ID_LENGTH
    if options is not None:
        length = options.get("min_id_length", length) if isinstance(options, dict) else None
    if type(length) is not int or length < 1:
        visit.pass_over(Refusal(400, error, catalogue.INVALID_OPTIONS))
        length = DEFAULT_MIN_ID_LENGTH
    drops_short_ids = not visit.config.refuses(catalogue.ID_TOO_SHORT)
    return Terms(visit.time, length, drops_short_ids=drops_short_ids)


def judge(
    items: Iterable[JsonObject], check: Check, terms: Terms, config: SandboxConfig
) -> Judgement:
    """Check every object, and tell the violations that refuse from those that are remarks."""
    faults: list[tuple[int, Violation]] = []
    remarks: list[Remarks] = []
    for index, item in enumerate(items):
        found = check(item, terms)
        faults.extend((index, broken) for broken in found if config.refuses(broken.rule))
        remarks.append(tuple(broken for broken in found if not config.refuses(broken.rule)))
    return Judgement(faults, remarks)
