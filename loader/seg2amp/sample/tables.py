"""Rows of raw Segment tables, in Arrow: the columns that hold a value, in the types that fit."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from seg2amp.sample.rows import Row

INSTANT = pa.timestamp("us", tz="UTC")
LEADING = (
    "id",
    "anonymous_id",
    "user_id",
    "received_at",
    "sent_at",
    "timestamp",
    "original_timestamp",
    "uuid_ts",
    "event",
    "event_text",
    "group_id",
    "previous_id",
    "name",
    "category",
)
INSTANT_LENGTH = len("2026-01-15T00:00:00.000Z")


def columnar(its_rows: Sequence[Row]) -> pa.Table:
    """Turn rows into a table; a column takes the narrowest type that holds all its values."""
    names = {name for row in its_rows for name, value in row.items() if value is not None}
    ordered = sorted(names, key=_place)
    return pa.table({name: _column(name, [row.get(name) for row in its_rows]) for name in ordered})


def schema_of(kinds: Mapping[str, set[pa.DataType]]) -> pa.Schema:
    """Give columns their places, each in the widest of the types that parts of it had."""
    return pa.schema([pa.field(name, widest(kinds[name])) for name in sorted(kinds, key=_place)])


def cast(part: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give a part all columns of a schema, in its types."""
    missing = pa.nulls(part.num_rows)
    columns = [
        (part[field.name] if field.name in part.column_names else missing).cast(field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def widest(types: set[pa.DataType]) -> pa.DataType:
    """Give the type that holds the values of all these."""
    if len(types) == 1:
        return next(iter(types))
    return pa.float64() if types == {pa.int64(), pa.float64()} else pa.string()


def _place(name: str) -> tuple[int, str]:
    return (LEADING.index(name) if name in LEADING else len(LEADING), name)


def _column(name: str, values: list[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {str}:
        text = pa.array(values, pa.string())
        return text.cast(INSTANT) if _holds_instants(name, values) else text
    wanted = widest({pa.scalar(kind()).type for kind in kinds})
    if wanted == pa.string():
        return pa.array([_text(value) for value in values], wanted)
    return pa.array(values, wanted)


def _text(value: Any) -> str | None:  # noqa: ANN401 - any JSON scalar
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def _holds_instants(name: str, values: list[str | None]) -> bool:
    """Say whether every text is an instant; a session id inside the context stays text."""
    return not name.startswith("context_") and all(
        len(value) == INSTANT_LENGTH and value[10] == "T" and value[-1] == "Z"
        for value in values
        if value is not None
    )
