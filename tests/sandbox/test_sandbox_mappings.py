"""Reading user mappings back."""

import pytest

from sandbox_client import API_KEY, event

AUTH = (API_KEY, "secret")


def read(sandbox, user_ids, auth=AUTH):
    return sandbox.http.request("GET", "/api/2/usermap", json={"user_ids": user_ids}, auth=auth)


def test_mappings_are_told_from_both_ends(sandbox):
    sandbox.upload([event()])
    mappings = [
        {"user_id": "user-1", "global_user_id": "person-1"},
        {"user_id": "user-2", "global_user_id": "person-1"},
    ]
    sandbox.form("/usermap", mappings)
    known = {"amplitude_id": sandbox.shown("users")[0]["amplitude_id"], "user_id": "user-1"}
    unseen = {"amplitude_id": None, "user_id": "user-2"}
    person = {"amplitude_id": None, "user_id": "person-1"}
    reply = read(sandbox, ["person-1", "user-1", "nobody"])
    assert reply.json() == {
        "person-1": {"mapped_from": [known, unseen], "mapped_to": []},
        "user-1": {"mapped_from": [], "mapped_to": [person]},
        "nobody": {"mapped_from": [], "mapped_to": []},
    }
    sandbox.form("/usermap", {"user_id": "user-1", "unmap": True})
    assert read(sandbox, ["user-1"]).json()["user-1"]["mapped_to"] == []


@pytest.mark.parametrize(
    "user_ids", [[], ["user"] * 101, "user-1", [1]], ids=["none", "101", "text", "number"]
)
def test_one_to_a_hundred_users_can_be_asked_for(sandbox, user_ids):
    reply = read(sandbox, user_ids)
    assert (reply.status_code, reply.json()["_sandbox"][0]["rule"]) == (400, "user_ids")


def test_it_takes_the_secret_key(sandbox):
    assert read(sandbox, ["user-1"], auth=None).status_code == 401
    assert read(sandbox, ["user"] * 100).status_code == 200
