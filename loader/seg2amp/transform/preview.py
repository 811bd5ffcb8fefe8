"""A preview: raw Segment messages through the same models, in a warehouse made for the purpose."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from seg2amp.errors import ConfigurationError
from seg2amp.transform.build import BuildTests
from seg2amp.transform.scratch import scratch

_LINES = "raw_json.lines"
_OWN: Mapping[str, object] = {
    "segment_schemas": [],
    "raw_json_path": [],
    "raw_json_relation": _LINES,
    "raw_json_column": "raw",
}

_NO_FILES = ("--exclude", "stg_segment__raw_json_files", "stg_segment__raw_json_lines")

# One row per Amplitude row, per message that gave none, and per copy of a message; in input order.
_OUTCOMES = """
with
    raw as (select * from amplitude.stg_segment__raw_json),

    kept as (
        select raw.source_line, routed.*
        from amplitude.int_messages_routed as routed
        inner join raw on routed.source_line = raw.source_line
    ),

    made as (
        select kept.source_line, kept.outcome, made.*
        from amplitude.amplitude_rows as made
        inner join kept on made.message_key = kept.message_key
    )

select source_line, row_index, kind_order, message_id, rule_id, endpoint, payload,
       case when rejection_reason is not null then 'rejected' end as outcome,
       rejection_reason as reason
from made
union all
select source_line, 0, 0, message_id, rule_id, null, null, outcome, reason
from kept
where outcome <> 'mapped'
union all
select source_line, 0, 0, message_id, 'duplicate', null, null, 'dropped',
       'a copy of a message that was read already'
from raw
where source_line not in (select source_line from kept)
order by source_line, row_index, kind_order
"""


@dataclass(frozen=True)
class PreviewSummary:
    """The printed lines, and how many lines of the input were no messages."""

    lines: tuple[str, ...]
    unreadable: int


def preview(
    project_dir: Path, messages: Iterable[str], settings: Mapping[str, object]
) -> PreviewSummary:
    """Map lines of raw JSON and return lines of JSON in input order.

    A line is `{"line", "message_id", "rule_id", "endpoint", "payload"}` for an Amplitude row;
    `{"line", "message_id", "outcome", "rule_id", "reason"}` for a message that was dropped or
    rejected; and both for a row that Amplitude's contract forbids.

    Raises:
        ConfigurationError: a setting or profile is not as it must be, or names raw data.
        Seg2ampError: dbt could not start, or a model failed.

    """
    if own := _OWN.keys() & settings.keys():
        raise ConfigurationError(
            f"Setting `{min(own)}`: a preview maps the messages it is given and reads no other."
        )
    with scratch(project_dir) as (project, manifest):
        _land(project.database, messages)
        command = ["build", "--select", "+amplitude_rows", *_NO_FILES, *BuildTests.NONE.left_out]
        project.invoke(command, {**settings, **_OWN}, manifest)
        with duckdb.connect(str(project.database), read_only=True) as connection:
            rows = connection.execute(_OUTCOMES).fetchall()
    return PreviewSummary(
        lines=tuple(_printed(rows)),
        unreadable=len({row[0] for row in rows if row[4] == "unreadable"}),
    )


def _land(database: Path, messages: Iterable[str]) -> None:
    lines = [(at, line.rstrip("\r\n")) for at, line in enumerate(messages, 1) if line.strip()]
    numbers = pa.array([at for at, _ in lines], pa.int64())
    numbered = pa.table({"line": numbers, "raw": pa.array([raw for _, raw in lines], pa.string())})
    with duckdb.connect(str(database)) as connection:
        connection.register("numbered", numbered)
        connection.execute("create schema raw_json")
        connection.execute(f"create table {_LINES} as from numbered")


def _printed(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    for line, _, _, message_id, rule_id, endpoint, payload, outcome, reason in rows:
        head = {"line": line, "message_id": message_id, "rule_id": rule_id}
        if outcome is not None:
            head |= {"outcome": outcome, "reason": reason}
        if endpoint is None:
            yield json.dumps(head, ensure_ascii=False)
        else:
            # The payload stands as dbt rendered it: parsing it here could change a number.
            head["endpoint"] = endpoint
            yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "payload": {payload}}}'
