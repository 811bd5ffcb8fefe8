"""A diagnosis in plain words, for a terminal: each schema in short, then the findings."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.text import Text

from seg2amp.transform.doctor import Diagnosis, Finding, Severity, Source

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_INDENT = " " * 9
# So many tables or events are named before the rest is only counted.
_NAMED = 5


def diagnosis_text(diagnosis: Diagnosis) -> Iterator[Text]:
    """Tell a diagnosis, line by line."""
    for schema, tables in groupby(diagnosis.sources, lambda source: source.source_relation):
        yield from _schema(schema, list(tables))
    for _, group in groupby(diagnosis.findings, _subject):
        yield from _told(list(group))
    yield Text(_sums(diagnosis.findings))
    if unread := sorted(
        {it.source_relation for it in diagnosis.findings if it.finding == "schema_not_read"}
    ):
        known = {it.source_relation for it in diagnosis.sources if it.read_as} - {"segment_seeds"}
        schemas = json.dumps(sorted(known | set(unread)))
        yield Text(f"to read them: seg2amp doctor --set 'segment_schemas={schemas}'")


def _schema(schema: str, tables: list[Source]) -> Iterator[Text]:
    read = [table for table in tables if table.read_as]
    yield Text(f"{schema}: {_tables(read)} read, {len(tables) - len(read)} left out", "bold")
    calls = [table for table in read if table.read_as != "track" or table.source_table == "tracks"]
    events = [table for table in read if table not in calls]
    rows = [f"{table.source_table} {table.row_count or 0:,}" for table in calls]
    if events:
        total = sum(table.row_count or 0 for table in events)
        rows.append(f"{_tables(events)} of events {total:,}")
    if rows:
        yield Text("  rows: " + ", ".join(rows))
    received = [at for it in read for at in (it.first_received_at, it.last_received_at) if at]
    if received:
        line = f"  received {min(received):%Y-%m-%d} to {max(received):%Y-%m-%d}"
        if loaded := [table.last_loaded_at for table in read if table.last_loaded_at]:
            line += f", last load {max(loaded):%Y-%m-%d %H:%M} UTC"
        yield Text(line)
    yield Text("")


def _tables(tables: list[Source]) -> str:
    return "1 table" if len(tables) == 1 else f"{len(tables)} tables"


def _subject(finding: Finding) -> tuple[object, ...]:
    return finding.severity, finding.source_relation, finding.finding, finding.column_name


def _told(group: list[Finding]) -> Iterator[Text]:
    first = group[0]
    head = [first.finding, first.source_relation, *_place(group), *_rows(group)]
    if not first.is_sent:
        head.append("not sent")
    line = Text(f"{first.severity:<9}", _STYLES[first.severity])
    yield line.append(" · ".join(head), "bold")
    if details := _details(group):
        yield Text(_INDENT + details)
    yield Text(_INDENT + first.explanation)
    if first.advice != "Nothing.":
        yield Text(_INDENT + first.advice)
    yield Text("")


def _place(group: list[Finding]) -> list[str]:
    column = [group[0].column_name] if group[0].column_name else []
    tables = sorted({it.source_table for it in group if it.source_table})
    if len(tables) == 1:
        return [".".join(tables + column)]
    return [f"{len(tables)} tables", *column] if tables else column


def _rows(group: list[Finding]) -> list[str]:
    if all(finding.row_count is None for finding in group):
        return []
    rows = sum(finding.row_count or 0 for finding in group)
    share = group[0].share if len(group) == 1 else None
    return [_counted(rows) + (f" ({share:.1%})" if share is not None else "")]


def _counted(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _details(group: list[Finding]) -> str:
    several = len(group) > 1
    said = [words for it in group if (words := _detail(it, counted=several))]
    more = f" and {len(said) - _NAMED} more" if len(said) > _NAMED else ""
    return "; ".join(said[:_NAMED]) + more


def _detail(finding: Finding, *, counted: bool) -> str:
    """Give what was found, behind its table where several are told of together."""
    if not counted:
        return finding.detail or ""
    rows = "" if finding.row_count is None else _counted(finding.row_count)
    subject = ", ".join(filter(None, (finding.source_table, finding.detail)))
    return ": ".join(filter(None, (subject, rows)))


def _sums(findings: Iterable[Finding]) -> str:
    kinds = Counter(severity for (severity, *_), _ in groupby(findings, _subject))
    words = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "notes"}
    return ", ".join(f"{kinds[severity]} {word}" for severity, word in words.items())
