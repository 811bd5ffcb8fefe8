"""The checks of whole requests to /batch and /2/httpapi."""

import gzip
import json

import pytest

from sandbox_client import API_KEY, NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

JSON = {"content-type": "application/json"}
BODY = json.dumps({"api_key": API_KEY, "events": [event()]}).encode()


def one_rule(reply):
    (explanation,) = reply.json()["_sandbox"]
    return explanation


@pytest.mark.parametrize("path", ["/batch", "/2/httpapi"])
def test_success_body_has_the_documented_shape(sandbox, path):
    reply = sandbox.http.post(path, content=BODY, headers=JSON)
    assert reply.status_code == 200
    assert reply.json() == {
        "code": 200,
        "events_ingested": 1,
        "payload_size_bytes": len(BODY),
        "server_upload_time": NOW,
    }


@pytest.mark.parametrize(
    ("content", "error", "rule"),
    [
        pytest.param(b"", "Missing request body", "missing_body", id="empty"),
        pytest.param(b" \n", "Missing request body", "missing_body", id="blank"),
        pytest.param(b"{", "Invalid JSON request body", "invalid_json", id="half"),
        pytest.param(b"[]", "Invalid JSON request body", "invalid_json", id="list"),
        pytest.param(b"\xff{}", "Invalid JSON request body", "invalid_json", id="not_utf8"),
        pytest.param(b"[" * 90_000, "Invalid JSON request body", "invalid_json", id="abyss"),
        pytest.param(b'{"a": NaN}', "Invalid JSON request body", "lax_json", id="nan"),
        pytest.param(b'{"a": -Infinity}', "Invalid JSON request body", "lax_json", id="infinity"),
        pytest.param(b'{"a": 1e999}', "Invalid JSON request body", "lax_json", id="overflow"),
        pytest.param(b'{"a":1,"a":2}', "Invalid JSON request body", "lax_json", id="repeated_key"),
        pytest.param(b'{"a":"\\ud83d"}', "Invalid JSON request body", "lax_json", id="surrogate"),
    ],
)
def test_bad_bodies_are_refused(sandbox, content, error, rule):
    reply = sandbox.http.post("/batch", content=content, headers=JSON)
    assert (reply.status_code, reply.json()["code"], reply.json()["error"]) == (400, 400, error)
    assert one_rule(reply)["rule"] == rule


def test_a_surrogate_pair_is_fine(sandbox):
    body = BODY.replace(b"Product Viewed", b"\\ud83d\\ude00")
    assert sandbox.http.post("/batch", content=body, headers=JSON).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""],
    ids=["text", "form", "alike", "none"],
)
def test_content_type_must_be_json(sandbox, content_type):
    reply = sandbox.http.post("/batch", content=BODY, headers={"content-type": content_type})
    assert (reply.status_code, one_rule(reply)["rule"]) == (400, "content_type")


def test_content_type_may_have_parameters_and_capitals(sandbox):
    headers = {"content-type": "Application/JSON; charset=UTF-8"}
    assert sandbox.http.post("/batch", content=BODY, headers=headers).status_code == 200


def test_gzip_is_accepted_and_measured_unpacked(sandbox):
    headers = {**JSON, "content-encoding": "gzip"}
    reply = sandbox.http.post("/batch", content=gzip.compress(BODY), headers=headers)
    assert reply.json()["payload_size_bytes"] == len(BODY)


@pytest.mark.parametrize(
    ("encoding", "content", "status"),
    [
        pytest.param("gzip", BODY, 400, id="gzip_is_not"),
        pytest.param("gzip", gzip.compress(BODY)[:-9], 400, id="gzip_cut_short"),
        pytest.param("gzip", gzip.compress(BODY) + b"x", 400, id="gzip_and_more"),
        pytest.param("br", BODY, 415, id="another_encoding"),
    ],
)
def test_bad_encodings_are_refused(sandbox, encoding, content, status):
    headers = {**JSON, "content-encoding": encoding}
    reply = sandbox.http.post("/batch", content=content, headers=headers)
    assert (reply.status_code, one_rule(reply)["rule"]) == (status, "content_encoding")


def test_gzip_can_be_turned_off():
    with serving(SandboxConfig(gzip=False)) as served, client_of(served).http as http:
        headers = {**JSON, "content-encoding": "gzip"}
        reply = http.post("/batch", content=gzip.compress(BODY), headers=headers)
        assert (reply.status_code, one_rule(reply)["documented"]) == (415, False)
        assert http.post("/batch", content=BODY, headers=JSON).status_code == 200


def padded(size):
    return BODY + b" " * (size - len(BODY))


@pytest.mark.parametrize(
    ("path", "limit"), [("/batch", 20_000_000), ("/2/httpapi", 1_000_000)], ids=["batch", "httpapi"]
)
def test_bytes_up_to_the_limit(sandbox, path, limit):
    def send(content, **headers):
        return sandbox.http.post(path, content=content, headers={**JSON, **headers})

    assert send(padded(limit)).status_code == 200
    too_much = send(padded(limit + 1))
    assert (too_much.status_code, too_much.json()["error"]) == (413, "Payload too large")
    packed = gzip.compress(padded(limit + 1), 1)
    assert send(packed, **{"content-encoding": "gzip"}).status_code == 413


def test_bytes_can_be_counted_as_sent():
    with serving(SandboxConfig(wire_bytes=True)) as served, client_of(served).http as http:

        def send(content, **headers):
            return http.post("/2/httpapi", content=content, headers={**JSON, **headers})

        packed = gzip.compress(padded(1_000_001), 1)
        assert send(packed, **{"content-encoding": "gzip"}).status_code == 200
        assert send(padded(1_000_000)).status_code == 200
        assert send(padded(1_000_001)).status_code == 413
        bomb = gzip.compress(b" " * 200_000_001, 1)
        assert (len(bomb) < 1_000_000, send(bomb, **{"content-encoding": "gzip"}).status_code) == (
            True,
            413,
        )


def test_events_up_to_the_limit(sandbox):
    events = [event(insert_id=f"insert-{number}") for number in range(2_001)]
    refused = sandbox.upload(events)
    assert (refused.status_code, one_rule(refused)["rule"]) == (413, "too_many_items")
    assert sandbox.shown("summary")["stored"] == 0
    assert sandbox.upload(events[:2_000]).json()["events_ingested"] == 2_000


@pytest.mark.parametrize(
    ("body", "missing_field"),
    [
        pytest.param({"events": []}, "api_key", id="no_api_key"),
        pytest.param({"api_key": "", "events": []}, "api_key", id="empty_api_key"),
        pytest.param({"api_key": API_KEY}, "events", id="no_events"),
    ],
)
def test_missing_request_fields_are_named(sandbox, body, missing_field):
    reply = sandbox.http.post("/batch", json=body)
    documented = {key: value for key, value in reply.json().items() if key != "_sandbox"}
    assert reply.status_code == 400
    assert documented == {
        "code": 400,
        "error": "Request missing required field",
        "missing_field": missing_field,
    }


@pytest.mark.parametrize("events", [{}, "x", [1], [[]], [None]], ids=str)
def test_events_must_be_objects(sandbox, events):
    reply = sandbox.upload(events)
    assert (reply.status_code, reply.json()["error"]) == (400, "Invalid event JSON")


def test_no_events_are_ingested_as_none(sandbox):
    reply = sandbox.upload([])
    assert (reply.status_code, reply.json()["events_ingested"]) == (200, 0)


@pytest.mark.parametrize(
    "options", [[], "undefined", {"min_id_length": 0}, {"min_id_length": "5"}], ids=str
)
def test_options_must_make_sense(sandbox, options):
    reply = sandbox.upload([event()], options=options)
    assert (reply.status_code, one_rule(reply)["rule"]) == (400, "invalid_options")


def test_an_unknown_api_key_is_refused_and_masked():
    config = SandboxConfig(api_keys=frozenset({"another-key-of-ours"}))
    with serving(config) as served, client_of(served).http as http:
        reply = http.post("/batch", content=BODY, headers=JSON)
        known = http.post("/batch", json={"api_key": "another-key-of-ours", "events": []})
    assert reply.json()["error"] == "Invalid API key: 0123***"
    assert API_KEY not in reply.text
    assert known.status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("POST", "/nowhere", 404, id="unknown_path"),
        pytest.param("POST", "/batch/", 404, id="trailing_slash"),
        pytest.param("GET", "/batch", 405, id="get"),
        pytest.param("PUT", "/2/httpapi", 405, id="put"),
    ],
)
def test_wrong_paths_and_methods(sandbox, method, path, status):
    reply = sandbox.http.request(method, path)
    assert (reply.status_code, reply.json()["error"]) == (status, "Invalid request path")
