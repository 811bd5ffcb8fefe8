"""Golden cases: what Segment's own destinations send, held against what a preview prints."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"

TALLY: dict[str, tuple[int, int]] = {}
"""Matching and all cases of each golden file that was held against the models."""

GROUP_AND_ALIAS = {
    "send_group": True,
    "group_type_trait": "group_type",
    "group_value_trait": "name",
    "send_alias": True,
}
ACTIONS_SETTINGS: dict[str, dict[str, object]] = {
    "default": {},
    "per_product": {"track_revenue_per_product": True},
    "eu_batch": {"endpoint_region": "europe", "send_to_batch_endpoint": True},
    "min_id_1": {"min_id_length": 1},
    "insert_id": {},
    "legacy_library": {"library_value": "segment"},
    "raw_user_agent": {"include_raw_user_agent": True},
    "groups_and_add": {
        "event_groups_option": "groups",
        "user_properties_add": {"order_count": 1, "spent": "properties.price"},
        "user_properties_set_once": {"first_seen": "timestamp"},
        "user_properties_set": {"last_plan": "properties.plan"},
    },
    "logevent_v1": {"log_event_version": 1},
}
LEAKS = {"use_batch_endpoint", "products", "min_id_length"}


@dataclass
class Outcome:
    """What one message gives: rows by endpoint, or the word for why there are none."""

    rows: set[tuple[str, str]] = field(default_factory=set)
    word: str = "mapped"


def messages() -> list[str]:
    """Give the Segment messages of golden/actions, one a line."""
    return (GOLDEN / "actions" / "messages.ndjson").read_text().splitlines()


def expected(name: str) -> dict[str, Outcome]:
    """Read what the destination does under one settings file, by message id."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for line in (GOLDEN / "actions" / f"{name}.ndjson").read_text().splitlines():
        request = json.loads(line)
        outcome = outcomes[request["messageId"]]
        if "body" not in request:
            outcome.word = "rejected" if "error" in request else "dropped"
            continue
        verb = request["url"].rsplit("/", 1)[1]
        endpoint = {"httpapi": "batch", "identify": "batch"}.get(verb, verb)
        for row in _entries(request["body"]):
            outcome.rows.add((endpoint, _comparable(row, verb == "identify", name)))
    return outcomes


def printed(lines: tuple[str, ...], name: str) -> dict[str, Outcome]:
    """Read the lines of a preview, by message id. A row that is made and refused counts as made."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for line in map(json.loads, lines):
        outcome = outcomes[line["message_id"]]
        if "payload" in line:
            row = line["payload"]
            identify = row.get("event_type") == "$identify" and "identify" in _kind(line)
            outcome.rows.add((line["endpoint"], _comparable(row, identify, name)))
        else:
            outcome.word = line["outcome"]
    return outcomes


def _kind(line: dict) -> str:
    return {"identify": "identify", "group_membership": "identify"}.get(line["rule_id"], "event")


def _entries(body: dict) -> list[dict]:
    entries = body.get("events") or body.get("identification") or body.get("mapping")
    if isinstance(entries, str):
        entries = json.loads(entries)
    return entries if isinstance(entries, list) else [entries]


def _comparable(row: dict, identify: bool, name: str) -> str:
    left_out = set(LEAKS)
    if name != "insert_id" or identify:
        left_out.add("insert_id")
    if identify:
        left_out |= {"time", "event_type"}
    kept = {k: comparable_value(v) for k, v in row.items() if v is not None and k not in left_out}
    return json.dumps(kept, sort_keys=True)


def comparable_value(value: object) -> object:
    """Compare numbers as numbers: 1 is 1.0, and -0.0 is 0."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value) + 0.0
    if isinstance(value, list):
        return [comparable_value(item) for item in value]
    return {key: comparable_value(item) for key, item in value.items()}
