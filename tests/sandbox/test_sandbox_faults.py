"""The faults: what each does to a request that its rule acts on."""

import httpx
import pytest

from sandbox_client import API_KEY, arm, client_of, event, several
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fault_plan import FaultPlan
from seg2amp.sandbox.server import serving


def stored(sandbox):
    return [row.item["insert_id"] for row in sandbox.store.rows]


def documented(reply):
    return {key: value for key, value in reply.json().items() if key != "_sandbox"}


def test_a_reset_before_commit_stores_nothing(sandbox):
    arm(sandbox, {"fault": "reset_before_commit", "times": 1})
    with pytest.raises(httpx.NetworkError):
        sandbox.upload([event()])
    assert stored(sandbox) == []
    assert sandbox.upload([event()]).status_code == 200
    assert stored(sandbox) == ["insert-1"]


def test_a_reset_after_commit_has_stored_everything_and_the_resend_is_known(sandbox):
    arm(sandbox, {"fault": "reset_after_commit", "times": 1})
    with pytest.raises(httpx.NetworkError):
        sandbox.upload([event()])
    assert stored(sandbox) == ["insert-1"]
    assert sandbox.upload([event()]).json()["events_ingested"] == 1
    assert stored(sandbox) == ["insert-1"]
    assert len(sandbox.store.duplicates) == 1


def test_a_request_that_is_refused_is_not_taken_for_a_commit(sandbox):
    arm(sandbox, {"fault": "reset_after_commit", "times": 1})
    assert sandbox.upload([event(event_type="")]).status_code == 400
    (rule,) = sandbox.shown("faults")["rules"]
    assert (rule["matched"], rule["hits"]) == (0, 0)


def test_any_reply_can_be_given(sandbox):
    arm(
        sandbox,
        {"fault": "status", "status": 502, "body": "<html>bad gateway</html>", "times": 1},
        {"fault": "status", "status": 403, "body": {"code": 403, "error": "Forbidden"}, "times": 1},
        {"fault": "status", "status": 307, "location": "https://example.com/batch", "times": 1},
        {"fault": "status", "status": 408, "body": "late", "content_type": "text/x", "times": 1},
    )
    bad_gateway, forbidden, moved, late = (sandbox.upload([event()]) for _ in range(4))
    assert (bad_gateway.status_code, bad_gateway.text) == (502, "<html>bad gateway</html>")
    assert bad_gateway.headers["content-type"].startswith("text/html")
    assert (forbidden.status_code, forbidden.json()["error"]) == (403, "Forbidden")
    assert (moved.status_code, moved.headers["location"]) == (307, "https://example.com/batch")
    assert (late.status_code, late.headers["content-type"][:6]) == (408, "text/x")
    assert stored(sandbox) == []


def test_a_status_may_come_after_the_commit(sandbox):
    arm(sandbox, {"fault": "status", "status": 500, "after_commit": True, "times": 1})
    assert sandbox.upload([event()]).status_code == 500
    assert stored(sandbox) == ["insert-1"]


def test_a_body_can_be_cut_short(sandbox):
    reply = {"code": 200, "events_ingested": 1}
    arm(sandbox, {"fault": "status", "status": 200, "body": reply, "truncated": True, "times": 1})
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        sandbox.upload([event()])
    assert sandbox.upload([event()]).status_code == 200


def test_the_reply_itself_can_be_cut_short_when_all_is_stored(sandbox):
    arm(sandbox, {"fault": "truncated_body", "times": 1})
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        sandbox.upload([event()])
    assert stored(sandbox) == ["insert-1"]
    assert sandbox.upload([event()]).status_code == 200
    assert len(sandbox.store.duplicates) == 1


@pytest.mark.parametrize(
    ("path", "items"),
    [
        ("/batch", None),
        ("/2/httpapi", None),
        ("/identify", {"user_id": "user-1", "user_properties": {"a": 1}}),
        ("/usermap", {"user_id": "user-1", "global_user_id": "person-1"}),
    ],
)
def test_a_200_may_be_a_lie(sandbox, path, items):
    def send():
        return sandbox.form(path, items) if items else sandbox.upload([event()], path=path)

    arm(sandbox, {"fault": "unstored_200", "endpoint": path, "times": 1})
    lie = send()
    assert sandbox.store.rows == sandbox.store.form_items == []
    truth = send()
    assert (lie.status_code, lie.text) == (truth.status_code, truth.text)
    assert len(sandbox.store.rows + sandbox.store.form_items) == 1
    assert [entry["request"] for entry in sandbox.shown("journal")] == [None, 1]


def test_a_200_is_no_lie_about_what_is_refused(sandbox):
    arm(sandbox, {"fault": "unstored_200"})
    assert sandbox.upload([event(event_type="")]).status_code == 400
    assert sandbox.shown("faults")["rules"][0]["matched"] == 0


def test_a_delay_outlasts_an_impatient_client_and_commits_later(sandbox):
    arm(sandbox, {"fault": "delay", "seconds": 0.4, "times": 1})
    with pytest.raises(httpx.ReadTimeout):
        sandbox.http.post("/batch", json={"api_key": API_KEY, "events": [event()]}, timeout=0.1)
    assert stored(sandbox) == []
    assert sandbox.upload([event(insert_id="insert-2")]).status_code == 200
    arm(sandbox, {"fault": "delay", "seconds": 0.4, "times": 1})
    assert sandbox.upload([event(insert_id="insert-3")]).status_code == 200
    assert sorted(stored(sandbox)) == ["insert-1", "insert-2", "insert-3"]


def test_what_has_waited_is_stored_when_it_goes_on():
    plan = FaultPlan.of(rules=[{"fault": "delay", "seconds": 0.2}])
    with serving(SandboxConfig(faults=plan)) as served, client_of(served).http as http:
        sent = served.clock.now()
        reply = http.post("/batch", json={"api_key": API_KEY, "events": [event()]})
    assert reply.json()["server_upload_time"] >= sent + 200


def test_a_reset_after_the_client_has_gone_is_quiet(sandbox, caplog):
    arm(sandbox, {"fault": "delay", "seconds": 0.3}, {"fault": "reset_after_commit"})
    with pytest.raises(httpx.ReadTimeout):
        sandbox.http.post("/batch", json={"api_key": API_KEY, "events": [event()]}, timeout=0.1)
    with pytest.raises(httpx.NetworkError):
        sandbox.upload([event()])
    assert stored(sandbox) == ["insert-1"]
    assert caplog.records == []


def test_a_delay_after_the_commit_has_stored_everything(sandbox):
    arm(sandbox, {"fault": "delay", "seconds": 0.4, "after_commit": True, "times": 1})
    with pytest.raises(httpx.ReadTimeout):
        sandbox.http.post("/batch", json={"api_key": API_KEY, "events": [event()]}, timeout=0.2)
    assert stored(sandbox) == ["insert-1"]


def test_a_200_may_say_nothing_or_count_fewer(sandbox):
    arm(sandbox, {"fault": "non_json_200", "times": 1}, {"fault": "lose_count"})
    said_nothing, counted = sandbox.upload(several(3)), sandbox.upload(several(4))
    assert (said_nothing.status_code, said_nothing.text[:6]) == (200, "<html>")
    assert documented(counted) == {**documented(counted), "code": 200, "events_ingested": 3}
    assert len(stored(sandbox)) == 4


def test_a_413_has_a_limit_of_bytes_or_events(sandbox):
    arm(sandbox, {"fault": "too_large", "events": 2}, {"fault": "too_large", "bytes": 2_000})
    assert sandbox.upload(several(2)).status_code == 200
    assert sandbox.upload(several(3)).json()["error"] == "Payload too large"
    assert sandbox.upload([event(event_properties={"a": "x" * 2_000})]).status_code == 413
    assert len(stored(sandbox)) == 2


def test_indexes_may_name_only_the_first(sandbox):
    bad = [event(time="now"), event(time="then"), event(event_type="")]
    arm(sandbox, {"fault": "first_index_only", "every": 2})
    every, first = sandbox.upload(bad).json(), sandbox.upload(bad).json()
    assert every["events_with_invalid_fields"] == {"time": [0, 1]}
    assert first["events_with_invalid_fields"] == {"time": [0]}
    assert first["events_with_missing_fields"] == {"event_type": [2]}


@pytest.mark.parametrize(
    "poison",
    [
        {"event_types": ["Poisoned"]},
        {"insert_ids": ["insert-1"]},
        {"user_ids": ["user-1"]},
        {"contains": "Poisoned"},
    ],
    ids=lambda poison: next(iter(poison)),
)
def test_a_400_may_name_nobody(sandbox, poison):
    arm(sandbox, {"fault": "unindexed_400", **poison})
    events = several(3)
    events[1]["event_type"] = "Poisoned"
    reply = sandbox.upload(events)
    assert reply.status_code == 400
    assert documented(reply) == {"code": 400, "error": "Invalid field values on some events"}
    assert stored(sandbox) == []
    assert sandbox.upload([events[0], events[2]]).status_code == 200


def test_the_throttled_are_named_with_every_event_of_theirs(sandbox):
    arm(sandbox, {"fault": "throttle", "user_ids": ["user-1"], "device_ids": ["device-3"]})
    events = [*several(4), event(insert_id="x", user_id="user-9", device_id="device-3")]
    events.append(event(insert_id="y", user_id="user-1", device_id="device-0"))
    reply = sandbox.upload(events)
    assert reply.status_code == 429
    assert documented(reply) == {
        "code": 429,
        "error": "Too many requests for some devices and users",
        "eps_threshold": 1_000,
        "throttled_users": {"user-1": 1_001},
        "throttled_devices": {"device-3": 1_001},
        "exceeded_daily_quota_users": {},
        "exceeded_daily_quota_devices": {},
        "throttled_events": [1, 3, 4, 5],
    }
    assert stored(sandbox) == []
    assert sandbox.upload([events[0], events[2]]).status_code == 200


def test_a_throttle_ends_by_the_clock(sandbox):
    arm(sandbox, {"fault": "throttle", "user_ids": ["user-1"], "for_seconds": 60})
    assert sandbox.upload([event()]).status_code == 429
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": 59_999})
    assert sandbox.upload([event()]).status_code == 429
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": 1})
    assert sandbox.upload([event()]).status_code == 200


def test_the_anonymous_are_named_by_device(sandbox):
    arm(sandbox, {"fault": "throttle", "share": 1})
    reply = sandbox.upload([event(user_id=...)]).json()
    assert (reply["throttled_users"], list(reply["throttled_devices"])) == ({}, ["device-1"])


def test_a_daily_quota_is_told_apart_from_a_throttle(sandbox):
    arm(sandbox, {"fault": "daily_quota", "user_ids": ["user-1"], "device_ids": ["device-2"]})
    reply = sandbox.upload(several(4)).json()
    assert (reply["code"], reply["throttled_users"], reply["throttled_devices"]) == (429, {}, {})
    assert reply["exceeded_daily_quota_users"] == {"user-1": 500_001}
    assert reply["exceeded_daily_quota_devices"] == {"device-2": 500_001}
    assert reply["throttled_events"] == [1, 2]


def test_a_project_throttle_names_nobody(sandbox):
    arm(sandbox, {"fault": "project_throttle", "times": 1})
    reply = sandbox.upload([event()], path="/2/httpapi")
    assert documented(reply) == {
        "code": 429,
        "error": "Too many requests for some devices and users",
        "eps_threshold": 30,
        "throttled_users": {},
        "throttled_devices": {},
        "throttled_events": [],
    }


def test_silenced_devices_have_their_own_400(sandbox):
    arm(sandbox, {"fault": "silence", "device_ids": ["device-1"]})
    reply = sandbox.upload(several(3))
    assert reply.status_code == 400
    assert documented(reply) == {
        "code": 400,
        "error": "Events silenced for device_id",
        "eps_threshold": 1_000,
        "silenced_devices": ["device-1"],
        "silenced_events": [1],
        "throttled_devices": {},
        "throttled_events": [],
        "exceeded_daily_quota_devices": {},
    }


def test_forms_meet_the_same_faults_in_their_own_words(sandbox):
    identification = {"user_id": "user-1", "user_properties": {"a": 1}}
    arm(
        sandbox,
        {"fault": "throttle", "user_ids": ["user-1"], "times": 1},
        {"fault": "unindexed_400", "after": 1, "times": 1, "error": "invalid_event"},
        {"fault": "reset_after_commit", "times": 1},
        {"fault": "lose_count", "times": 1},
    )
    throttled = sandbox.form("/identify", identification)
    assert (throttled.status_code, throttled.text[:17]) == (429, "Too many requests")
    assert sandbox.form("/identify", identification).text == "invalid_event"
    with pytest.raises(httpx.NetworkError):
        sandbox.form("/identify", identification)
    assert len(sandbox.store.form_items) == 1
    assert sandbox.form("/identify", identification).text == "success"


def test_a_planned_refusal_is_explained_as_planned(sandbox):
    arm(sandbox, {"fault": "too_large", "events": 0})
    (explanation,) = sandbox.upload([event()]).json()["_sandbox"]
    assert explanation["rule"] == "planned"
    assert "not documented by Amplitude" in explanation["text"]


def test_only_devices_are_silenced(sandbox):
    arm(sandbox, {"fault": "silence", "user_ids": ["user-1"]})
    assert sandbox.upload([event(device_id=...)]).status_code == 200
    assert sandbox.upload([event()]).json()["silenced_devices"] == ["device-1"]
