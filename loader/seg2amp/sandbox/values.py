"""Property values: how deep, how long, and what a list may hold."""

import sys
from typing import TypeAlias, TypeGuard

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Rule

JsonObject: TypeAlias = dict[str, object]
Rules: TypeAlias = tuple[Rule, ...]

LONGEST_STRING = 1_024
DEEPEST = 40
LARGEST = sys.float_info.max


def id_of(item: JsonObject, field: str) -> str | None:
    """Give an id as Amplitude reads it, without spaces around it; None if there is none."""
    value = item.get(field)
    return value.strip() if isinstance(value, str) else None


def property_rules(properties: JsonObject) -> Rules:
    """List the rules that these property values break."""
    found: set[Rule] = set()
    _inspect_object(properties, 1, found)
    return tuple(sorted(found, key=lambda rule: rule.name)) if found else ()


def too_deep(value: object) -> bool:
    """Tell whether lists and objects are nested beyond the limit."""
    found: set[Rule] = set()
    _inspect_object({"": value}, 0, found)
    return catalogue.TOO_DEEP in found


def is_number(value: object) -> TypeGuard[int | float]:
    """Tell whether the value is a number that a double can hold; true and false are none."""
    return type(value) in (int, float) and -LARGEST <= value <= LARGEST  # type: ignore[operator]


def truncated(value: object) -> object:
    """Give the value as Amplitude keeps it: no string longer than 1,024 characters."""
    if isinstance(value, str):
        return value[:LONGEST_STRING]
    if isinstance(value, list):
        return [truncated(item) for item in value]
    if isinstance(value, dict):
        return {key: truncated(item) for key, item in value.items()}
    return value


def _inspect_object(properties: JsonObject, depth: int, found: set[Rule]) -> None:
    if depth > DEEPEST:
        found.add(catalogue.TOO_DEEP)
        return
    for key, value in properties.items():
        if not key:
            found.add(catalogue.EMPTY_KEY)
        if isinstance(value, str):
            if len(value) > LONGEST_STRING:
                found.add(catalogue.STRING_TOO_LONG)
        elif isinstance(value, list):
            _inspect_list(value, depth + 1, found)
        elif isinstance(value, dict):
            _inspect_object(value, depth + 1, found)


def _inspect_list(items: list[object], depth: int, found: set[Rule]) -> None:
    if depth > DEEPEST:
        found.add(catalogue.TOO_DEEP)
        return
    for item in items:
        if item is None:
            found.add(catalogue.NULL_IN_LIST)
        elif isinstance(item, str):
            if len(item) > LONGEST_STRING:
                found.add(catalogue.STRING_TOO_LONG)
        elif isinstance(item, list):
            found.add(catalogue.NESTED_LIST)
            _inspect_list(item, depth + 1, found)
        elif isinstance(item, dict):
            _inspect_object(item, depth + 1, found)
