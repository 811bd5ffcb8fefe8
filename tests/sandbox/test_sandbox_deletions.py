"""The User Privacy API: who may ask, what a request takes, and the life of a job."""

import pytest

from sandbox_client import API_KEY, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

PATH = "/api/2/deletions/users"
AUTH = (API_KEY, "secret")
DAY = 86_400_000
TODAY = "2026-01-15"
RUNS = "2026-02-14"


def ask(sandbox, **request):
    return sandbox.http.post(PATH, json=request, auth=AUTH)


def jobs(sandbox):
    days = {"start_day": "2026-01-01", "end_day": "2026-06-30"}
    return sandbox.http.get(PATH, params=days, auth=AUTH).json()


def advance(sandbox, milliseconds):
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": milliseconds})


def rule(reply):
    (explanation,) = reply.json()["_sandbox"]
    return explanation["rule"]


@pytest.fixture
def amplitude_id(sandbox):
    sandbox.upload([event(), event(insert_id="2", user_id="user-2", device_id="device-2")])
    return sandbox.shown("events")[0]["amplitude_id"]


@pytest.mark.parametrize(
    ("auth", "status"),
    [
        pytest.param(None, 401, id="none"),
        pytest.param(("known-key", "wrong"), 401, id="wrong-secret"),
        pytest.param(("other-key", "secret"), 401, id="other-key"),
        pytest.param(("known-key", ""), 401, id="no-secret"),
        pytest.param(("known-key", "secret"), 400, id="both-right"),
    ],
)
def test_key_and_secret_are_basic_authentication(auth, status):
    config = SandboxConfig(secret_keys={"known-key": "secret"})
    with serving(config) as served, client_of(served).http as http:
        headers = {} if auth is not None else {"authorization": "Bearer known-key:secret"}
        assert http.post(PATH, json={}, auth=auth, headers=headers).status_code == status


def test_a_request_becomes_a_job(sandbox, amplitude_id):
    reply = ask(sandbox, user_ids=["user-1"], requester="ann@example.com")
    person = {
        "amplitude_id": amplitude_id,
        "requester": "ann@example.com",
        "requested_on_day": TODAY,
        "user_id": "user-1",
    }
    job = {"day": RUNS, "status": "staging", "amplitude_ids": [person]}
    assert (reply.status_code, reply.json()) == (200, {**job, "invalid_ids": []})
    assert jobs(sandbox) == [job]
    assert sandbox.shown("deletions") == [{**job, "project": "0123***"}]
    (entry,) = [entry for entry in sandbox.shown("journal") if entry["method"] == "POST"][1:]
    assert (entry["endpoint"], entry["items"], entry["project"]) == (PATH, 1, "0123***")


def test_amplitude_ids_and_user_ids_go_together(sandbox, amplitude_id):
    told = ask(sandbox, amplitude_ids=[amplitude_id], user_ids=["user-2"]).json()["amplitude_ids"]
    assert [person["user_id"] for person in told] == ["user-1", "user-2"]


def test_unknown_ids_refuse_all_unless_they_are_ignored(sandbox, amplitude_id):
    refused = ask(sandbox, user_ids=["user-1", "nobody"], amplitude_ids=[7])
    assert (refused.status_code, refused.json()["invalid_ids"]) == (400, ["nobody", 7])
    assert jobs(sandbox) == []
    advance(sandbox, 1_000)
    ignored = ask(sandbox, user_ids=["user-1", "nobody"], ignore_invalid_id="True")
    assert (ignored.status_code, ignored.json()["invalid_ids"]) == (200, ["nobody"])


@pytest.mark.parametrize(
    ("request_body", "broken"),
    [
        pytest.param({"user_ids": [f"user-{n}" for n in range(101)]}, "deletion_ids", id="101"),
        pytest.param({}, "deletion_ids", id="nobody"),
        pytest.param({"user_ids": "user-1"}, "deletion_body", id="text"),
        pytest.param({"amplitude_ids": ["1"]}, "deletion_body", id="text-for-number"),
        pytest.param([], "deletion_body", id="list"),
    ],
)
def test_what_cannot_be_asked_is_refused(sandbox, amplitude_id, request_body, broken):
    reply = sandbox.http.post(PATH, json=request_body, auth=AUTH)
    assert (reply.status_code, rule(reply)) == (400, broken)


def test_one_request_a_second(sandbox, amplitude_id):
    assert ask(sandbox, user_ids=["user-1"]).status_code == 200
    too_fast = ask(sandbox, user_ids=["user-2"])
    assert (too_fast.status_code, rule(too_fast)) == (429, "too_many_deletions")
    advance(sandbox, 1_000)
    assert ask(sandbox, user_ids=["user-2"]).status_code == 200
    assert len(jobs(sandbox)[0]["amplitude_ids"]) == 2


def test_a_job_lives_by_the_clock_and_ends_with_the_user(sandbox, amplitude_id):
    ask(sandbox, user_ids=["user-1"])
    advance(sandbox, 26 * DAY)
    sandbox.upload([event(insert_id="3", user_id="user-1", device_id="device-9")])
    assert jobs(sandbox)[0]["status"] == "staging"
    advance(sandbox, DAY)
    assert jobs(sandbox)[0]["status"] == "submitted"
    assert len(sandbox.shown("events")) == 3
    advance(sandbox, 3 * DAY)
    assert jobs(sandbox)[0]["status"] == "done"
    assert [row["user_id"] for row in sandbox.shown("events")] == ["user-2"]
    assert [user["user_id"] for user in sandbox.shown("users")] == ["user-2"]


@pytest.mark.parametrize("again", [{}, {"user_id": ...}], ids=["user", "device"])
def test_a_deleted_user_comes_back_as_somebody_new(sandbox, amplitude_id, again):
    ask(sandbox, user_ids=["user-1"])
    advance(sandbox, 31 * DAY)
    sandbox.upload([event(insert_id="3", **again)])
    newest = sandbox.shown("events")[-1]
    assert newest["amplitude_id"] not in {amplitude_id, None}
    assert len(sandbox.shown("users")) == 2


def test_a_request_can_be_revoked_until_three_days_before(sandbox, amplitude_id):
    ask(sandbox, user_ids=["user-1", "user-2"])
    path = f"{PATH}/{amplitude_id}/{RUNS}"
    assert sandbox.http.delete(path).status_code == 401
    revoked = sandbox.http.delete(path, auth=AUTH)
    assert (revoked.status_code, revoked.json()["user_id"]) == (200, "user-1")
    assert sandbox.http.delete(path, auth=AUTH).status_code == 400
    other = jobs(sandbox)[0]["amplitude_ids"][0]["amplitude_id"]
    advance(sandbox, 27 * DAY)
    late = sandbox.http.delete(f"{PATH}/{other}/{RUNS}", auth=AUTH)
    assert (late.status_code, rule(late)) == (400, "revocation")
    assert sandbox.http.delete(f"{PATH}/x/y", auth=AUTH).status_code == 400


def test_other_projects_are_reached_from_the_organisation_only(sandbox, amplitude_id):
    sandbox.upload([event()], api_key="another-project")
    ask(sandbox, user_ids=["user-1"])
    assert (
        sandbox.http.get(
            PATH,
            params={"start_day": TODAY, "end_day": RUNS},
            auth=("another-project", "secret"),
        ).json()
        == []
    )
    advance(sandbox, 1_000)
    told = ask(sandbox, user_ids=["user-1", "nobody"], delete_from_org=True).json()
    assert [len(job["amplitude_ids"]) for job in told] == [1, 1]
    advance(sandbox, 31 * DAY)
    assert [row["user_id"] for row in sandbox.shown("events")] == ["user-2"]


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"start_day": "2026-01-01", "end_day": "soon"},
        {"start_day": "2026-01-02", "end_day": "2026-01-01"},
        {"start_day": "2026-01-01", "end_day": "2026-12-31"},
    ],
    ids=["none", "no-day", "backwards", "a-year"],
)
def test_jobs_are_listed_for_at_most_six_months(sandbox, days):
    reply = sandbox.http.get(PATH, params=days, auth=AUTH)
    assert (reply.status_code, rule(reply)) == (400, "deletion_days")


def test_faults_reach_this_api_too(sandbox, amplitude_id):
    rules = [{"fault": "status", "status": 500, "endpoint": PATH, "user_ids": ["user-1"]}]
    sandbox.http.put("/_sandbox/faults", json={"rules": rules})
    assert ask(sandbox, user_ids=["user-1"]).status_code == 500
    assert ask(sandbox, user_ids=["user-2"]).status_code == 200
