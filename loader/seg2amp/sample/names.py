"""Segment's snake case of names: what a warehouse calls an event, a property or a trait."""

import re
from functools import lru_cache

# One word: capitals and digits, then small letters and digits. Every other byte separates words.
WORD = re.compile(r"[A-Z0-9]+[a-z0-9]*|[a-z0-9]+")

COMMON = frozenset(
    {
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
    },
)


@lru_cache(maxsize=4_096)
def snake_case(name: str) -> str:
    """Fold a name to lower-case ASCII words joined by `_`; empty if no such word is left."""
    return "_".join(WORD.findall(name)).lower()


def identifier(name: str) -> str:
    """Name a table or column: snake case, with `_` before a leading digit."""
    folded = snake_case(name)
    return f"_{folded}" if folded[:1].isdigit() else folded


def property_column(path: str) -> str:
    """Name the column of an already folded property path; it may not shadow a common column."""
    return f"_{path}" if path in COMMON or path[:1].isdigit() else path
