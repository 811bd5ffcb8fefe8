"""What Amplitude keeps of an accepted object: strings cut, few groups, no id that is short."""

from collections.abc import Iterable

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Violation
from seg2amp.sandbox.fields import GROUP_TYPES, GROUP_VALUES
from seg2amp.sandbox.values import JsonObject, truncated

_TOO_LONG = {catalogue.STRING_TOO_LONG, catalogue.ID_TOO_LONG, catalogue.EVENT_TYPE_TOO_LONG}


def kept_of(item: JsonObject, warnings: Iterable[Violation]) -> JsonObject:
    """Give the object as Amplitude keeps it, for what its warnings say."""
    for rule, field in warnings:
        if rule in _TOO_LONG:
            item = {key: truncated(value) for key, value in item.items()}
        elif rule is catalogue.TOO_MANY_GROUPS:
            item = {**item, field: _tracked(item[field])}
        elif rule is catalogue.ID_TOO_SHORT:
            item = {key: value for key, value in item.items() if key != field}
    return item


def _tracked(groups: object) -> object:
    """Give the first 5 group types and the first 10 values of each."""
    if not isinstance(groups, dict):
        return groups
    return {
        group_type: names[:GROUP_VALUES] if isinstance(names, list) else names
        for group_type, names in list(groups.items())[:GROUP_TYPES]
    }
