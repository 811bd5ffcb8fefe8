"""Letting a request in: its key, its options, and a judgement on each of its objects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Rule, Violation
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fields import DEFAULT_MIN_ID_LENGTH, Terms
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject

Remarks: TypeAlias = tuple[Violation, ...]
Check: TypeAlias = Callable[[JsonObject, Terms], list[Violation]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The faults that refuse the request, and the remarks on each object that do not."""

    faults: list[tuple[int, Violation]]
    remarks: list[Remarks]


def check_key(api_key: object, config: SandboxConfig) -> str:
    """Give the API key if it is accepted; raises `Refusal`."""
    if api_key in (None, ""):
        raise missing("api_key", catalogue.MISSING_API_KEY)
    if not isinstance(api_key, str) or (config.api_keys and api_key not in config.api_keys):
        raise Refusal(400, f"Invalid API key: {masked(api_key)}", catalogue.INVALID_API_KEY)
    return api_key


def masked(api_key: object) -> str:
    """Show enough of a key to tell it from another, and no more."""
    shown = 4
    text = api_key if isinstance(api_key, str) else ""
    return f"{text[:shown]}***" if len(text) > 2 * shown else "***"


def missing(name: str, rule: Rule) -> Refusal:
    """Refuse a request that lacks a top-level field."""
    return Refusal(400, "Request missing required field", rule, {"missing_field": name})


def min_id_length(options: object) -> int:
    """Read the request's shortest id in characters; raises `Refusal`."""
    if options is None:
        return DEFAULT_MIN_ID_LENGTH
    if isinstance(options, dict):
        length = options.get("min_id_length", DEFAULT_MIN_ID_LENGTH)
        if type(length) is int and length >= 1:
            return length
    raise Refusal(400, "Invalid JSON request body", catalogue.INVALID_OPTIONS)


def judge(
    items: Iterable[JsonObject], check: Check, terms: Terms, config: SandboxConfig
) -> Judgement:
    """Check every object, and tell the violations that refuse from those that are remarks."""
    judgement = Judgement([], [])
    for index, item in enumerate(items):
        remarks = []
        for violation in check(item, terms):
            rule = violation.rule
            if rule.verdict == "warning" and rule.name not in config.refused_warnings:
                remarks.append(violation)
            else:
                judgement.faults.append((index, violation))
        judgement.remarks.append(tuple(remarks))
    return judgement
