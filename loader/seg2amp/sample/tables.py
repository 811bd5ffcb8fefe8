"""Raw Segment warehouse tables, in Arrow."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from seg2amp.sample.messages import Message, utc_ms
from seg2amp.sample.rows import Row, rows, user

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


class Warehouse:
    """Takes messages part by part; gives the tables, each with the columns that hold a value."""

    def __init__(self, end: datetime) -> None:
        """`end` is when the newest sync ran: no row's `uuid_ts` is later."""
        self._end = utc_ms(end)
        self._parts: dict[str, list[pa.Table]] = defaultdict(list)
        self._users: dict[str, Row] = {}

    def add(self, messages: Iterable[Message]) -> None:
        """Take some messages, in the order in which they were received."""
        found: dict[str, list[Row]] = defaultdict(list)
        for message in messages:
            for table, row in rows(message, self._end):
                found[table].append(row)
            state = user(message, self._end)
            if state is not None:
                self._users.setdefault(state["id"], {}).update(state)
        for table, its_rows in found.items():
            self._parts[table].append(columnar(its_rows))

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Hand out every table once, in the order of names, and let go of it."""
        if self._users:
            self._parts["users"] = [columnar(list(self._users.values()))]
        for name in sorted(self._parts):
            yield name, joined(self._parts.pop(name))


def columnar(its_rows: Sequence[Row]) -> pa.Table:
    """Turn rows into a table; a column takes the narrowest type that holds all its values."""
    names = {name for row in its_rows for name, value in row.items() if value is not None}
    ordered = sorted(names, key=_place)
    return pa.table({name: _column(name, [row.get(name) for row in its_rows]) for name in ordered})


def joined(parts: Sequence[pa.Table]) -> pa.Table:
    """Stack parts by column name, each column in the widest type that any part gave it."""
    names = sorted({name for part in parts for name in part.column_names}, key=_place)
    fields = [
        pa.field(
            name,
            _widest({part.schema.field(name).type for part in parts if name in part.column_names}),
        )
        for name in names
    ]
    schema = pa.schema(fields)
    return pa.concat_tables([_cast(part, schema) for part in parts])


def _cast(part: pa.Table, schema: pa.Schema) -> pa.Table:
    missing = pa.nulls(part.num_rows)
    columns = [
        (part[field.name] if field.name in part.column_names else missing).cast(field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _place(name: str) -> tuple[int, str]:
    return (LEADING.index(name) if name in LEADING else len(LEADING), name)


def _widest(types: set[pa.DataType]) -> pa.DataType:
    if len(types) == 1:
        return next(iter(types))
    return pa.float64() if types == {pa.int64(), pa.float64()} else pa.string()


def _column(name: str, values: list[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {str}:
        text = pa.array(values, pa.string())
        return text.cast(INSTANT) if _holds_instants(name, values) else text
    wanted = _widest({pa.scalar(kind()).type for kind in kinds})
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
