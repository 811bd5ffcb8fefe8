"""Amplitude's own Python SDK against the sandbox: a second opinion on the contract."""

import time

import pytest
from amplitude import Amplitude, BaseEvent, EventOptions, Identify, Revenue

from sandbox_client import API_KEY, NOW, event


@pytest.fixture(params=["/batch", "/2/httpapi"], ids=["batch", "httpapi"])
def sdk(request, sandbox):
    client = Amplitude(API_KEY)
    client.configuration.use_batch = request.param == "/batch"
    client.configuration.server_url = f"{sandbox.http.base_url}".rstrip("/") + request.param
    client.configuration.flush_interval_millis = 200
    client.answers = []
    client.configuration.callback = lambda sent, code, message: client.answers.append(
        (sent.event_type, code, message)
    )
    yield client
    client.shutdown()


def flushed(sdk, count):
    """Send what waits, and wait until the SDK has told the end of `count` events."""
    deadline = time.monotonic() + 20
    while len(sdk.answers) < count:
        assert time.monotonic() < deadline, sdk.answers
        for sent in sdk.flush():
            sent.result(timeout=20)
        time.sleep(0.01)


def test_events_arrive_once_and_in_order(sandbox, sdk):
    for number in range(50):
        sdk.track(
            BaseEvent(
                f"Event {number}",
                user_id="user-1",
                device_id="device-1",
                time=NOW - 1_000 + number,
                event_properties={"number": number, "tags": ["a", "b"]},
                price=1.5,
                quantity=2,
            )
        )
    flushed(sdk, 50)
    rows = sorted(sandbox.shown("events"), key=lambda row: row["time"])
    assert [row["event_type"] for row in rows] == [f"Event {number}" for number in range(50)]
    assert rows[7]["event_properties"] == {"number": 7, "tags": ["a", "b"]}
    assert all(row["library"].startswith("amplitude-python/") for row in rows)
    assert {warning["rule"] for row in rows for warning in row["warnings"]} == set()


def test_identify_group_and_revenue(sandbox, sdk):
    options = EventOptions(user_id="user-1", time=NOW)
    sdk.identify(Identify().set("plan", "pro").add("visits", 2).unset("old"), options)
    sdk.set_group("company", ["Acme"], options)
    properties = Identify().set("seats", 3)
    sdk.group_identify("company", "Acme", properties, EventOptions(time=NOW))
    sdk.revenue(Revenue(price=3.5, quantity=2, product_id="P-1"), options)
    flushed(sdk, 4)
    (user,) = sandbox.shown("users")
    assert user["user_properties"] == {"plan": "pro", "visits": 2, "company": ["Acme"]}
    assert user["groups"] == {"company": ["Acme"]}
    (group,) = sandbox.shown("groups")
    assert group["group_properties"] == {"seats": 3}
    (revenue,) = sandbox.shown("events", event_type="revenue_amount")
    assert revenue["event_properties"]["$price"] == 3.5


def test_bad_events_are_named_and_the_rest_is_resent(sandbox, sdk):
    sdk.track(BaseEvent("Good", user_id="user-1", time=NOW))
    sdk.track(BaseEvent("Short", user_id="abc", time=NOW))
    sdk.track(BaseEvent("Reserved", user_id="unknown", time=NOW))
    flushed(sdk, 3)
    answers = {event_type: code for event_type, code, _ in sdk.answers}
    assert answers == {"Good": 200, "Short": 400, "Reserved": 400}
    assert [row["event_type"] for row in sandbox.shown("events")] == ["Good"]


def test_a_min_id_length_reaches_the_sandbox(sandbox, sdk):
    sdk.configuration.min_id_length = 1
    sdk.track(BaseEvent("Good", user_id="u", time=NOW))
    flushed(sdk, 1)
    assert [row["user_id"] for row in sandbox.shown("events")] == ["u"]


def test_a_resend_with_the_same_insert_id_is_stored_once(sandbox, sdk):
    sandbox.upload([event()])
    sdk.track(
        BaseEvent(
            "Product Viewed",
            user_id="user-1",
            device_id="device-1",
            insert_id="insert-1",
            time=NOW,
        )
    )
    flushed(sdk, 1)
    assert len(sandbox.shown("events")) == 1
    assert sandbox.shown("summary")["duplicates"] == 1
