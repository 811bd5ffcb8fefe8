"""Messages worth looking at: the raw row beside the Amplitude rows that it became."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seg2amp.audit.raw_rows import RAW_JSON, RawRow, read_raw_row
from seg2amp.delivery import mask_text, mask_value
from seg2amp.warehouse import Warehouse

EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class AmplitudeRow:
    """One row that a message became; `state` as in `RowCount`."""

    insert_id: str
    rule_id: str
    kind: str
    endpoint: str
    state: str
    reason: str | None
    payload: Mapping[str, Any]

    @property
    def becomes(self) -> str:
        """The event type, or the endpoint of what is no event."""
        return str(self.payload.get("event_type", self.endpoint))


@dataclass(frozen=True, slots=True)
class Example:
    """One message before and after; `raw` is None where the raw row is gone."""

    title: str
    message_id: str
    call_type: str
    source: str
    outcome: str
    rule_id: str
    reason: str | None
    raw: RawRow | None
    rows: tuple[AmplitudeRow, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    title: str
    condition: str
    """SQL over `m`, a message, and `f`, what its first row in the outbox holds."""


_SCENES = (
    _Scene("A campaign brings a visitor", "m.rule_id like 'page%' and f.campaign = 1"),
    _Scene(
        "An anonymous visitor signs up", "m.rule_id = 'identify' and f.both_ids = 1 and f.email = 1"
    ),
    _Scene(
        "An order, and a row for each product",
        "m.rule_id = 'order_completed' and m.rows_made between 3 and 5",
    ),
    _Scene("A track call about a product", "m.rule_id = 'track' and f.product = 1"),
    _Scene("A screen of the app", "m.rule_id like 'screen%'"),
    _Scene("A person joins a group", "m.rule_id = 'group' and m.rows_made > 1"),
    _Scene("A message that a rule drops", "m.outcome = 'dropped'"),
    _Scene("A message that cannot be mapped", "m.outcome = 'rejected'"),
    _Scene("A row that the contract forbids", "m.rows_rejected > 0"),
    _Scene("A row that Amplitude rejected", "f.refused = 1"),
    _Scene("Revenue on any track call", "m.rule_id = 'track' and f.revenue = 1"),
    _Scene("Several copies, sent once", "m.copies > 1 and m.outcome = 'mapped'"),
    _Scene("An alias", "m.rule_id = 'alias'"),
    _Scene("An order", "m.rule_id = 'order_completed'"),
    _Scene("An identify call", "m.rule_id = 'identify'"),
    _Scene("A page", "m.rule_id like 'page%'"),
)
_CHOSEN = """
with
    firsts as (
        select o.insert_id,
               case when o.payload like '%"utm_source":%' then 1 else 0 end as campaign,
               case when o.payload like '%"email":%' then 1 else 0 end as email,
               case when o.payload like '%"revenue":%' then 1 else 0 end as revenue,
               case when o.payload like '%"product_id":%' then 1 else 0 end as product,
               case when o.user_id is not null and o.device_id is not null then 1 else 0 end
               as both_ids,
               case when o.insert_id in (select insert_id from {schema}.delivery_rejections)
               then 1 else 0 end as refused
        from {schema}.amplitude_outbox as o
    )
select {picks}
from {schema}.audit_messages as m
left join firsts as f on f.insert_id = m.message_key
where m.message_id is not null
"""
_OTHERS = """
select message_id from {schema}.audit_messages
where message_id is not null and message_id not in ({marks})
order by message_id
limit ?
"""
_MESSAGES = """
select message_id, call_type, source_relation, source_table, source_line, outcome, rule_id, reason
from {schema}.audit_messages
where message_id in ({marks})
"""
_ROWS = """
select o.message_id, o.insert_id, o.rule_id, o.kind, o.endpoint, d.state, d.reason, o.payload,
       o.position
from {schema}.amplitude_outbox as o
inner join {schema}.audit_deliveries as d on o.insert_id = d.insert_id
where o.message_id in ({marks})
union all
select message_id, insert_id, rule_id, kind, endpoint, 'forbidden', rejection_reason, payload, null
from {schema}.audit_rejections
where message_id in ({marks})
order by position nulls last, insert_id
"""


def read_examples(warehouse: Warehouse, schema: str, *, show_values: bool) -> tuple[Example, ...]:
    """Read up to ten messages that show different rules; the same ones of the same data."""
    titles = _choose(warehouse, schema)
    if not titles:
        return ()
    marks = ", ".join("?" * len(titles))
    ids = list(titles)
    found = warehouse.read(_MESSAGES.format(schema=schema, marks=marks), ids).to_pylist()
    rows = warehouse.read(_ROWS.format(schema=schema, marks=marks), ids + ids).to_pylist()
    messages = {message["message_id"]: message for message in found}
    return tuple(
        _example(
            titles[message_id],
            messages[message_id],
            read_raw_row(warehouse, schema, messages[message_id], show_values=show_values),
            [row for row in rows if row["message_id"] == message_id],
            show_values=show_values,
        )
        for message_id in ids
    )


def _choose(warehouse: Warehouse, schema: str) -> dict[str, str]:
    """Give ids of messages with a title each, in the order of the scenes."""
    picks = ", ".join(
        f"min(case when {scene.condition} then m.message_id end) as s{number}"
        for number, scene in enumerate(_SCENES)
    )
    row = warehouse.read(_CHOSEN.format(schema=schema, picks=picks)).to_pylist()[0]
    titles: dict[str, str] = {}
    for number, scene in enumerate(_SCENES):
        message_id = row[f"s{number}"]
        if message_id is not None and len(titles) < EXAMPLES:
            titles.setdefault(message_id, scene.title)
    marks = ", ".join("?" * len(titles)) or "''"
    others = warehouse.read(
        _OTHERS.format(schema=schema, marks=marks), [*titles, EXAMPLES - len(titles)]
    )
    return titles | dict.fromkeys(others.column("message_id").to_pylist(), "Another message")


def _example(
    title: str,
    message: Mapping[str, object],
    raw: RawRow | None,
    rows: Sequence[Mapping[str, object]],
    *,
    show_values: bool,
) -> Example:
    return Example(
        title=title,
        message_id=str(message["message_id"]),
        call_type=str(message["call_type"] or "no type"),
        source=_place(message),
        outcome=str(message["outcome"]),
        rule_id=str(message["rule_id"]),
        reason=_shown(message["reason"], show_values=show_values),
        raw=raw,
        rows=tuple(_amplitude_rows(rows, show_values=show_values)),
    )


def _place(message: Mapping[str, object]) -> str:
    relation, table = message["source_relation"], message["source_table"]
    if message["source_line"] is None:
        return f"{relation}.{table}"
    where = relation if table == RAW_JSON else table
    return f"{where}, line {message['source_line']}"


def _amplitude_rows(
    rows: Sequence[Mapping[str, object]], *, show_values: bool
) -> Iterable[AmplitudeRow]:
    for row in rows:
        payload = json.loads(str(row["payload"]))
        yield AmplitudeRow(
            insert_id=str(row["insert_id"]),
            rule_id=str(row["rule_id"]),
            kind=str(row["kind"]),
            endpoint=str(row["endpoint"]),
            state=str(row["state"]),
            reason=_shown(row["reason"], show_values=show_values),
            payload=payload if show_values else mask_value(payload),
        )


def _shown(text: object, *, show_values: bool) -> str | None:
    if text is None:
        return None
    return str(text) if show_values else mask_text(str(text))
