"""The fault plan: how it is read, and which requests its rules act on."""

import json
from typing import get_args

import pytest

from sandbox_client import NOW, arm, client_of, event, several, statuses
from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.app import DOORS
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fault import Endpoint
from seg2amp.sandbox.fault_plan import FaultPlan, load_plan, read_plan
from seg2amp.sandbox.server import serving


def test_every_path_can_be_asked_for():
    assert set(get_args(Endpoint)) == {door.path for door in DOORS}


def test_every_after_and_times_count_matching_requests(sandbox):
    arm(sandbox, {"fault": "status", "status": 503, "after": 1, "every": 2, "times": 2})
    assert statuses(sandbox, 8) == [200, 200, 503, 200, 503, 200, 200, 200]
    (rule,) = sandbox.shown("faults")["rules"]
    assert (rule["matched"], rule["hits"]) == (8, 2)


def test_probability_is_set_by_the_seed(sandbox):
    rule = {"fault": "status", "status": 503, "probability": 0.5}

    def outcome(seed):
        arm(sandbox, rule, seed=seed)
        return statuses(sandbox, 40)

    assert outcome(1) == outcome(1) != outcome(2)
    assert 8 <= outcome(1).count(503) <= 32


def test_a_rule_acts_only_where_it_is_meant_to(sandbox):
    arm(
        sandbox,
        {"fault": "status", "status": 503, "endpoint": "/identify"},
        {"fault": "status", "status": 403, "contains": "<script", "body": "<html>blocked</html>"},
        {"fault": "status", "status": 504, "device_ids": ["device-7"]},
    )
    assert sandbox.upload([event()]).status_code == 200
    assert sandbox.upload([event(event_properties={"a": "<script>"})]).status_code == 403
    assert sandbox.upload([event(), event(device_id="device-7")]).status_code == 504
    assert sandbox.form("/identify", {"user_id": "user-1"}).status_code == 503
    mapping = {"user_id": "user-1", "global_user_id": "person-1"}
    assert sandbox.form("/usermap", mapping).text == "success"


def test_a_share_of_users_is_the_same_every_time_and_about_as_large(sandbox):
    arm(sandbox, {"fault": "throttle", "share": 0.1})
    first = sandbox.upload(several(1_000)).json()
    again = sandbox.upload(several(1_000), path="/2/httpapi").json()
    assert first["throttled_users"].keys() == again["throttled_users"].keys()
    assert 60 < len(first["throttled_users"]) < 140
    assert first["throttled_devices"] == {}
    arm(sandbox, {"fault": "throttle", "share": 0.1}, seed=1)
    others = sandbox.upload(several(1_000)).json()["throttled_users"]
    assert others.keys() != first["throttled_users"].keys()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param('{"rules": [{"fault": "fire"}]}', "fire", id="fault"),
        pytest.param('{"rules": [{"every": 2}]}', "fault", id="no-fault"),
        pytest.param('{"rules": [{"fault": "delay", "seconds": "1"}]}', "seconds", id="type"),
        pytest.param('{"rules": [{"fault": "silence", "secs": 1}]}', "secs", id="key"),
        pytest.param('{"rules": [{"fault": "throttle"}]}', "user_ids", id="nobody"),
        pytest.param('{"rules": [{"fault": "too_large"}]}', "bytes", id="no-limit"),
        pytest.param('{"rule": []}', "rule", id="plan"),
        pytest.param('{"seed": 1.5}', "seed", id="seed"),
        pytest.param('{"rules": [{"fault": "reset_before_commit", "every": 0}]}', "every", id="0"),
        pytest.param("{", "JSON", id="json"),
        pytest.param("[]", "object", id="list"),
    ],
)
def test_a_bad_plan_is_one_line_that_names_what_is_wrong(sandbox, text, named):
    with pytest.raises(ConfigurationError, match=named) as caught:
        read_plan(text)
    assert "\n" not in str(caught.value)
    arm(sandbox, {"fault": "delay", "seconds": 0})
    reply = sandbox.http.put("/_sandbox/faults", content=text)
    assert (reply.status_code, reply.json()["error"]) == (400, str(caught.value))
    assert len(sandbox.shown("faults")["rules"]) == 1


def test_a_plan_can_be_given_from_the_start_and_is_back_after_a_reset(tmp_path):
    path = tmp_path / "faults.json"
    path.write_text(json.dumps({"rules": [{"fault": "status", "status": 503, "times": 1}]}))
    config = SandboxConfig(faults=load_plan(path), clock=lambda: NOW)
    with serving(config) as served, client_of(served).http as http:
        sandbox = client_of(served)
        assert statuses(sandbox, 2) == [503, 200]
        assert http.delete("/_sandbox/faults").json() == {"seed": 0, "rules": []}
        http.post("/_sandbox/reset")
        assert statuses(sandbox, 2) == [503, 200]
        served.faults.arm(FaultPlan.of(rules=[{"fault": "status", "status": 502}]))
        assert statuses(sandbox, 1) == [502]


def test_a_plan_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"nowhere\.json"):
        load_plan(tmp_path / "nowhere.json")


def test_what_is_in_force_can_be_read(sandbox):
    rule = {"fault": "throttle", "share": 0.02, "for_seconds": 60}
    arm(sandbox, rule, seed=3)
    assert sandbox.shown("faults") == {"seed": 3, "rules": [{**rule, "matched": 0, "hits": 0}]}
