"""Property operations: which are well formed, and what each does to a user or a group."""

from collections.abc import Callable, Iterator

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.values import JsonObject, is_number

CLEAR_ALL = "$clearAll"


def is_operations(properties: JsonObject) -> bool:
    """Tell whether any key asks for an operation instead of naming a property."""
    return "$" in {key[:1] for key in properties}


def operation_rules(properties: JsonObject, *, group: bool = False) -> Iterator[Rule]:
    """Yield the rules that these properties break as operations; plain ones break none."""
    asked = [key for key in properties if key.startswith("$")]
    if not asked:
        return
    if len(asked) < len(properties):
        yield catalogue.MIXED_OPERATIONS
    if CLEAR_ALL in asked and len(properties) > 1:
        yield catalogue.CLEAR_ALL_NOT_ALONE
    for name in asked:
        rule = _operation_rule(name, properties[name], group=group)
        if rule is not None:
            yield rule


def apply(current: JsonObject, properties: JsonObject) -> JsonObject:
    """Give the properties that follow from `current`, which is left as it is."""
    if not is_operations(properties):
        return {**current, **properties}
    if CLEAR_ALL in properties:
        return {}
    result = dict(current)
    for name, operands in properties.items():
        operate = OPERATIONS.get(name)
        if operate is not None and isinstance(operands, dict):
            for key, operand in operands.items():
                operate(result, key, operand)
    return result


def _operation_rule(name: str, operands: object, *, group: bool) -> Rule | None:
    if name != CLEAR_ALL and name not in OPERATIONS:
        return catalogue.UNKNOWN_OPERATION
    if group and name not in GROUP_OPERATIONS:
        return catalogue.GROUP_OPERATION
    if name == CLEAR_ALL:
        return None
    if not isinstance(operands, dict):
        return catalogue.OPERATION_NOT_OBJECT
    if name == "$add" and not all(map(is_number, operands.values())):
        return catalogue.ADD_NOT_NUMBER
    return None


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]


def _present(properties: JsonObject, key: str) -> list[object]:
    return _listed(properties[key]) if key in properties else []


def _set(properties: JsonObject, key: str, operand: object) -> None:
    properties[key] = operand


def _set_once(properties: JsonObject, key: str, operand: object) -> None:
    properties.setdefault(key, operand)


def _add(properties: JsonObject, key: str, operand: object) -> None:
    present = properties.get(key, 0)
    if is_number(present) and is_number(operand):
        total = present + operand
        properties[key] = total if is_number(total) else present


def _append(properties: JsonObject, key: str, operand: object) -> None:
    properties[key] = _present(properties, key) + _listed(operand)


def _prepend(properties: JsonObject, key: str, operand: object) -> None:
    properties[key] = _listed(operand) + _present(properties, key)


def _absent(present: list[object], operand: object) -> list[object]:
    fresh: list[object] = []
    for value in _listed(operand):
        if value not in present and value not in fresh:
            fresh.append(value)
    return fresh


def _pre_insert(properties: JsonObject, key: str, operand: object) -> None:
    present = _present(properties, key)
    properties[key] = _absent(present, operand) + present


def _post_insert(properties: JsonObject, key: str, operand: object) -> None:
    present = _present(properties, key)
    properties[key] = present + _absent(present, operand)


def _remove(properties: JsonObject, key: str, operand: object) -> None:
    present = properties.get(key)
    if isinstance(present, list):
        unwanted = _listed(operand)
        properties[key] = [value for value in present if value not in unwanted]


def _unset(properties: JsonObject, key: str, _operand: object) -> None:
    properties.pop(key, None)


OPERATIONS: dict[str, Callable[[JsonObject, str, object], None]] = {
    "$set": _set,
    "$setOnce": _set_once,
    "$add": _add,
    "$append": _append,
    "$prepend": _prepend,
    "$preInsert": _pre_insert,
    "$postInsert": _post_insert,
    "$remove": _remove,
    "$unset": _unset,
}
GROUP_OPERATIONS = frozenset({"$set", "$setOnce", "$add", "$append", "$prepend", "$unset"})
