"""golden/classic: the documented behaviour of Amplitude (Classic)."""

import json
from itertools import groupby

import pytest

import golden_cases as golden
from seg2amp import transform
from seg2amp.sample.names import snake_case
from seg2amp.settings import Environment

# What the settings that exist so far reach; the settings still to come are the rest.
MATCHING = 39
CASES = json.loads((golden.GOLDEN / "classic" / "cases.json").read_text())


@pytest.fixture(scope="module")
def catalogue():
    """Give the names of the settings that exist."""
    import yaml

    project = yaml.safe_load((Environment().project_dir / "dbt_project.yml").read_text())
    return set(project["vars"]["seg2amp"]["setting_catalogue"])


def _ours(settings: dict, catalogue: set[str]) -> dict[str, object]:
    named = {snake_case(key): value for key, value in settings.items()}
    return {name: value for name, value in named.items() if name in catalogue}


def _preview(cases: list[dict], settings: dict[str, object]) -> dict[str, list[dict]]:
    messages = [{**case["input"], "messageId": case["name"]} for case in cases]
    shown = transform.preview(
        Environment().project_dir,
        [json.dumps(message) for message in messages],
        {"profile": "classic", **settings},
    )
    rows: dict[str, list[dict]] = {case["name"]: [] for case in cases}
    for line in map(json.loads, shown.lines):
        rows[line["message_id"]].append(line)
    return rows


def _holds(subset: object, row: object) -> bool:
    if isinstance(subset, dict) and isinstance(row, dict):
        return all(key in row and _holds(value, row[key]) for key, value in subset.items())
    return golden.comparable_value(subset) == golden.comparable_value(row)


def _matches(case: dict, lines: list[dict]) -> bool:
    made = [line for line in lines if "payload" in line]
    batch = [line["payload"] for line in made if line["endpoint"] == "batch"]
    events = [row for row in batch if row["event_type"] != "$identify"]
    parts = {
        "rows_subset": events,
        "identify": [row for row in batch if row["event_type"] == "$identify"],
        "groupidentify": [x["payload"] for x in made if x["endpoint"] == "groupidentify"],
        "usermap": [x["payload"] for x in made if x["endpoint"] == "usermap"],
    }
    wanted = case["expected"]
    counted = wanted.get("row_count", len(events)) == len(events)
    absent = all(
        name not in row.get("user_properties", {})
        for name in wanted.get("absent_user_properties", ())
        for row in events
    )
    return counted and absent and all(_part(wanted, part, rows) for part, rows in parts.items())


def _part(wanted: dict, part: str, rows: list[dict]) -> bool:
    if part not in wanted:
        return True
    exact = part == "rows_subset" or len(rows) == len(wanted[part])
    return exact and all(any(_holds(want, row) for row in rows) for want in wanted[part])


def test_cases_give_the_documented_rows(catalogue):
    def key(case: dict) -> str:
        return json.dumps(_ours(case["settings"], catalogue), sort_keys=True)

    different = []
    for settings, group in groupby(sorted(CASES, key=key), key=key):
        cases = list(group)
        rows = _preview(cases, json.loads(settings))
        different += [c["name"] for c in cases if not _matches(c, rows[c["name"]])]
    golden.TALLY["classic"] = (len(CASES) - len(different), len(CASES))
    assert len(CASES) - len(different) >= MATCHING, different
