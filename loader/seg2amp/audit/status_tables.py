"""The state of delivery as tables for a terminal."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table

from seg2amp.audit.status import Status


def status_tables(status: Status) -> Iterator[Table]:
    """Give the tables that have something to show, in the order they are read."""
    runs = [
        (run.run_id, _moment(run.started_at), run.outcome, run.rows_delivered, run.rows_rejected,
         run.error or "")
        for run in status.runs
    ]  # fmt: skip
    yield from _table(("last runs", "started, UTC", "outcome", "delivered", "rejected", ""), runs)
    states = [(one.endpoint, one.state, one.rows) for one in status.states]
    yield from _table(("endpoint", "state", "rows"), states)
    waiting = [(o.endpoint, o.reason, o.people, _moment(o.retry_at)) for o in status.waiting]
    yield from _table(("waiting at", "because", "people", "until, UTC"), waiting)
    reasons = [(one.state, one.field or "", one.reason or "", one.rows) for one in status.reasons]
    yield from _table(("not delivered", "field", "reason", "rows"), reasons)


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[Table]:
    if not rows:
        return
    table = Table(*heads, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(f"{cell:,}" if isinstance(cell, int) else str(cell or "") for cell in row))
    yield table


def _moment(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
