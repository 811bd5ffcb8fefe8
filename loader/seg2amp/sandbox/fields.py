"""The checks of single fields: which type and range each top-level key takes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Violation
from seg2amp.sandbox.values import (
    LONGEST_STRING,
    JsonObject,
    Rules,
    is_number,
    property_rules,
    too_deep,
)

YEAR_2001 = 978_307_200_000
DAY = 86_400_000
DEFAULT_MIN_ID_LENGTH = 5
GROUP_TYPES = 5
GROUP_VALUES = 10

RESERVED_IDS = frozenset(
    {
        *("", '""', "{}", "0", "-1", "anonymous", "lmy47d", "n/a", "na", "nil", "none", "null"),
        *("undefined", "unknown", "00000000-0000-0000-0000-000000000000"),
    }
)
RESERVED_EVENT_TYPES = frozenset(
    f"[Amplitude] {name}"
    for name in (
        "Start Session",
        "End Session",
        "Revenue",
        "Revenue (Verified)",
        "Revenue (Unverified)",
        "Merged User",
    )
)
PLAN_PARTS = frozenset({"branch", "source", "version", "versionId"})
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one request is judged by; `now` is epoch milliseconds, UTC."""

    now: int
    min_id_length: int = DEFAULT_MIN_ID_LENGTH
    drops_short_ids: bool = False
    """Whether an id that is too short is left out, as Amplitude's documents have it."""

    def without(self, item: JsonObject, field: str) -> bool:
        """Tell whether an object is left without this id."""
        value = item.get(field)
        short = isinstance(value, str) and len(value.strip()) < self.min_id_length
        return value is None or (short and self.drops_short_ids)


Check: TypeAlias = Callable[[object, Terms], Rules]
Checks: TypeAlias = Mapping[str, Check]


def field_violations(item: JsonObject, checks: Checks, terms: Terms) -> Iterator[Violation]:
    """Check every top-level key of one object by itself."""
    for field, value in item.items():
        check = checks.get(field)
        if check is None:
            yield Violation(catalogue.TOO_DEEP if too_deep(value) else catalogue.UNKNOWN_KEY, field)
        elif value is None:
            yield Violation(catalogue.NULL_FIELD, field)
        else:
            for rule in check(value, terms):
                yield Violation(rule, field)


def text(value: object, _terms: Terms) -> Rules:
    """Check a string."""
    if not isinstance(value, str):
        return (catalogue.NOT_TEXT,)
    return (catalogue.STRING_TOO_LONG,) if len(value) > LONGEST_STRING else ()


def identity(value: object, terms: Terms) -> Rules:
    """Check a user id or a device id."""
    if not isinstance(value, str):
        return (catalogue.NOT_TEXT,)
    if value in RESERVED_IDS:
        return (catalogue.RESERVED_ID,)
    trimmed = value.strip()
    if trimmed.lower() in RESERVED_IDS or _all_zeros(trimmed):
        return (catalogue.RESERVED_ID_CASE,)
    if len(trimmed) < terms.min_id_length:
        return (catalogue.ID_TOO_SHORT,)
    return (catalogue.ID_TOO_LONG,) if len(value) > LONGEST_STRING else ()


def event_type(value: object, _terms: Terms) -> Rules:
    """Check the name of an event."""
    if not isinstance(value, str):
        return (catalogue.NOT_TEXT,)
    if value in RESERVED_EVENT_TYPES:
        return (catalogue.RESERVED_EVENT_TYPE,)
    return (catalogue.EVENT_TYPE_TOO_LONG,) if len(value) > LONGEST_STRING else ()


def epoch_ms(value: object, terms: Terms) -> Rules:
    """Check a time."""
    if type(value) is not int:
        return (catalogue.NOT_EPOCH_MS,)
    return () if YEAR_2001 <= value <= terms.now + DAY else (catalogue.OUT_OF_TIME,)


def session(value: object, terms: Terms) -> Rules:
    """Check a session id: its start, or -1 for none."""
    return () if type(value) is int and value == -1 else epoch_ms(value, terms)


def integer(value: object, _terms: Terms) -> Rules:
    """Check an integer."""
    return () if type(value) is int else (catalogue.NOT_INTEGER,)


def number(value: object, _terms: Terms) -> Rules:
    """Check a finite number."""
    return () if is_number(value) else (catalogue.NOT_NUMBER,)


def boolean(value: object, _terms: Terms) -> Rules:
    """Check true or false."""
    return () if isinstance(value, bool) else (catalogue.NOT_BOOLEAN,)


def currency(value: object, _terms: Terms) -> Rules:
    """Check a currency code."""
    known = isinstance(value, str) and _CURRENCY.fullmatch(value)
    return () if known else (catalogue.CURRENCY,)


def degrees(limit: int) -> Check:
    """Make the check of a latitude (90) or a longitude (180)."""

    def check(value: object, _terms: Terms) -> Rules:
        if not is_number(value):
            return (catalogue.NOT_NUMBER,)
        return () if -limit <= value <= limit else (catalogue.OUT_OF_RANGE,)

    return check


def properties(value: object, _terms: Terms) -> Rules:
    """Check event properties, or the values inside property operations."""
    return property_rules(value) if isinstance(value, dict) else (catalogue.NOT_OBJECT,)


def groups(value: object, _terms: Terms) -> Rules:
    """Check a map of group types to one or more names."""
    if not isinstance(value, dict):
        return (catalogue.NOT_OBJECT,)
    names = [name if isinstance(name, list) else [name] for name in value.values()]
    if not all(isinstance(name, str) for several in names for name in several):
        return (catalogue.GROUP_VALUE,)
    if len(names) > GROUP_TYPES or any(len(several) > GROUP_VALUES for several in names):
        return (catalogue.TOO_MANY_GROUPS,)
    return ()


def plan(value: object, _terms: Terms) -> Rules:
    """Check a tracking plan."""
    if not isinstance(value, dict):
        return (catalogue.NOT_OBJECT,)
    well_formed = value.keys() <= PLAN_PARTS and all(
        isinstance(part, str) for part in value.values()
    )
    return () if well_formed else (catalogue.PLAN_KEYS,)


def text_map(value: object, _terms: Terms) -> Rules:
    """Check an object of strings."""
    if not isinstance(value, dict):
        return (catalogue.NOT_OBJECT,)
    return () if all(isinstance(part, str) for part in value.values()) else (catalogue.NOT_TEXT,)


def true(value: object, _terms: Terms) -> Rules:
    """Check a flag that can only be set."""
    return () if value is True else (catalogue.NOT_BOOLEAN,)


def _all_zeros(value: str) -> bool:
    return "0" in value and not value.strip("0-")


def _texts(names: str) -> dict[str, Check]:
    return dict.fromkeys(names.split(), text)


IDENTITIES: Checks = {"user_id": identity, "device_id": identity}
PERSON: Checks = {
    **IDENTITIES,
    "user_properties": properties,
    "groups": groups,
    **_texts("app_version platform os_name os_version device_brand device_manufacturer"),
    **_texts("device_model carrier country region city dma language library"),
}
EVENT: Checks = {
    **PERSON,
    "event_type": event_type,
    "event_properties": properties,
    "group_properties": properties,
    "time": epoch_ms,
    "session_id": session,
    **dict.fromkeys(("event_id", "quantity"), integer),
    **dict.fromkeys(("price", "revenue"), number),
    "location_lat": degrees(90),
    "location_lng": degrees(180),
    "currency": currency,
    "$skip_user_properties_sync": boolean,
    "plan": plan,
    "ingestion_metadata": text_map,
    **_texts("productId revenueType ip idfa idfv adid android_id android_app_set_id"),
    **_texts("insert_id user_agent partner_id version_name"),
}
IDENTIFICATION: Checks = {**PERSON, **_texts("paying start_version insert_id")}
GROUP_IDENTIFICATION: Checks = {
    "group_type": text,
    "group_value": text,
    "group_properties": properties,
}
USER_MAPPING: Checks = {"user_id": identity, "global_user_id": identity, "unmap": true}
