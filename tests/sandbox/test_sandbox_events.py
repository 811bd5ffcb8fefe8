"""The checks of single events: what is refused, what is remarked upon, what is accepted."""

import pytest

from sandbox_client import NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

LISTS = (
    "events_with_missing_fields",
    "events_with_invalid_fields",
    "events_with_invalid_id_lengths",
)


def nested(depth):
    value = {}
    for _ in range(depth - 1):
        value = {"deeper": value}
    return value


def identify(operations, **changes):
    return event(event_type="$identify", user_properties=operations, **changes)


def group_identify(properties, **changes):
    group = {"groups": {"company": "Acme"}, "group_properties": properties}
    return event(event_type="$groupidentify", **{**group, **changes})


MISSING = [
    pytest.param(event(event_type=...), "event_type", id="no_event_type"),
    pytest.param(event(event_type=""), "event_type", id="empty_event_type"),
    pytest.param(event(event_type=None), "event_type", id="null_event_type"),
    pytest.param(event(user_id=..., device_id=...), "user_id", id="no_id"),
    pytest.param(event(user_id=None, device_id=None), "user_id", id="null_ids"),
    pytest.param(group_identify({"a": 1}, groups={}), "groups", id="group_identify_of_no_group"),
]
INVALID = [
    ("user_id", 12345, "not_text"),
    ("device_id", ["device"], "not_text"),
    *(
        ("user_id", reserved, "reserved_id")
        for reserved in ("anonymous", "None".lower(), "n/a", "{}", "lmy47d", "0", "-1", "")
    ),
    ("device_id", "00000000-0000-0000-0000-000000000000", "reserved_id"),
    ("device_id", "00000000000000000000", "reserved_id_case"),
    ("user_id", "Anonymous", "reserved_id_case"),
    ("user_id", "  unknown ", "reserved_id_case"),
    ("user_id", "u" * 1_025, "id_too_long"),
    ("event_type", 42, "not_text"),
    ("event_type", "e" * 1_025, "event_type_too_long"),
    ("event_type", "[Amplitude] Start Session", "reserved_event_type"),
    ("time", "2026-01-15T12:00:00Z", "not_epoch_ms"),
    ("time", float(NOW), "not_epoch_ms"),
    ("time", True, "not_epoch_ms"),
    ("time", 0, "out_of_time"),
    ("time", NOW // 1_000, "out_of_time"),
    ("time", NOW + 86_400_001, "out_of_time"),
    ("session_id", "1768478400000", "not_epoch_ms"),
    ("session_id", -2, "out_of_time"),
    ("event_id", "7", "not_integer"),
    ("quantity", 1.5, "not_integer"),
    ("price", "9.99", "not_number"),
    ("price", 10**400, "not_number"),
    ("revenue", False, "not_number"),
    ("location_lat", 90.1, "out_of_range"),
    ("location_lng", "13", "not_number"),
    ("currency", "eur", "currency"),
    ("currency", "EURO", "currency"),
    ("platform", {"name": "Web"}, "not_text"),
    ("insert_id", 5, "not_text"),
    ("$skip_user_properties_sync", "true", "not_boolean"),
    ("plan", {"branch": "main", "colour": "red"}, "plan_keys"),
    ("plan", {"version": 3}, "plan_keys"),
    ("ingestion_metadata", {"source_name": 1}, "not_text"),
    ("groups", "Acme", "not_object"),
    ("groups", {"company": 5}, "group_value"),
    ("groups", {"company": ["Acme", None]}, "group_value"),
    ("event_properties", [], "not_object"),
    ("event_properties", nested(41), "too_deep"),
    ("event_properties", {"list": [nested(40)]}, "too_deep"),
    ("event_properties", {"": 1}, "empty_key"),
    ("user_properties", "plan", "not_object"),
    ("something_else", nested(60), "too_deep"),
]
INVALID_OPERATIONS = [
    pytest.param(identify({"$put": {"a": 1}}), "unknown_operation", id="unknown"),
    pytest.param(identify({"$set": {"a": 1}, "b": 2}), "mixed_operations", id="mixed"),
    pytest.param(identify({"$set": 1}), "operation_not_object", id="operation_of_a_number"),
    pytest.param(identify({"$add": {"a": "1"}}), "add_not_number", id="add_text"),
    pytest.param(
        identify({"$clearAll": "-", "$set": {"a": 1}}), "clear_all_not_alone", id="clear_and_set"
    ),
    pytest.param(group_identify({"$remove": {"a": 1}}), "group_operation", id="group_remove"),
    pytest.param(group_identify({"$clearAll": "-"}), "group_operation", id="group_clear_all"),
]
WARNED = [
    pytest.param(event(insert_id=...), "insert_id", "missing_insert_id", id="no_insert_id"),
    pytest.param(event(messageId="m"), "messageId", "unknown_key", id="unknown_key"),
    pytest.param(event(platform=None), "platform", "null_field", id="null_field"),
    pytest.param(event(productId="P"), "productId", "product_without_revenue", id="product"),
    pytest.param(event(city="x" * 1_025), "city", "string_too_long", id="long_city"),
    pytest.param(
        event(event_properties={"list": [1, None]}),
        "event_properties",
        "null_in_list",
        id="null_in_list",
    ),
    pytest.param(
        event(event_properties={"list": [[1]]}), "event_properties", "nested_list", id="nested_list"
    ),
    pytest.param(
        event(event_properties={"list": ["x" * 1_025]}),
        "event_properties",
        "string_too_long",
        id="long_string_in_a_list",
    ),
    pytest.param(
        event(user_properties={"$set": {"plan": "pro"}}),
        "user_properties",
        "operation_on_event",
        id="operation_on_event",
    ),
    pytest.param(
        event(group_properties={"a": 1}),
        "group_properties",
        "group_properties_ignored",
        id="group_properties",
    ),
    pytest.param(
        event(groups={"company": [str(number) for number in range(11)]}),
        "groups",
        "too_many_groups",
        id="eleven_groups",
    ),
    pytest.param(
        event(groups=dict.fromkeys("abcdef", "x")),
        "groups",
        "too_many_groups",
        id="six_group_types",
    ),
    pytest.param(
        group_identify({"a": 1}, user_id=..., device_id=...),
        "user_id",
        "group_identify_without_id",
        id="group_identify_without_id",
    ),
]
ACCEPTED = [
    pytest.param(event(user_id=...), id="device_only"),
    pytest.param(event(device_id=...), id="user_only"),
    pytest.param(event(time=...), id="no_time"),
    pytest.param(event(session_id=-1), id="no_session"),
    pytest.param(event(session_id=NOW - 60_000), id="session"),
    pytest.param(event(price=9, quantity=2, revenueType="order", productId="P"), id="revenue"),
    pytest.param(event(revenue=-1.5, currency="EUR"), id="refund"),
    pytest.param(event(location_lat=52.5, location_lng=-180), id="place"),
    pytest.param(event(groups={"company": ["Acme", "Other"], "team": "A"}), id="groups"),
    pytest.param(event(event_properties=nested(40)), id="forty_deep"),
    pytest.param(event(event_properties={"a": None, "b": [{"c": 1.5}], "d": True}), id="values"),
    pytest.param(event(plan={"branch": "main", "versionId": "7"}), id="plan"),
    pytest.param(event(library="segment", partner_id="p", version_name="1"), id="sdk_keys"),
    pytest.param(event(event_type="   "), id="blank_event_type"),
    pytest.param(identify({"$set": {"a": 1}, "$add": {"n": 2}}), id="operations"),
    pytest.param(identify({"$clearAll": "-"}), id="clear_all"),
    pytest.param(identify({"a": 1}), id="plain_identify"),
    pytest.param(group_identify({"$unset": {"a": "-"}}), id="group_operation"),
]


def refused(sandbox, bad):
    """Send the bad event among good ones; nothing of it may be stored."""
    reply = sandbox.upload([event(insert_id="first"), bad, event(insert_id="last")])
    assert reply.status_code == 400
    assert sandbox.shown("events") == []
    return reply.json()


def names(reply):
    return [explanation["rule"] for explanation in reply["_sandbox"]]


@pytest.mark.parametrize(("bad", "field"), MISSING)
def test_missing_fields(sandbox, bad, field):
    reply = refused(sandbox, bad)
    assert reply["error"] == "Request missing required field"
    assert reply["events_with_missing_fields"] == {field: [1]}


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [pytest.param(*case, id=f"{case[0]}_{case[2]}") for case in INVALID],
)
def test_invalid_fields(sandbox, field, value, rule):
    reply = refused(sandbox, event(**{field: value}))
    assert names(reply) == [rule]
    documented = {key: found for key, found in reply.items() if key != "_sandbox"}
    assert documented == {
        "code": 400,
        "error": "Invalid field values on some events",
        "events_with_invalid_fields": {field: [1]},
    }


@pytest.mark.parametrize(("bad", "rule"), INVALID_OPERATIONS)
def test_invalid_operations(sandbox, bad, rule):
    reply = refused(sandbox, bad)
    field = "group_properties" if "group_properties" in bad else "user_properties"
    assert names(reply) == [rule]
    assert reply["events_with_invalid_fields"] == {field: [1]}


@pytest.mark.parametrize(("odd", "field", "rule"), WARNED)
def test_warnings_are_labelled_and_stored_with_the_row(sandbox, odd, field, rule):
    assert sandbox.upload([odd]).status_code == 200
    (row,) = sandbox.shown("events")
    (warning,) = row["warnings"]
    assert (warning["field"], warning["rule"]) == (field, rule)
    assert warning["documented"] is ("not documented by Amplitude" not in warning["text"])
    assert sandbox.shown("summary")["warnings"][0]["rule"] == rule


@pytest.mark.parametrize("good", ACCEPTED)
def test_accepted_without_a_remark(sandbox, good):
    assert sandbox.upload([good]).status_code == 200
    (row,) = sandbox.shown("events")
    assert row["warnings"] == []
    assert row.items() >= good.items()


def test_short_ids_refuse_the_whole_request(sandbox):
    reply = refused(sandbox, event(user_id="abcd"))
    assert reply["error"] == "Invalid id length for user_id or device_id"
    assert reply["events_with_invalid_id_lengths"] == {"user_id": [1]}


def test_ids_are_measured_without_outer_spaces(sandbox):
    assert "events_with_invalid_id_lengths" in refused(sandbox, event(device_id="  abc  "))


def test_min_id_length_is_an_option_of_the_request(sandbox):
    short = event(user_id="u", device_id="d")
    assert sandbox.upload([short], options={"min_id_length": 1}).status_code == 200
    longer = sandbox.upload([event()], options={"min_id_length": 8}).json()
    assert longer["events_with_invalid_id_lengths"] == {"user_id": [0]}


MANY_BAD = [
    event(time="now"),
    event(time=0, event_type=...),
    event(),
    event(time="then", user_id="abc"),
]


def test_every_bad_event_is_listed_by_kind_and_field(sandbox):
    reply = sandbox.upload(MANY_BAD).json()
    assert {key: reply[key] for key in LISTS} == {
        "events_with_missing_fields": {"event_type": [1]},
        "events_with_invalid_fields": {"time": [0, 1, 3]},
        "events_with_invalid_id_lengths": {"user_id": [3]},
    }
    assert {found["rule"]: found["events"] for found in reply["_sandbox"]} == {
        "not_epoch_ms": [0, 3],
        "out_of_time": [1],
        "missing_field": [1],
        "id_too_short": [3],
    }


def test_first_index_only_names_one_event_per_field():
    config = SandboxConfig(first_index_only=True, clock=lambda: NOW)
    with serving(config) as served:
        reply = client_of(served).upload(MANY_BAD).json()
    assert reply["events_with_invalid_fields"] == {"time": [0]}
    assert reply["events_with_missing_fields"] == {"event_type": [1]}


def test_a_warning_can_be_made_a_refusal():
    config = SandboxConfig(refused_warnings=frozenset({"operation_on_event"}), clock=lambda: NOW)
    with serving(config) as served:
        reply = client_of(served).upload([event(user_properties={"$set": {"a": 1}})]).json()
    assert reply["events_with_invalid_fields"] == {"user_properties": [0]}
