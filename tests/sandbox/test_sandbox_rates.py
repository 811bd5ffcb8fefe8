"""The rates of users, devices and projects: who is above them is named, and nothing is stored."""

import itertools

import pytest

from sandbox_client import NOW, client_of, event
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

numbers = itertools.count()


def several(count, **changes):
    return [event(insert_id=f"insert-{next(numbers)}", **changes) for _ in range(count)]


def advance(sandbox, seconds):
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": round(seconds * 1000)})


def send(sandbox, count, path="/batch", **changes):
    return sandbox.upload(several(count, **changes), path=path).status_code


@pytest.fixture
def small():
    """Give a sandbox with small rates: 2 a second on /batch, 1 on /2/httpapi, 100 a day."""
    config = SandboxConfig(clock=lambda: NOW, batch_eps=2, httpapi_eps=1, daily_quota=100)
    with serving(config) as served:
        sandbox = client_of(served)
        with sandbox.http:
            yield sandbox


def test_the_documented_rates_hold_unless_others_are_chosen(sandbox):
    config = SandboxConfig()
    assert (config.batch_eps, config.httpapi_eps, config.daily_quota) == (1_000, 30, 500_000)
    assert send(sandbox, 900, path="/2/httpapi") == 200
    assert send(sandbox, 1, path="/2/httpapi") == 429
    for _ in range(15):
        assert send(sandbox, 2_000) == 200
    assert send(sandbox, 1) == 429


def test_the_429_names_users_and_devices_with_every_event_of_theirs(small):
    assert send(small, 60, user_id="user-1", device_id="device-1") == 200
    events = [
        *several(1, user_id="user-2", device_id="device-2"),
        *several(1, user_id="user-1", device_id="device-2"),
        *several(2, user_id="user-3", device_id="device-1"),
        *several(1, user_id="user-2", device_id=...),
    ]
    reply = small.upload(events)
    documented = {key: value for key, value in reply.json().items() if key != "_sandbox"}
    assert reply.status_code == 429
    assert documented == {
        "code": 429,
        "error": "Too many requests for some devices and users",
        "eps_threshold": 2,
        "throttled_users": {"user-1": 3},
        "throttled_devices": {"device-1": 3},
        "exceeded_daily_quota_users": {},
        "exceeded_daily_quota_devices": {},
        "throttled_events": [1, 2, 3],
    }
    assert len(small.store.rows) == 60
    assert small.upload([events[0], events[4]]).status_code == 200


def test_the_rate_is_a_mean_of_thirty_seconds(small):
    assert send(small, 30) == 200
    advance(small, 20)
    assert (send(small, 30), send(small, 1)) == (200, 429)
    advance(small, 9)
    assert send(small, 1) == 429
    advance(small, 1)
    assert (send(small, 30), send(small, 1)) == (200, 429)


def test_what_is_refused_does_not_count(small):
    assert [send(small, 61) for _ in range(3)] == [429, 429, 429]
    assert send(small, 60) == 200


def test_each_api_counts_by_itself_and_has_its_own_threshold(small):
    assert send(small, 60) == 200
    assert send(small, 30, path="/2/httpapi") == 200
    reply = small.upload(several(1), path="/2/httpapi").json()
    assert reply["eps_threshold"] == 1
    assert "exceeded_daily_quota_users" not in reply


def test_a_day_goes_by_the_hour(small):
    assert send(small, 50) == 200
    advance(small, 12 * 3_600)
    assert send(small, 50) == 200
    advance(small, 60)
    reply = small.upload(several(1)).json()
    assert reply["exceeded_daily_quota_users"] == {"user-1": 101}
    assert reply["exceeded_daily_quota_devices"] == {"device-1": 101}
    assert (reply["throttled_users"], reply["throttled_events"]) == ({}, [0])
    advance(small, 12 * 3_600)
    assert (send(small, 50), send(small, 1)) == (200, 429)


def test_identifications_count_like_events_of_http_v2(small):
    items = [{"user_id": "user-1", "user_properties": {"a": number}} for number in range(30)]
    assert small.form("/identify", items).status_code == 200
    assert small.form("/identify", items[:1]).status_code == 429
    assert small.form("/identify", {**items[0], "user_id": "user-2"}).status_code == 200


def test_mappings_are_fifty_a_second(sandbox):
    def mapped(count, start=0):
        items = [
            {"user_id": f"user-{start + number}", "global_user_id": "person"}
            for number in range(count)
        ]
        return sandbox.form("/usermap", items)

    assert mapped(1_500).status_code == 200
    too_many = mapped(1, start=2_000)
    assert (too_many.status_code, len(sandbox.store.user_maps)) == (429, 1_500)
    assert "too_many_mappings" in too_many.headers["x-sandbox-explanation"]
    advance(sandbox, 30)
    # What one request may hold is never too much by itself.
    assert mapped(2_000, start=2_000).status_code == 200


def test_the_starter_plan_has_a_rate_for_the_project():
    with serving(SandboxConfig(clock=lambda: NOW, starter_plan=True)) as served:
        sandbox = client_of(served)
        with sandbox.http:
            assert send(sandbox, 1_000) == 200
            reply = sandbox.upload(several(1, user_id="user-2", device_id="device-2")).json()
            assert (reply["code"], reply["throttled_users"], reply["throttled_events"]) == (
                429,
                {},
                [],
            )
            advance(sandbox, 1)
            assert [send(sandbox, 1) for _ in range(101)] == [200] * 100 + [429]
