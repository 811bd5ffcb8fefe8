"""The silent budget of user property updates: replies are as ever, properties stay behind."""

import pytest

from sandbox_client import NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving


@pytest.fixture
def sandbox():
    """Give a sandbox in which a user has three updates an hour."""
    with serving(SandboxConfig(clock=lambda: NOW, user_updates_per_hour=3)) as served:
        sandbox = client_of(served)
        with sandbox.http:
            yield sandbox


def updates(start, count, **changes):
    return [
        event(insert_id=f"insert-{number}", user_properties={"n": number, "more": 1}, **changes)
        for number in range(start, start + count)
    ]


def known(sandbox):
    (user,) = sandbox.shown("users", user_id="user-1")
    return user["user_properties"].get("n")


def test_the_documented_budget_is_the_default():
    assert SandboxConfig().user_updates_per_hour == 1_800


def test_updates_beyond_the_budget_are_dropped_and_the_events_kept(sandbox):
    reply = sandbox.upload(updates(0, 5))
    assert (reply.status_code, reply.json()["events_ingested"]) == (200, 5)
    assert (len(sandbox.store.rows), known(sandbox)) == (5, 2)
    remarks = [[found["rule"] for found in row["warnings"]] for row in sandbox.shown("events")]
    assert remarks == [[], [], [], ["update_dropped"], ["update_dropped"]]
    (entry,) = sandbox.shown("journal")
    amplitude_id = sandbox.shown("events")[0]["amplitude_id"]
    assert entry["dropped_updates"] == {str(amplitude_id): 2}
    counts = {rule["rule"]: rule["count"] for rule in sandbox.shown("summary")["warnings"]}
    assert counts["update_dropped"] == 2


def test_a_plan_spends_the_budget_of_whom_it_chooses(sandbox):
    plan = {"rules": [{"fault": "spent_budget", "user_ids": ["user-1"], "times": 1}]}
    assert sandbox.http.put("/_sandbox/faults", json=plan).status_code == 200
    sandbox.upload([*updates(0, 1), *updates(1, 1, user_id="user-2")])
    sandbox.upload(updates(2, 1))
    assert [user["user_properties"] for user in sandbox.shown("users")] == [{}, {"n": 1, "more": 1}]
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": 3_600_000})
    sandbox.upload(updates(3, 1))
    assert sandbox.shown("users")[0]["user_properties"] == {"n": 3, "more": 1}


def test_the_budget_comes_back_within_an_hour(sandbox):
    sandbox.upload(updates(0, 3))
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": 59 * 60_000})
    sandbox.upload(updates(3, 1))
    assert known(sandbox) == 2
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": 60_000})
    sandbox.upload(updates(4, 1))
    assert known(sandbox) == 4


@pytest.mark.parametrize(
    "free",
    [
        {"user_properties": {"n": "free"}, "$skip_user_properties_sync": True},
        {"user_properties": {}},
        {"user_properties": ...},
        {"event_type": "$identify", "user_properties": ..., "groups": {"team": "A"}},
    ],
    ids=["no-sync", "empty", "none", "groups"],
)
def test_what_updates_nothing_costs_nothing(sandbox, free):
    sandbox.upload([event(insert_id=f"free-{number}", **free) for number in range(9)])
    sandbox.upload(updates(0, 3))
    assert known(sandbox) == 2


def test_every_pipe_draws_on_the_same_budget_of_one_person(sandbox):
    sandbox.upload(updates(0, 1))
    sandbox.upload(updates(1, 1, user_id=...), path="/2/httpapi")
    sandbox.form("/identify", [{"user_id": "user-1", "user_properties": {"n": 2}}] * 2)
    assert known(sandbox) == 2
    (entry,) = [entry for entry in sandbox.shown("journal") if entry["endpoint"] == "/identify"]
    assert sum(entry["dropped_updates"].values()) == 1
    sandbox.upload(updates(5, 1, user_id="user-2", device_id="device-2"))
    others = {user["user_id"]: user["user_properties"]["n"] for user in sandbox.shown("users")}
    assert others == {"user-1": 2, "user-2": 5}


def test_groups_are_still_set_when_the_budget_is_spent(sandbox):
    sandbox.upload(updates(0, 3))
    identify = {"event_type": "$identify", "groups": {"team": "A"}, "user_properties": {"n": 9}}
    sandbox.upload([event(insert_id="insert-9", **identify)])
    (user,) = sandbox.shown("users")
    assert (user["groups"], user["user_properties"]["n"]) == ({"team": "A"}, 2)
