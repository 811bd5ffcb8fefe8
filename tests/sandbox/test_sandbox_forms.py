"""The form endpoints: /identify, /groupidentify and /usermap."""

import json

import pytest

from sandbox_client import API_KEY, client_of
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

PERSON = {"user_id": "user-1", "user_properties": {"$set": {"plan": "pro"}}}
GROUP = {"group_type": "company", "group_value": "Acme", "group_properties": {"seats": 3}}
MAPPING = {"user_id": "user-1", "global_user_id": "person-1"}
GOOD = {"/identify": PERSON, "/groupidentify": GROUP, "/usermap": MAPPING}
FIELD = {"/identify": "identification", "/groupidentify": "identification", "/usermap": "mapping"}
PATHS = pytest.mark.parametrize("path", GOOD)


def explanation(reply):
    return json.loads(reply.headers["X-Sandbox-Explanation"])


def rules(reply):
    return [found["rule"] for found in explanation(reply)]


def succeeded(reply):
    return (reply.status_code, reply.text) == (200, "success")


@PATHS
def test_an_object_or_a_list_of_them(sandbox, path):
    assert succeeded(sandbox.form(path, GOOD[path]))
    assert succeeded(sandbox.form(path, [GOOD[path], GOOD[path]]))
    assert len(sandbox.shown("identifies")) == 3
    assert sandbox.shown("events") == []


@PATHS
def test_multipart_and_query_are_read_too(sandbox, path):
    fields = {"api_key": API_KEY, FIELD[path]: json.dumps({**GOOD[path], "note": "é"})}
    parts = {name: (None, value.encode()) for name, value in fields.items()}
    assert succeeded(sandbox.http.post(path, files=parts))
    assert succeeded(sandbox.http.get(path, params=fields))
    assert succeeded(sandbox.http.post(path, params=fields))
    assert [item["note"] for item in sandbox.shown("identifies")] == ["é"] * 3


@PATHS
@pytest.mark.parametrize("items", ["", "{", "1", "[1]", "null", '{"a": NaN}'], ids=repr)
def test_bad_items_are_a_missing_event(sandbox, path, items):
    reply = sandbox.form(path, items)
    assert (reply.status_code, reply.text) == (400, "missing_event")


@PATHS
def test_success_may_be_json(path):
    with serving(SandboxConfig(json_success=True)) as served:
        reply = client_of(served).form(path, GOOD[path])
    assert (reply.status_code, reply.json()) == (200, {"code": 200})


@PATHS
def test_other_content_types_are_refused(sandbox, path):
    reply = sandbox.http.post(path, json={"api_key": API_KEY, FIELD[path]: GOOD[path]})
    assert (reply.status_code, rules(reply)) == (400, ["content_type"])
    assert sandbox.http.post(path).status_code == 400


@PATHS
def test_the_api_key_is_required_and_checked(sandbox, path):
    missing = sandbox.form(path, GOOD[path], api_key="")
    assert (missing.status_code, missing.text) == (400, "missing_api_key")
    with serving(SandboxConfig(api_keys=frozenset({"known"}))) as served:
        unknown = client_of(served).form(path, GOOD[path])
    assert (unknown.status_code, unknown.text) == (400, "invalid_api_key")


@PATHS
def test_one_bad_item_refuses_all(sandbox, path):
    reply = sandbox.form(path, [GOOD[path], {**GOOD[path], next(iter(GOOD[path])): 5}])
    assert (reply.status_code, reply.text) == (400, "invalid_event")
    assert [found["events"] for found in explanation(reply)] == [[1]]
    assert sandbox.shown("identifies") == []


@PATHS
def test_a_long_get_is_refused(sandbox, path):
    reply = sandbox.http.get(path, params={"api_key": API_KEY, "padding": "x" * 8_192})
    assert reply.status_code == 414


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/identify", 2_000), ("/groupidentify", 1_024), ("/usermap", 2_000)],
)
def test_items_and_bytes_up_to_the_limit(sandbox, path, limit):
    items = [
        {**GOOD[path], next(iter(GOOD[path])): f"somebody-{number}"} for number in range(limit + 1)
    ]
    assert succeeded(sandbox.form(path, items[:limit]))
    too_many = sandbox.form(path, items)
    too_long = sandbox.form(path, GOOD[path], padding="x" * 1_000_000)
    assert (too_many.status_code, too_long.status_code) == (413, 413)
    for reply in (too_many, too_long):
        (found,) = explanation(reply)
        assert found["documented"] is (path != "/identify")


@pytest.mark.parametrize(
    ("path", "item", "rule"),
    [
        ("/identify", {"user_properties": {}}, "missing_id"),
        ("/identify", {**PERSON, "user_id": "abc"}, "id_too_short"),
        ("/identify", {**PERSON, "user_id": "none"}, "reserved_id"),
        ("/identify", {**PERSON, "user_properties": []}, "not_object"),
        ("/identify", {**PERSON, "user_properties": {"$x": {}}}, "unknown_operation"),
        ("/identify", {**PERSON, "paying": True}, "not_text"),
        ("/groupidentify", {**GROUP, "group_type": ""}, "missing_field"),
        ("/groupidentify", {**GROUP, "group_value": 5}, "not_text"),
        ("/groupidentify", {**GROUP, "group_properties": None}, "missing_field"),
        ("/groupidentify", {**GROUP, "group_properties": 5}, "not_object"),
        ("/groupidentify", {**GROUP, "group_properties": {"$remove": {}}}, "group_operation"),
        ("/usermap", {"user_id": "user-1"}, "unmap_and_map"),
        ("/usermap", {**MAPPING, "unmap": True}, "unmap_and_map"),
        ("/usermap", {"user_id": "user-1", "unmap": False}, "not_boolean"),
        ("/usermap", {"global_user_id": "person-1"}, "missing_field"),
        ("/usermap", {**MAPPING, "global_user_id": "user-1"}, "mapping_cycle"),
    ],
    ids=str,
)
def test_bad_items(sandbox, path, item, rule):
    reply = sandbox.form(path, item)
    assert (reply.status_code, reply.text) == (400, "invalid_event")
    assert rule in rules(reply)


@PATHS
@pytest.mark.parametrize("options", ["undefined", "[]", '{"min_id_length": 0}'])
def test_bad_options(sandbox, path, options):
    assert sandbox.form(path, GOOD[path], options=options).text == "invalid_options"


def test_identify_updates_the_user_table(sandbox):
    item = {"device_id": "device-1", "user_properties": {"a": 1}, "groups": {"company": "Acme"}}
    assert succeeded(sandbox.form("/identify", [item, {**PERSON, "device_id": "device-1"}]))
    (user,) = sandbox.shown("users")
    assert user["user_id"] == "user-1"
    assert user["user_properties"] == {"a": 1, "plan": "pro"}
    assert user["groups"] == {"company": "Acme"}
    shown = sandbox.shown("identifies")
    assert [item["endpoint"] for item in shown] == ["/identify", "/identify"]
    assert {item["amplitude_id"] for item in shown} == {user["amplitude_id"]}


def test_short_ids_by_option(sandbox):
    item = {**PERSON, "user_id": "u"}
    assert succeeded(sandbox.form("/identify", item, options='{"min_id_length": 1}'))


def test_group_identify_updates_the_group(sandbox):
    sandbox.form("/groupidentify", [GROUP, {**GROUP, "group_properties": {"$add": {"seats": 2}}}])
    assert sandbox.shown("groups") == [{**GROUP, "group_properties": {"seats": 5}}]


@pytest.mark.parametrize("operation", [None, "$set"], ids=["plain", "set"])
def test_group_properties_of_one_request_are_limited(sandbox, operation):
    def item(count):
        properties = {f"property {number}": 1 for number in range(count)}
        return {**GROUP, "group_properties": {operation: properties} if operation else properties}

    assert succeeded(sandbox.form("/groupidentify", [item(500), item(524)]))
    assert sandbox.form("/groupidentify", [item(500), item(525)]).status_code == 413


def test_mappings_are_made_and_unmade(sandbox):
    other = {"user_id": "user-2", "global_user_id": "person-1"}
    sandbox.form("/usermap", [MAPPING, other])
    assert sandbox.shown("user_maps") == [MAPPING, other]
    sandbox.form("/usermap", {"user_id": "user-1", "unmap": True})
    assert sandbox.shown("user_maps") == [other]


def test_a_cycle_of_mappings_is_refused_unless_undone_first(sandbox):
    sandbox.form("/usermap", {"user_id": "aaaaa", "global_user_id": "bbbbb"})
    sandbox.form("/usermap", {"user_id": "bbbbb", "global_user_id": "ccccc"})
    back = {"user_id": "ccccc", "global_user_id": "aaaaa"}
    assert rules(sandbox.form("/usermap", back)) == ["mapping_cycle"]
    assert explanation(sandbox.form("/usermap", back))[0]["documented"] is False
    assert succeeded(sandbox.form("/usermap", [{"user_id": "aaaaa", "unmap": True}, back]))
