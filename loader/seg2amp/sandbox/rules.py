"""The rules for whole objects: one event, identification, group identification or user mapping.

Each function takes one object and the terms of its request and lists the rules it breaks.
"""

from collections.abc import Iterator

from seg2amp.sandbox import catalogue, fields
from seg2amp.sandbox.catalogue import Violation
from seg2amp.sandbox.fields import Terms, field_violations
from seg2amp.sandbox.operations import is_operations, operation_rules
from seg2amp.sandbox.values import JsonObject

IDENTIFY = "$identify"
GROUP_IDENTIFY = "$groupidentify"


def check_event(event: JsonObject, terms: Terms) -> list[Violation]:
    """Check one event of /batch or /2/httpapi."""
    found = list(field_violations(event, fields.EVENT, terms))
    found.extend(_required(event, "event_type"))
    found.extend(_event_owner(event, terms))
    found.extend(_event_properties(event))
    if event.get("insert_id") is None:
        found.append(Violation(catalogue.MISSING_INSERT_ID, "insert_id"))
    if event.get("price") is None and event.get("revenue") is None:
        found.extend(
            Violation(catalogue.PRODUCT_WITHOUT_REVENUE, field)
            for field in ("productId", "revenueType")
            if event.get(field) is not None
        )
    return found


def check_identification(item: JsonObject, terms: Terms) -> list[Violation]:
    """Check one identification of /identify."""
    found = list(field_violations(item, fields.IDENTIFICATION, terms))
    if _without_id(item, terms):
        found.append(Violation(catalogue.MISSING_ID, "user_id"))
    found.extend(_operations(item, "user_properties"))
    return found


def check_group_identification(item: JsonObject, terms: Terms) -> list[Violation]:
    """Check one identification of /groupidentify."""
    found = list(field_violations(item, fields.GROUP_IDENTIFICATION, terms))
    for field in fields.GROUP_IDENTIFICATION:
        found.extend(_required(item, field))
    found.extend(_operations(item, "group_properties"))
    return found


def check_user_mapping(item: JsonObject, terms: Terms) -> list[Violation]:
    """Check one mapping of /usermap by itself; cycles need the mappings made before."""
    found = list(field_violations(item, fields.USER_MAPPING, terms))
    found.extend(_required(item, "user_id"))
    if (item.get("global_user_id") is None) == (item.get("unmap") is None):
        found.append(Violation(catalogue.UNMAP_AND_MAP, "global_user_id"))
    return found


def _required(item: JsonObject, field: str) -> Iterator[Violation]:
    if item.get(field) in (None, ""):
        yield Violation(catalogue.MISSING_FIELD, field)


def _without_id(item: JsonObject, terms: Terms) -> bool:
    return all(terms.without(item, field) for field in fields.IDENTITIES)


def _event_owner(event: JsonObject, terms: Terms) -> Iterator[Violation]:
    if not _without_id(event, terms):
        return
    if event.get("event_type") == GROUP_IDENTIFY:
        yield Violation(catalogue.GROUP_IDENTIFY_WITHOUT_ID, "user_id")
    else:
        yield Violation(catalogue.MISSING_ID, "user_id")


def _event_properties(event: JsonObject) -> Iterator[Violation]:
    properties = event.get("user_properties")
    if isinstance(properties, dict) and is_operations(properties):
        if event.get("event_type") != IDENTIFY:
            yield Violation(catalogue.OPERATION_ON_EVENT, "user_properties")
        yield from _operations(event, "user_properties")
    if event.get("event_type") == GROUP_IDENTIFY:
        if not event.get("groups"):
            yield Violation(catalogue.MISSING_FIELD, "groups")
        yield from _operations(event, "group_properties")
    elif event.get("group_properties") is not None:
        yield Violation(catalogue.GROUP_PROPERTIES_IGNORED, "group_properties")


def _operations(item: JsonObject, field: str) -> Iterator[Violation]:
    properties = item.get(field)
    if isinstance(properties, dict):
        group = field == "group_properties"
        for rule in operation_rules(properties, group=group):
            yield Violation(rule, field)
