"""Questions an auditor asks, each with the SQL that answers it and the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seg2amp.audit.examples import Example
from seg2amp.delivery import mask_text
from seg2amp.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, one statement of SQL, and the rows it gave."""

    question: str
    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_answers(
    warehouse: Warehouse, schema: str, examples: Sequence[Example], *, show_values: bool
) -> tuple[Answer, ...]:
    """Ask why a message was not sent, what became of one, and whether all sums close."""
    return tuple(
        _answer(warehouse, question, sql, show_values=show_values)
        for question, sql in (
            ("Why was this message not sent?", _why(schema, examples)),
            ("What became of this message?", _trace(schema, examples)),
            (
                "Does everything add up?",
                f"select *, left_side = right_side as holds from {schema}.audit_reconciliation;",
            ),
        )
    )


def _why(schema: str, examples: Iterable[Example]) -> str:
    unsent = next((example for example in examples if example.outcome != "mapped"), None)
    columns = "message_id, source_table, outcome, rule_id, reason"
    which = f"message_id = {_literal(unsent.message_id)}" if unsent else "outcome <> 'mapped'"
    return f"select {columns} from {schema}.audit_messages where {which};"


def _trace(schema: str, examples: Iterable[Example]) -> str:
    sent = max(examples, key=lambda example: len(example.rows), default=None)
    which = f" where m.message_id = {_literal(sent.message_id)}" if sent else ""
    return (
        "select m.source_table, m.rule_id as routed_by, d.rule_id as made_by, d.insert_id, "
        f"d.state, d.request_id from {schema}.audit_messages m left join "
        f"{schema}.audit_deliveries d on d.message_id = m.message_id{which} "
        "order by d.position limit 20;"
    )


def _answer(warehouse: Warehouse, question: str, sql: str, *, show_values: bool) -> Answer:
    table = warehouse.read(sql.removesuffix(";"))
    shown = str if show_values else lambda value: mask_text(str(value))
    rows = (
        tuple("" if value is None else shown(value) for value in row.values())
        for row in table.to_pylist()
    )
    sql = sql if show_values else mask_text(sql)
    return Answer(question, sql, tuple(table.column_names), tuple(rows))


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
