"""The raw Segment row of a message, as its source holds it."""

import json
from collections.abc import Mapping
from typing import Any

from seg2amp.delivery import mask_value
from seg2amp.warehouse import Warehouse

RawRow = dict[str, Any]

_PEOPLE_TABLES = frozenset({"identifies", "users", "aliases"})
# In a warehouse table these begin the names of columns that JSON nests ...
_NESTED = ("context_traits_", "traits_", "context_")
# ... and these hold somebody's traits.
_TRAITS = ("context_traits_", "traits_")
# Columns of the staged JSON that are ours, not the message's.
_OURS = frozenset({"content_hash", "row_id", "landed_in", "is_foreign"})
# The table that a relation of raw JSON has in staging; files have their paths.
RAW_JSON = "raw_json"
_PLACE = ("source_relation", "source_table", "message_id", "source_line")


def read_raw_row(
    warehouse: Warehouse, schema: str, message: Mapping[str, Any], *, show_values: bool
) -> RawRow | None:
    """Read the columns that are not null, JSON in text unfolded; None where the row is gone.

    `message` has message_id, source_relation, source_table and source_line.
    """
    row = None
    if message["source_line"] is not None or message["source_table"] == RAW_JSON:
        row = _staged_row(warehouse, schema, message)
    if row is None and message["source_line"] is None:
        row = _table_row(warehouse, message)
    if row is None or show_values:
        return row
    return masked_row(row, about_person=message["source_table"] in _PEOPLE_TABLES)


def masked_row(row: RawRow, *, about_person: bool) -> RawRow:
    """Hide what looks personal, by the column's name without its prefix, or by look.

    `about_person` says that every column is a trait of somebody.
    """
    return {
        column: _masked(column, value, about_person=about_person) for column, value in row.items()
    }


def _masked(column: str, value: Any, *, about_person: bool) -> Any:  # noqa: ANN401 - any JSON
    prefix = next((prefix for prefix in _NESTED if column.startswith(prefix)), "")
    person = prefix in _TRAITS or (about_person and not prefix)
    name = column.removeprefix(prefix)
    return next(iter(mask_value({name: value}, about_person=person).values()))


def _table_row(warehouse: Warehouse, message: Mapping[str, Any]) -> RawRow | None:
    schema, table = message["source_relation"], message["source_table"]
    there = warehouse.read(
        "select 1 from information_schema.tables where table_schema = ? and table_name = ?",
        [schema, table],
    )
    if not there.num_rows:
        return None
    found = warehouse.read(
        f"select * from {_quoted(schema)}.{_quoted(table)} where cast(id as text) = ? limit 20",
        [message["message_id"]],
    ).to_pylist()
    copies = sorted(found, key=lambda row: str(row.get("received_at")))
    return _unfolded(copies[0]) if copies else None


def _staged_row(warehouse: Warehouse, schema: str, message: Mapping[str, Any]) -> RawRow | None:
    found = warehouse.read(
        f"select * from {schema}.stg_segment__raw_json "
        "where source_relation = ? and source_table = ? and message_id = ? "
        "and source_line is not distinct from ? limit 1",
        [message[name] for name in _PLACE],
    ).to_pylist()
    if not found:
        return None
    row = {name: value for name, value in found[0].items() if name not in _OURS}
    return {
        name.removesuffix("_json"): _json(value) if name.endswith("_json") else value
        for name, value in row.items()
        if value is not None
    }


def _unfolded(row: RawRow) -> RawRow:
    return {
        name: _json(value) if str(value)[:1] in ("{", "[") else value
        for name, value in row.items()
        if value is not None
    }


def _json(value: Any) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
