"""Metrics in Prometheus' text format, for the textfile collector of node_exporter."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from seg2amp.operations.ending import Ending

_LAST_SUCCESS = "seg2amp_last_success_timestamp_seconds"


def metrics_text(ending: Ending, before: Path) -> str:
    """Give all metrics of a run; one that left rows pending keeps the last success of `before`."""
    return "".join(_metrics(ending, before))


def _metrics(ending: Ending, before: Path) -> Iterator[str]:
    loaded, finished_at = ending.loaded, ending.finished_at.timestamp()
    rows = {
        f'{{endpoint="{endpoint}",state="{state}"}}': count
        for endpoint, counts in ending.rows().items()
        for state, count in counts.items()
    }
    outcomes = loaded.outcomes if loaded else {}
    requests = {f'{{outcome="{outcome}"}}': count for outcome, count in outcomes.items()}
    body_bytes = loaded.body_bytes if loaded else 0
    success = finished_at if ending.finished else _last_success(before)
    yield from _gauge("seg2amp_rows", "Rows of the last run by endpoint and state.", rows)
    yield from _gauge("seg2amp_requests", "Requests of the last run by outcome.", requests)
    yield from _gauge("seg2amp_request_bytes", "Bytes sent by the last run.", {"": body_bytes})
    yield from _gauge(
        "seg2amp_seconds", "How long the last run and its parts took.", _spent(ending)
    )
    yield from _gauge("seg2amp_exit_code", "Exit code of the last run.", {"": ending.exit_code})
    yield from _gauge(
        "seg2amp_last_run_timestamp_seconds", "When the last run ended.", {"": finished_at}
    )
    yield from _gauge(
        _LAST_SUCCESS,
        "When a run last ended with nothing left pending.",
        {} if success is None else {"": success},
    )


def _spent(ending: Ending) -> Mapping[str, float]:
    spent = {'{part="all"}': ending.seconds}
    if ending.built:
        spent['{part="build"}'] = ending.built.seconds
    if ending.loaded:
        spent['{part="load"}'] = ending.loaded.seconds
    return spent


def _gauge(name: str, meaning: str, samples: Mapping[str, float]) -> Iterator[str]:
    if samples:
        yield f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"
    for labels, value in samples.items():
        yield f"{name}{labels} {value!r}\n"


def _last_success(before: Path) -> float | None:
    try:
        found = re.search(rf"^{_LAST_SUCCESS} (\S+)$", before.read_text("utf-8"), re.MULTILINE)
    except (OSError, ValueError):
        return None
    return float(found[1]) if found else None
