"""docs/mapping.md says what the models do, and leaves nothing out."""

import json
import re

import pytest

from golden_cases import GOLDEN
from seg2amp.settings import REPOSITORY, Environment
from seg2amp.transform.mapping_page import PROFILES, mapping_page, told_by_profile

PAGE = REPOSITORY / "docs" / "mapping.md"
# Where rows go to, and what the outbox does with them; of where they come from a section of its
# own tells. No field or rule does.
ELSEWHERE = {
    "profile",
    "endpoint_region",
    "send_to_batch_endpoint",
    "suppressed_users_relation",
    "user_properties_when_changed",
}
# Settings of Amplitude (Classic) whose default here is another; its comment says why.
OTHER_DEFAULT = {
    "endpoint": "north_america",
    "sendToBatchEndpoint": True,
    "trackAllPagesV2": "cloud",
}


@pytest.fixture(scope="module")
def told():
    return told_by_profile(Environment().project_dir)


@pytest.fixture(scope="module")
def settings(told):
    return {row["setting"]: json.loads(row["value"]) for row in told["classic"]["audit_settings"]}


def test_the_page_is_what_the_settings_and_rules_say(told):
    assert PAGE.read_text() == mapping_page(told), "docs/mapping.md is stale: run `make docs`"


def test_a_cell_is_one_line_and_every_row_has_the_cells_of_its_table(told):
    rows = [line for line in mapping_page(told).splitlines() if line.startswith("|")]
    bars = re.compile(r"(?<!\\)\|")
    heads = [len(bars.findall(row)) for row in rows]
    breaks = [i for i, row in enumerate(rows) if row.startswith("|---")]
    assert len(breaks) > 15
    for start, end in zip(breaks, [*(i - 1 for i in breaks[1:]), len(rows)], strict=True):
        assert set(heads[start - 1 : end]) == {heads[start]}, rows[start - 1]


def test_every_setting_bears_on_a_field_or_on_a_rule(told, settings):
    named = set()
    for tables in told.values():
        for row in tables["audit_mapping"]:
            named.update(row["settings"].split(", "))
        for row in tables["audit_routing"]:
            named.update(re.findall(r"`(\w+)`", row["says"]))
    rows = told["classic"]["audit_settings"]
    raw_data = {row["setting"] for row in rows if row["section"] == "raw data"}
    assert set(settings) - named == ELSEWHERE | raw_data


def test_every_payload_key_of_the_destination_is_a_field(told):
    fields = {row["amplitude_field"].partition(".")[0] for row in told["actions"]["audit_mapping"]}
    sent = set()
    for line in (GOLDEN / "actions" / "default.ndjson").read_text().splitlines():
        body = json.loads(line).get("body", {})
        sent.update(key for event in body.get("events", []) for key in event)
    leaks = {"use_batch_endpoint", "products"}
    assert sent - leaks <= fields


def test_the_settings_of_classic_are_segments_37(told):
    catalogue = json.loads((GOLDEN / "classic" / "settings-catalog.json").read_text())
    rows = told["classic"]["classic_settings"]
    assert [(row["name"], row["label"], row["default_value"]) for row in rows] == [
        (entry["name"], entry["label"], entry["default"]) for entry in catalogue
    ]


def test_a_setting_of_classic_has_a_setting_with_its_default_or_a_reason(told, settings):
    for row in told["classic"]["classic_settings"]:
        if not row["setting"]:
            assert row["comment"], row["name"]
            continue
        own = settings[row["setting"]]
        if row["name"] in OTHER_DEFAULT:
            assert row["comment"], row["name"]
            assert own == OTHER_DEFAULT[row["name"]]
        else:
            assert own == json.loads(row["default_value"].replace("''", '""')), row["name"]


def test_what_stands_for_an_action_exists(told, settings):
    models = "".join(
        path.read_text() for path in (Environment().project_dir / "models").rglob("*.sql")
    )
    rules = {row["rule_id"] for row in told["actions"]["audit_routing"]}
    rows = told["actions"]["segment_actions"]
    assert len(rows) == 7
    for row in rows:
        assert set(row["settings"].split(", ")) <= set(settings), row["action"]
        for rule in filter(None, row["rules"].split(", ")):
            assert rule in rules or f"'{rule}'" in models, rule


def test_the_profiles_are_those_of_dbt(told):
    allowed = told["actions"]["audit_settings"][0]["allowed"]
    assert tuple(allowed.split(", ")) == PROFILES
