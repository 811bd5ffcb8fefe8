"""golden/classic: cases of Amplitude (Classic), and whether the lines of a preview hold them."""

import json
from collections.abc import Iterator
from itertools import groupby

import golden_cases as golden
from seg2amp.sample.names import snake_case

CASES = json.loads((golden.GOLDEN / "classic" / "cases.json").read_text())


def groups() -> Iterator[tuple[dict[str, object], list[dict], list[str]]]:
    """Give settings of ours, the cases under them, and their messages as lines of raw JSON."""

    def key(case: dict) -> str:
        named = {snake_case(name): value for name, value in case["settings"].items()}
        return json.dumps({"profile": "classic", **named}, sort_keys=True)

    for settings, group in groupby(sorted(CASES, key=key), key=key):
        cases = list(group)
        messages = [{**case["input"], "messageId": case["name"]} for case in cases]
        yield json.loads(settings), cases, [json.dumps(message) for message in messages]


def different(cases: list[dict], lines: list[dict]) -> list[str]:
    """Name the cases that the lines, as a preview prints them, do not hold."""
    rows: dict[str, list[dict]] = {case["name"]: [] for case in cases}
    for line in lines:
        rows[line["message_id"]].append(line)
    return [case["name"] for case in cases if not _matches(case["expected"], rows[case["name"]])]


def _matches(wanted: dict, lines: list[dict]) -> bool:
    made = [line for line in lines if "payload" in line]
    batch = [line["payload"] for line in made if line["endpoint"] == "batch"]
    events = [row for row in batch if row["event_type"] != "$identify"]
    parts = {
        "rows_subset": events,
        "identify": [row for row in batch if row["event_type"] == "$identify"],
        "groupidentify": [x["payload"] for x in made if x["endpoint"] == "groupidentify"],
        "usermap": [x["payload"] for x in made if x["endpoint"] == "usermap"],
    }
    counted = wanted.get("row_count", len(events)) == len(events)
    properties = json.dumps([row.get("user_properties", {}) for row in events])
    absent = all(f'"{name}"' not in properties for name in wanted.get("absent_user_properties", ()))
    bare = all(
        not any(name in row for name in names)
        for index, names in wanted.get("absent", {}).items()
        for row in events
        if _holds(wanted["rows_subset"][int(index)], row)
    )
    held = all(_part(wanted, part, rows) for part, rows in parts.items())
    return counted and absent and bare and held


def _part(wanted: dict, part: str, rows: list[dict]) -> bool:
    if part not in wanted:
        return True
    exact = part == "rows_subset" or len(rows) == len(wanted[part])
    return exact and all(any(_holds(want, row) for row in rows) for want in wanted[part])


def _holds(subset: object, row: object) -> bool:
    if isinstance(subset, dict) and isinstance(row, dict):
        return all(key in row and _holds(value, row[key]) for key, value in subset.items())
    return golden.comparable_value(subset) == golden.comparable_value(row)
