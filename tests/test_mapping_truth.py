"""What docs/mapping.md says of settings is so: a setting changes no field that does not name it."""

import json
from collections import defaultdict
from functools import cache

import pytest
import yaml

import golden_cases as golden
from seg2amp import transform
from seg2amp.settings import Environment
from seg2amp.transform.mapping_page import told_by_profile

pytestmark = pytest.mark.full

PROJECT = Environment().project_dir
CATALOGUE = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]["seg2amp"][
    "setting_catalogue"
]
# Values that a setting's type does not tell, each unlike its default.
VALUES = {
    "min_id_length": 1,
    "events_without_revenue": ["Song Played"],
    "page_name_template": "Saw {{name}}",
    "screen_name_template": "Saw {{name}}",
    "product_keys": ["price"],
    "product_event_name": "Bought",
    "default_revenue_type": "Sale",
    "append_fields_to_event_props": {"context.locale": "locale"},
    "map_query_params": {"search": "user_properties", "query": "event_properties"},
    "traits_left_out": ["plan"],
    "traits_to_increment": ["logins"],
    "traits_to_set_once": ["plan"],
    "traits_to_append": ["plan"],
    "traits_to_prepend": ["plan"],
    "traits_to_unset": ["plan"],
    "log_event_version": 1,
    "user_properties_set": {"last": "properties.song"},
    "user_properties_set_once": {"first": "properties.song"},
    "user_properties_add": {"songs": 1},
    "library_value": "warehouse",
    "version_name": "1.0",
    "mapped_fields": dict.fromkeys(
        ["dma", "android_id", "event_id", "paying", "start_version"], "context.app.build"
    ),
    "event_groups_option": "groups",
    "group_type_trait": "plan",
    "group_value_trait": "plan",
}
OPTIONS = {
    "Amplitude": {"session_id": 1709634030, "outOfSession": True, "groups": {"team": "Dune"}},
    "Actions Amplitude": {"session_id": 1709634031, "groups": {"team": "Arrakis"}},
}
CONTEXT = {
    "app": {"build": "7"},
    "traits": {"plan": "free", "address": {"city": "Lyon"}},
    "device": {"id": "device-1", "advertisingId": "ad-1"},
    "os": {"name": "iOS"},
    "locale": "en-US",
    "page": {"search": "?gclid=abc", "referrer": "https://example.com/a"},
    "campaign": {"source": "spring", "name": ""},
    "library": {"name": "analytics.js"},
}
PRODUCTS = [{"product_id": "p1", "price": "5", "quantity": 2, "sku": "s1"}, {"revenue": 7}]
BOUGHT = {"order_id": "o1", "total": 30, "price": 5, "quantity": 2, "products": PRODUCTS}
MESSAGES = [
    {"type": "track", "event": "Song Played", "properties": {"song": "Dune", "revenue": 12}},
    {"type": "track", "event": "Song Played", "properties": {"language": "de", "total": 3}},
    {"type": "track", "event": "Order Completed", "properties": BOUGHT},
    {"type": "track", "event": "order completed", "properties": {**BOUGHT, "revenue": "$20"}},
    {"type": "page", "name": "Home", "category": "Docs", "properties": {"path": "/"}},
    {"type": "page", "category": "Docs"},
    {"type": "screen", "name": "Home"},
    {"type": "screen"},
    {"type": "identify", "traits": {"plan": "pro", "logins": 3, "address": {"city": "Lyon"}}},
    {"type": "group", "groupId": "g1", "traits": {"kind": "team", "name": "Dune", "plan": "pro"}},
    {"type": "alias", "previousId": "someone-else"},
]
ROWS = {
    "product_purchased": "product event",
    "identify": "identify",
    "group_membership": "group membership",
    "group_properties": "group identify",
    "alias": "user mapping",
    "event_user_properties": "user properties",
}
# They go along with a revenue, and so with what bears on that.
WITH_REVENUE = {"price", "quantity", "productId", "revenueType"}
# These two go together.
GROUPS = {"group_type_trait": "kind", "group_value_trait": "name"}
# They say nothing where a template names pages.
OF_CLASSIC = ("track_named_pages", "track_categorized_pages", "track_all_pages", "screen_naming")


def profile_of(name):
    return "classic" if name in OF_CLASSIC else "recommended"


def alternatives():
    """Give each setting with each value that it may have and does not have already."""
    for name, entry in CATALOGUE.items():
        default = entry.get("default", entry.get(profile_of(name)))
        values = [True, False] if entry["type"] == "boolean" else entry.get("allowed", [])
        if name in VALUES:
            yield name, VALUES[name]
        elif name not in {"endpoint_region", "send_to_batch_endpoint"}:
            yield from ((name, value) for value in values if value != default)


def lines():
    common = {"userId": "user-12345", "anonymousId": "anon-12345", "context": CONTEXT}
    common |= {"timestamp": "2024-03-05T10:20:30.456Z", "integrations": OPTIONS}
    own = [{"messageId": f"own-{i}", **common, **message} for i, message in enumerate(MESSAGES)]
    return golden.messages() + [json.dumps(message) for message in own]


@pytest.fixture(scope="module")
def bears_on():
    named = defaultdict(set)
    for tables in told_by_profile(PROJECT).values():
        for row in tables["audit_mapping"]:
            field = row["amplitude_field"].partition(".")[0]
            named[row["amplitude_row"], field].update(row["settings"].split(", "))
    for (row, field), settings in named.items():
        settings.update(named[row, "revenue"] if field in WITH_REVENUE else ())
    return named


def rows(settings):
    everything = {**GROUPS, "send_alias": True, **settings}
    found = {}
    for line in map(json.loads, transform.preview(PROJECT, lines(), everything).lines):
        if "payload" in line:
            row = ROWS.get(line["rule_id"], "event")
            key = line["payload"].get("insert_id")
            found[line["line"], row, key] = line["payload"]
    return found


@cache
def rows_before(profile):
    return rows({"profile": profile})


@pytest.mark.parametrize(("name", "value"), list(alternatives()))
def test_a_setting_changes_no_field_that_does_not_name_it(bears_on, name, value):
    profile = profile_of(name)
    before, after = rows_before(profile), rows({"profile": profile, name: value})
    changed = {
        (key[1], field)
        for key in before.keys() & after.keys()
        for field in before[key].keys() | after[key].keys()
        if before[key].get(field) != after[key].get(field)
    }
    assert {place for place in changed if name not in bears_on[place]} == set()
