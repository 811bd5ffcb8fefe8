"""A dry run: what a load would send, without sending it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from seg2amp.delivery.cursor import FIRST_ROWS
from seg2amp.delivery.entries import ParkReason
from seg2amp.delivery.masking import mask_json
from seg2amp.delivery.outbox import Outbox, require_outbox
from seg2amp.delivery.pending import Kind, Pending, Segment, find_pending
from seg2amp.delivery.settings import GUARDED_AGE, LoadSettings, ago
from seg2amp.warehouse import Warehouse

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class LoadPreview:
    """What a load would send: rows by endpoint and kind, who waits, the first payloads of each.

    `Kind.old_rows` counts what `since` would hold back, or without it what the guard asks about.
    """

    kinds: tuple[Kind, ...]
    waiting: Mapping[tuple[str, ParkReason], int]
    """Rows of people who wait beside their lane, by endpoint and reason; not among `kinds`."""
    payloads: Mapping[str, tuple[str, ...]]

    @property
    def rows(self) -> int:
        """All pending rows, those that `since` would hold back included."""
        return sum(kind.rows for kind in self.kinds) + sum(self.waiting.values())


def preview_load(
    warehouse: Warehouse, settings: LoadSettings, *, show_values: bool = False
) -> LoadPreview:
    """Tell what `load` would send, without sending; personal values are masked unless shown.

    Raises `ConfigurationError` when tables are missing.
    """
    require_outbox(warehouse, settings.schema)
    outbox = Outbox.of(warehouse, settings.schema)
    pending = find_pending(
        warehouse, settings.schema, settings.since or ago(GUARDED_AGE), settings.until
    )
    payloads: dict[str, tuple[str, ...]] = {}
    for segment in pending.segments:
        found = payloads.setdefault(segment.endpoint, ())
        if len(found) < _SAMPLES:
            texts = _first_payloads(outbox, segment, settings.since, _SAMPLES - len(found))
            payloads[segment.endpoint] += texts if show_values else tuple(map(mask_json, texts))
    return LoadPreview(pending.kinds, _waiting(pending), payloads)


def _waiting(pending: Pending) -> Mapping[tuple[str, ParkReason], int]:
    rows: Counter[tuple[str, ParkReason]] = Counter()
    for group in pending.groups:
        rows[group.endpoint, group.reason] += group.rows
    return {place: count for place, count in sorted(rows.items()) if count}


def _first_payloads(
    outbox: Outbox, segment: Segment, since: datetime | None, most: int
) -> tuple[str, ...]:
    upto = segment.first - 1 + segment.width(FIRST_ROWS)
    window = outbox.window(segment.endpoint, segment.lane, segment.first - 1, upto, since)
    rows = (row for run in window.runs() if not run.passed_over for row in run.rows)
    return tuple(window.payloads.text(row) for row in islice(rows, most))
