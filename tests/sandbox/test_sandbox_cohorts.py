"""The Cohorts API: made, changed one request at a time, and downloaded by a link of a minute."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from sandbox_client import API_KEY, NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

AUTH = (API_KEY, "secret")
COHORT = {
    "name": "Regulars",
    "app_id": 100_001,
    "id_type": "BY_USER_ID",
    "ids": ["user-1", "user-2"],
    "owner": "ann@example.com",
    "published": True,
}


def advance(sandbox, milliseconds):
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": milliseconds})


def upload(sandbox, **changes):
    asked = {key: value for key, value in {**COHORT, **changes}.items() if value is not ...}
    return sandbox.http.post("/api/3/cohorts/upload", json=asked, auth=AUTH)


def change(sandbox, *changes, **fields):
    asked = {"cohort_id": "cohort1", "memberships": changes, **fields}
    return sandbox.http.post("/api/3/cohorts/membership", json=asked, auth=AUTH)


def operation(word, *ids, id_type="BY_NAME"):
    return {"ids": ids, "id_type": id_type, "operation": word}


def get(sandbox, path, auth=AUTH, **query):
    return sandbox.http.get(f"/api/5/cohorts/{path}", auth=auth, params=query)


def rule(reply):
    (explanation,) = reply.json()["_sandbox"]
    return explanation["rule"]


def members(sandbox):
    (cohort,) = sandbox.shown("cohorts")
    names = {user["amplitude_id"]: user["user_id"] for user in sandbox.shown("users")}
    return [names[amplitude_id] for amplitude_id in cohort["amplitude_ids"]]


@pytest.fixture
def people(sandbox):
    """Give the Amplitude IDs of three users."""
    sandbox.upload(
        [
            event(
                insert_id=f"insert-{number}",
                user_id=f"user-{number}",
                device_id=f"device-{number}",
                user_properties={"plan": "pro", "n": number},
            )
            for number in (1, 2, 3)
        ]
    )
    return [user["amplitude_id"] for user in sandbox.shown("users")]


def test_a_cohort_is_made_and_listed(sandbox, people):
    reply = upload(sandbox, ids=["user-1", "nobody", "user-2"])
    told = {"matched": 2, "totals": 3, "invalid_ids_sample": ["nobody"]}
    assert reply.json() == {"cohortId": "cohort1", "metadata": told}
    listed = sandbox.http.get("/api/3/cohorts", auth=AUTH).json()["cohorts"]
    assert listed == [
        {
            "id": "cohort1",
            "appId": 100_001,
            "name": "Regulars",
            "owners": ["ann@example.com"],
            "published": True,
            "size": 2,
            "lastMod": NOW // 1000,
        }
    ]
    other = sandbox.http.get("/api/3/cohorts", auth=("another-project", "secret")).json()
    assert other == {"cohorts": []}


def test_a_cohort_can_be_replaced_or_only_tried(sandbox, people):
    upload(sandbox)
    by_id = {"id_type": "BY_AMP_ID", "ids": [people[2]]}
    tried = upload(sandbox, **by_id, existing_cohort_id="cohort1", skip_save=True)
    assert (tried.status_code, members(sandbox)) == (200, ["user-1", "user-2"])
    replaced = upload(sandbox, **by_id, existing_cohort_id="cohort1")
    assert (replaced.json()["cohortId"], members(sandbox)) == ("cohort1", ["user-3"])


@pytest.mark.parametrize(
    ("changes", "status", "broken"),
    [
        pytest.param({"owner": ...}, 400, "cohort_body", id="no-owner"),
        pytest.param({"app_id": "1"}, 400, "cohort_body", id="app-of-text"),
        pytest.param({"id_type": "BY_NAME"}, 400, "cohort_body", id="id-type"),
        pytest.param({"ids": []}, 400, "no_cohort_ids", id="nobody"),
        pytest.param({"ids": ["x"] * 100_001}, 400, "cohort_ids", id="too-many"),
        pytest.param(
            {"ids": ["nobody"], "skip_invalid_ids": False}, 400, "unknown_members", id="unknown"
        ),
        pytest.param({"existing_cohort_id": "cohort9"}, 404, "unknown_cohort", id="no-such-cohort"),
    ],
)
def test_what_makes_no_cohort_is_refused(sandbox, people, changes, status, broken):
    reply = upload(sandbox, **changes)
    assert (reply.status_code, rule(reply)) == (status, broken)
    assert (reply.json()["error"]["http_code"], reply.json()["error"]["type"]) == (status, broken)
    assert sandbox.shown("cohorts") == []


def test_a_cohort_of_nobody_was_only_seen_to_be_refused():
    with serving(SandboxConfig(mode="docs2023")) as served, client_of(served).http:
        made = upload(client_of(served), ids=[])
    assert (made.status_code, made.json()["metadata"]["totals"]) == (200, 0)
    assert "no_cohort_ids" in made.headers["x-sandbox-explanation"]


def test_members_come_and_go_in_the_order_of_the_request(sandbox, people):
    upload(sandbox)
    reply = change(
        sandbox,
        operation("REMOVE", "user-1", "nobody"),
        operation("ADD", str(people[2]), id_type="BY_ID"),
    )
    assert reply.json() == {
        "cohort_id": "cohort1",
        "memberships_result": [
            {"skipped_ids": ["nobody"], "id_type": "BY_NAME", "operation": "REMOVE"},
            {"skipped_ids": [], "id_type": "BY_ID", "operation": "ADD"},
        ],
    }
    assert members(sandbox) == ["user-2", "user-3"]
    wrong = change(sandbox, operation("ADD", people[0], id_type="BY_AMP_ID"))
    assert (wrong.status_code, rule(wrong)) == (400, "cohort_body")
    strange = change(sandbox, operation("ADD", "user-1", "nobody"), skip_invalid_ids=False)
    assert (strange.status_code, rule(strange)) == (400, "unknown_members")
    assert members(sandbox) == ["user-2", "user-3"]


def test_a_cohort_takes_one_change_at_a_time(sandbox, people):
    upload(sandbox)
    path = "/api/3/cohorts/membership"
    slow = {"fault": "delay", "endpoint": path, "seconds": 2, "after_commit": True, "times": 1}
    sandbox.http.put("/_sandbox/faults", json={"rules": [slow]})
    with ThreadPoolExecutor() as pool:
        first = pool.submit(change, sandbox, operation("ADD", "user-3"))
        while "user-3" not in members(sandbox):
            assert not first.done()
        second = change(sandbox, operation("REMOVE", "user-1"))
        assert (second.status_code, rule(second)) == (429, "cohort_busy")
        assert first.result().status_code == 200
    assert change(sandbox, operation("REMOVE", "user-1")).status_code == 200
    assert members(sandbox) == ["user-2", "user-3"]


def test_who_is_deleted_is_in_no_cohort(sandbox, people):
    upload(sandbox)
    sandbox.http.post("/api/2/deletions/users", json={"user_ids": ["user-1"]}, auth=AUTH)
    advance(sandbox, 30 * 86_400_000)
    assert sandbox.http.get("/api/3/cohorts", auth=AUTH).json()["cohorts"][0]["size"] == 1


def test_a_download_is_begun_awaited_and_fetched_by_a_link(sandbox, people):
    upload(sandbox)
    begun = get(sandbox, "request/cohort1", props=1, propKeys=["plan", "shoe"])
    assert (begun.status_code, begun.json()) == (
        202,
        {"request_id": "request1", "cohort_id": "cohort1"},
    )
    waiting = get(sandbox, "request-status/request1")
    assert (waiting.status_code, waiting.json()["async_status"]) == (202, "JOB INPROGRESS")
    early = get(sandbox, "request/request1/file")
    assert (early.status_code, rule(early)) == (404, "download_not_ready")
    advance(sandbox, 3_000)
    done = get(sandbox, "request-status/request1")
    assert (done.status_code, done.json()["async_status"]) == (200, "JOB COMPLETED")
    link = get(sandbox, "request/request1/file")
    assert link.status_code == 302
    assert urlsplit(link.headers["location"]).hostname != sandbox.http.base_url.host
    file = httpx.get(link.headers["location"])
    assert (file.status_code, file.headers["content-type"][:8]) == (200, "text/csv")
    assert file.text.splitlines() == [
        "amplitude_id,user_id,plan,shoe",
        f"{people[0]},user-1,pro,",
        f"{people[1]},user-2,pro,",
    ]
    assert httpx.get(link.headers["location"], auth=AUTH).status_code == 400
    followed = sandbox.http.get(
        "/api/5/cohorts/request/request1/file", auth=AUTH, follow_redirects=True
    )
    assert followed.text == file.text


def test_a_link_lives_a_minute_and_a_download_seven_days(sandbox, people):
    upload(sandbox)
    get(sandbox, "request/cohort1")
    advance(sandbox, 3_000)
    location = get(sandbox, "request/request1/file").headers["location"]
    advance(sandbox, 59_999)
    assert httpx.get(location).status_code == 200
    advance(sandbox, 1)
    late = httpx.get(location)
    assert (late.status_code, rule(late)) == (403, "link_expired")
    again = get(sandbox, "request/request1/file").headers["location"]
    assert httpx.get(again).status_code == 200
    advance(sandbox, 7 * 86_400_000)
    assert rule(get(sandbox, "request-status/request1")) == "unknown_download"


def test_all_properties_come_if_none_is_named(sandbox, people):
    upload(sandbox, ids=["user-3"])
    get(sandbox, "request/cohort1", props=1)
    advance(sandbox, 3_000)
    location = get(sandbox, "request/request1/file").headers["location"]
    assert httpx.get(location).text.splitlines() == [
        "amplitude_id,user_id,plan,n",
        f"{people[2]},user-3,pro,3",
    ]


def test_downloads_are_few_at_a_time_and_in_ten_minutes_and_in_a_month(sandbox, people):
    upload(sandbox)

    def begin(count):
        replies = []
        for _ in range(count):
            replies.append(get(sandbox, "request/cohort1"))
            advance(sandbox, 3_000)
        return replies

    at_once = [get(sandbox, "request/cohort1") for _ in range(5)]
    assert [reply.status_code for reply in at_once] == [202] * 4 + [429]
    assert rule(at_once[4]) == "too_many_parallel"
    advance(sandbox, 3_000)
    *good, last = begin(57)
    assert {reply.status_code for reply in good} == {202}
    assert (last.status_code, rule(last)) == (429, "too_many_downloads")
    advance(sandbox, 600_000)
    for _ in range(7):
        assert begin(60)[-1].status_code == 202
        advance(sandbox, 600_000)
    assert begin(21)[-1].status_code == 429
    advance(sandbox, 30 * 86_400_000)
    assert begin(1)[0].status_code == 202


@pytest.mark.parametrize(
    "path", ["request/cohort1", "request-status/request1", "request/request1/file"]
)
def test_a_project_sees_its_own_only(sandbox, people, path):
    upload(sandbox)
    get(sandbox, "request/cohort1")
    advance(sandbox, 3_000)
    assert get(sandbox, path, auth=("another-project", "secret")).status_code == 404
    assert get(sandbox, path, auth=None).status_code == 401
