"""One raw message as the rows that Segment's warehouse destination makes of it."""

import json
from collections.abc import Iterator
from typing import Any
from zlib import crc32

from seg2amp.sample.dice import DAY, HOUR, MINUTE
from seg2amp.sample.messages import Message, epoch_ms, instant
from seg2amp.sample.names import identifier, property_column, snake_case
from seg2amp.sample.sources import source_of

Row = dict[str, Any]

TABLES = {
    "track": "tracks",
    "page": "pages",
    "screen": "screens",
    "identify": "identifies",
    "group": "groups",
    "alias": "aliases",
}
COMMON_KEYS = {
    "id": "messageId",
    "anonymous_id": "anonymousId",
    "user_id": "userId",
    "received_at": "receivedAt",
    "sent_at": "sentAt",
    "timestamp": "timestamp",
    "original_timestamp": "originalTimestamp",
}
OWN_KEYS = {
    "name": "name",
    "category": "category",
    "group_id": "groupId",
    "previous_id": "previousId",
}
# A wide text column of a warehouse; what is longer is cut, and is then no JSON any more.
LONGEST_TEXT = 4_096


def rows(message: Message, end: int) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) pairs; `end`, epoch ms, is when the newest sync of the warehouse ran."""
    common = _common(message, end)
    own = {column: message[key] for column, key in OWN_KEYS.items() if key in message}
    details = {
        property_column(name): value
        for part in ("properties", "traits")
        for name, value in flattened(message.get(part, {})).items()
    }
    table = TABLES[message["type"]]
    if table != "tracks":
        yield table, {**details, **common, **own}
        return
    slug = snake_case(message["event"])
    tracked = {**common, "event": slug or None, "event_text": message["event"]}
    yield table, tracked
    if slug:
        yield identifier(message["event"]), {**details, **tracked}


def user(message: Message, end: int) -> Row | None:
    """Give what an identify call says about its user, for the table of latest states."""
    if message["type"] != "identify" or message["userId"] is None:
        return None
    common = _common(message, end)
    kept = {name: value for name, value in common.items() if name.startswith("context_")}
    traits = {property_column(name): value for name, value in flattened(message["traits"]).items()}
    times = {name: common[name] for name in ("received_at", "uuid_ts")}
    return {**traits, **kept, **times, "id": message["userId"]}


def flattened(tree: dict[str, Any], prefix: str = "") -> Row:
    """Flatten objects to `outer_inner`; arrays become JSON text, nulls and `{}` nothing."""
    flat: Row = {}
    for key, value in tree.items():
        name = snake_case(key)
        path = f"{prefix}_{name}" if prefix else name
        if value is None or not name:
            continue
        found = flattened(value, path) if isinstance(value, dict) else {path: _cell(value)}
        for column, cell in found.items():
            # Of two names that fold to one column the first wins.
            flat.setdefault(column, cell)
    return flat


def _cell(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value[:LONGEST_TEXT] if isinstance(value, str) else value


def _common(message: Message, end: int) -> Row:
    """Give the columns that every table has: ids, times, context, and options of integrations."""
    options = {
        name: value for name, value in message["integrations"].items() if isinstance(value, dict)
    }
    common = {column: message[key] for column, key in COMMON_KEYS.items()}
    context = flattened(options, "context") | flattened(message["context"], "context")
    return {**common, "uuid_ts": instant(synced(message, end)), **context}


def synced(message: Message, end: int) -> int:
    """Tell when the rows reached the warehouse: by the next hourly sync, or a day after.

    In epoch ms, as `end`, when the newest sync ran.
    """
    received = epoch_ms(message["receivedAt"])
    late = received - epoch_ms(message["timestamp"]) > HOUR
    failed = crc32(message["messageId"].encode()) % 100 == 0
    sync = received - received % HOUR + HOUR + source_of(message).sync_minute * MINUTE
    return max(received, min(end, sync + (DAY if late or failed else 0)))
