"""The modes: a rule refuses where its source counts, and warns where it does not."""

import json

import pytest

from sandbox_client import API_KEY, NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

LABEL = "not documented by Amplitude"
JSON = {"content-type": "application/json"}
MODES = ["strict", "lenient", "docs2023"]
DEEP = {"$clearAll": "-", "$set": {"a": 1}}
ODD_EVENTS = {
    "out_of_time": event(time=0),
    "out_of_range": event(location_lat=91),
    "reserved_id_case": event(user_id="Unknown"),
    "id_too_long": event(user_id="x" * 1_025),
    "event_type_too_long": event(event_type="x" * 1_025),
    "empty_key": event(event_properties={"": 1}),
    "unknown_operation": event(event_type="$identify", user_properties={"$put": {"a": 1}}),
    "clear_all_not_alone": event(event_type="$identify", user_properties=DEEP),
    "plan_keys": event(plan={"colour": "red"}),
}


def serve(mode, **choices):
    return serving(SandboxConfig(mode=mode, clock=lambda: NOW, **choices))


@pytest.fixture(scope="module", params=MODES[1:])
def served_tolerant(request):
    with serve(request.param) as served, client_of(served).http:
        yield client_of(served)


@pytest.fixture
def tolerant(served_tolerant):
    """Give a sandbox whose own rules only warn."""
    served_tolerant.http.post("/_sandbox/reset")
    return served_tolerant


def remarks(reply):
    """Give the rules that a request broke without being refused."""
    found = json.loads(reply.headers["x-sandbox-explanation"])
    assert all(LABEL in rule["text"] for rule in found)
    return [rule["rule"] for rule in found]


@pytest.mark.parametrize("rule", ODD_EVENTS)
def test_our_rules_for_events_refuse_in_strict_mode_only(sandbox, tolerant, rule):
    assert sandbox.upload([ODD_EVENTS[rule]]).status_code == 400
    assert tolerant.upload([ODD_EVENTS[rule]]).status_code == 200
    (row,) = tolerant.shown("events")
    (warning,) = [found for found in row["warnings"] if found["rule"] == rule]
    assert LABEL in warning["text"]
    assert tolerant.http.get("/").status_code == 200


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"a": NaN, "b": 1e999}', {"a": None, "b": None}),
        ('{"a": 1, "a": 2}', {"a": 2}),
        ('{"a": "x\\ud83dy"}', {"a": "x?y"}),
    ],
    ids=["no-number", "repeated", "surrogate"],
)
def test_lax_json_is_read_as_well_as_it_can_be(sandbox, tolerant, text, kept):
    body = json.dumps({"api_key": API_KEY, "events": [event(event_properties="?")]})
    content = body.replace('"?"', text)
    assert sandbox.http.post("/batch", content=content, headers=JSON).status_code == 400
    reply = tolerant.http.post("/batch", content=content, headers=JSON)
    assert (reply.status_code, remarks(reply)) == (200, ["lax_json"])
    assert tolerant.shown("events")[0]["event_properties"] == kept
    assert [rule["rule"] for rule in tolerant.shown("journal")[0]["rules"]] == ["lax_json"]
    assert "lax_json" in [rule["rule"] for rule in tolerant.shown("summary")["warnings"]]


def test_json_that_is_none_is_refused_in_every_mode(tolerant):
    content = '{"a": NaN, "b": ' + "[" * 90_000
    reply = tolerant.http.post("/batch", content=content, headers=JSON)
    assert (reply.status_code, reply.json()["error"]) == (400, "Invalid JSON request body")


def test_odd_options_are_passed_over(tolerant):
    reply = tolerant.upload([event()], options=[])
    assert (reply.status_code, remarks(reply)) == (200, ["invalid_options"])
    item = {"user_id": "user-1", "user_properties": {"a": 1}}
    reply = tolerant.form("/identify", item, options="undefined")
    assert (reply.text, remarks(reply)) == ("success", ["invalid_options"])


def test_identify_has_no_limits_of_ours(tolerant):
    items = [{"user_id": f"somebody-{number}", "user_properties": {}} for number in range(2_001)]
    many = tolerant.form("/identify", items)
    assert (many.text, remarks(many)) == ("success", ["identify_limits"])
    large = tolerant.form("/identify", items[0], padding="x" * 1_000_001)
    assert (large.text, remarks(large)) == ("success", ["identify_limits"])


def test_documented_limits_hold_in_every_mode(tolerant):
    assert tolerant.upload([event()] * 2_001).status_code == 413
    mapping = {"user_id": "user-1", "global_user_id": "person-1"}
    assert tolerant.form("/usermap", mapping, padding="x" * 1_000_001).status_code == 413
    assert tolerant.upload([event(user_id="unknown")]).status_code == 400


def test_a_circle_of_mappings_can_be_made_and_read(tolerant):
    def mapping(source, target):
        return {"user_id": source, "global_user_id": target}

    circle = [mapping("aaaaa", "bbbbb"), mapping("bbbbb", "aaaaa"), mapping("ccccc", "aaaaa")]
    assert tolerant.form("/usermap", circle).text == "success"
    rules = [[found["rule"] for found in item["warnings"]] for item in tolerant.shown("identifies")]
    assert rules == [[], ["mapping_cycle"], []]
    asked = {"user_ids": ["aaaaa"]}
    found = tolerant.http.request("GET", "/api/2/usermap", json=asked, auth=(API_KEY, "secret"))
    (told,) = found.json().values()
    assert [user["user_id"] for user in told["mapped_from"]] == ["bbbbb", "ccccc"]
    assert [user["user_id"] for user in told["mapped_to"]] == ["bbbbb"]


@pytest.mark.parametrize("time", [10**18, -(10**18)])
def test_a_time_off_the_calendar_can_be_shown_and_exported(tolerant, time):
    assert tolerant.upload([event(time=time)]).status_code == 200
    assert tolerant.http.get("/").status_code == 200
    tolerant.http.post("/_sandbox/clock", json={"advance_ms": 7_200_000})
    hours = {"start": "20260115T12", "end": "20260115T12"}
    exported = tolerant.http.get("/api/2/export", params=hours, auth=(API_KEY, "secret"))
    assert exported.status_code == 200


SHORT = [event(user_id="abc"), event(insert_id="2", user_id="abc", device_id=...)]


@pytest.mark.parametrize("mode", MODES[:2])
def test_a_short_id_refuses_as_was_seen_in_practice(mode):
    with serve(mode) as served, client_of(served).http:
        reply = client_of(served).upload(SHORT[:1])
    assert reply.json()["events_with_invalid_id_lengths"] == {"user_id": [0]}
    (explanation,) = reply.json()["_sandbox"]
    assert (explanation["documented"], LABEL in explanation["text"]) == (False, True)


def test_a_short_id_is_left_out_as_the_documents_say():
    with serve("docs2023") as served, client_of(served).http:
        sandbox = client_of(served)
        assert sandbox.upload(SHORT[:1]).status_code == 200
        (user,) = sandbox.shown("users")
        assert (user["user_id"], user["device_ids"]) == (None, ["device-1"])
        nobody = sandbox.upload(SHORT[1:])
        assert nobody.json()["events_with_missing_fields"] == {"user_id": [0]}


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("strict", "Invalid API key: 0123***"),
        ("lenient", "Invalid API key: 0123***"),
        ("docs2023", "Invalid API key"),
    ],
)
def test_an_unknown_key_is_refused_in_the_words_seen_or_documented(mode, error):
    with serve(mode, api_keys=frozenset({"known"})) as served, client_of(served).http:
        assert client_of(served).upload([event()]).json()["error"] == error
