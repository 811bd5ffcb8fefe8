"""API keys: made over HTTP, each of a region, never shown again."""

import pytest

from sandbox_client import API_KEY, event

DELETIONS = "/api/2/deletions/users"


def make(sandbox, **key):
    return sandbox.http.post("/_sandbox/keys", json=key)


def sent_with(sandbox, api_key):
    return sandbox.upload([event()], api_key=api_key)


def asked_with(sandbox, *auth):
    days = {"start_day": "2026-01-01", "end_day": "2026-01-02"}
    return sandbox.http.get(DELETIONS, params=days, auth=auth)


def test_a_key_is_drawn_and_the_only_one_accepted(sandbox):
    assert sent_with(sandbox, API_KEY).status_code == 200
    made = sandbox.http.post("/_sandbox/keys")
    key = made.json()
    assert (made.status_code, len(key["api_key"]), key["region"]) == (201, 32, "us")
    assert sent_with(sandbox, key["api_key"]).status_code == 200
    assert sent_with(sandbox, API_KEY).status_code == 400
    assert asked_with(sandbox, key["api_key"], key["secret_key"]).status_code == 200
    assert asked_with(sandbox, key["api_key"], "another").status_code == 401
    assert asked_with(sandbox, API_KEY, key["secret_key"]).status_code == 401


def test_a_reset_forgets_the_keys(sandbox):
    make(sandbox)
    sandbox.http.post("/_sandbox/reset")
    assert sandbox.shown("keys") == []
    assert sent_with(sandbox, API_KEY).status_code == 200


def test_keys_are_listed_masked(sandbox):
    make(sandbox, api_key="key-of-the-first-project", secret_key="kept-to-itself")
    assert sandbox.shown("keys") == [{"api_key": "key-***", "region": "us"}]


def test_a_key_of_another_region_is_refused(sandbox):
    make(sandbox, api_key="european", secret_key="secret", region="eu")
    reply = sent_with(sandbox, "european")
    assert (reply.status_code, reply.json()["error"]) == (400, "Invalid API key: ***")
    form = sandbox.form("/usermap", {"user_id": "user-1", "unmap": True}, api_key="european")
    assert form.text == "invalid_api_key"
    deletion = asked_with(sandbox, "european", "secret")
    assert deletion.status_code == 401
    for answer in (reply, deletion):
        assert [found["rule"] for found in answer.json()["_sandbox"]] == ["wrong_region"]


@pytest.mark.parametrize(
    "key", [{"api_key": ""}, {"api_key": "a:b"}, {"region": "mars"}, {"secret": "x"}, []], ids=str
)
def test_what_is_no_key_is_not_made(sandbox, key):
    reply = sandbox.http.post("/_sandbox/keys", json=key)
    assert (reply.status_code, "api_key" in reply.json()["error"]) == (400, True)
    assert sandbox.shown("keys") == []
