"""golden/classic: cases of Amplitude (Classic), and whether the lines of a preview hold them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import golden_cases as golden
from seg2amp.sample.names import snake_case

CASES = json.loads((golden.GOLDEN / "classic" / "cases.json").read_text())


@dataclass
class Round:
    """Settings of ours, the cases under them, and their messages as lines of raw JSON."""

    settings: dict[str, object] = field(default_factory=dict)
    cases: list[dict] = field(default_factory=list)

    @property
    def messages(self) -> list[str]:
        inputs = [{**case["input"], "messageId": case["name"]} for case in self.cases]
        return [json.dumps(message) for message in inputs]

    @property
    def calls(self) -> set[str]:
        return {case["input"]["type"] for case in self.cases}


def each() -> Iterator[Round]:
    """Give the cases of each choice of settings."""

    def key(case: dict) -> str:
        named = {snake_case(name): value for name, value in case["settings"].items()}
        return json.dumps({"profile": "classic", **named}, sort_keys=True)

    for settings, group in groupby(sorted(CASES, key=key), key=key):
        yield Round(json.loads(settings), list(group))


def together() -> list[Round]:
    """Give the same in fewer rounds: settings for cases of different calls share one."""
    rounds: list[Round] = []
    for group in each():
        free = (found for found in rounds if found.calls.isdisjoint(group.calls))
        shared = next(free, None)
        if shared is None:
            rounds.append(group)
        else:
            shared.settings |= group.settings
            shared.cases += group.cases
    return rounds


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
