"""The page that shows the event stream by user."""

import pytest

from sandbox_client import NOW, event
from seg2amp.sandbox.page import EVENTS_SHOWN, USERS_SHOWN


def page(sandbox, **query):
    reply = sandbox.http.get("/", params=query)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/html")
    return reply.text


def test_an_empty_sandbox_says_so(sandbox):
    assert "No events yet" in page(sandbox)


def test_the_page_tells_region_and_mode(sandbox):
    assert "us · strict" in page(sandbox)


def test_what_was_sent_is_escaped(sandbox):
    nasty = "<script>alert('x')</script>"
    sandbox.upload(
        [
            event(
                user_id=nasty,
                event_type=nasty,
                event_properties={nasty: nasty, "list": [nasty]},
                user_properties={nasty: {"deep": nasty}},
                **{nasty: 1},
            )
        ]
    )
    for html in (page(sandbox), page(sandbox, user=nasty), page(sandbox, user='"><b>')):
        assert "<script" not in html
        assert "<b>&" not in html.replace("<b>&lt;script", "")
    assert "&lt;script&gt;" in page(sandbox)


def test_both_halves_of_a_story_stand_under_one_user(sandbox):
    sandbox.upload(
        [
            event(user_id=..., insert_id="1", event_type="Browsed", time=NOW - 2_000),
            event(insert_id="2", event_type="Signed Up", time=NOW - 1_000),
        ]
    )
    html = page(sandbox)
    assert html.count('<details class="user"') == 1
    assert html.index("Signed Up") < html.index("Browsed")


def test_events_are_grouped_by_session(sandbox):
    start = NOW - 600_000
    sandbox.upload(
        [
            event(insert_id="1", time=start, session_id=start),
            event(insert_id="2", time=start + 65_000, session_id=start),
            event(insert_id="3", time=start + 300_000, session_id=-1),
        ]
    )
    html = page(sandbox)
    assert "session of 1 min 5 s" in html
    assert "outside any session" in html


def test_revenue_warnings_and_labels_are_shown(sandbox):
    sandbox.upload([event(price=39.9, quantity=2, currency="EUR", messageId="m")])
    sandbox.upload([event(time=0)])
    html = page(sandbox)
    assert "79.80 EUR" in html
    assert "1 warning" in html
    assert html.count("not documented by Amplitude") == 3


def test_users_and_events_shown_are_limited(sandbox):
    many = [
        event(insert_id=f"e{number}", time=NOW - number, event_type="Of One")
        for number in range(EVENTS_SHOWN + 1)
    ]
    crowd = [
        event(insert_id="x", user_id=f"crowd-{number}", device_id=f"crowd-{number}", time=NOW - 1)
        for number in range(USERS_SHOWN)
    ]
    sandbox.upload(many + crowd)
    html = page(sandbox)
    assert html.count('<details class="user"') == USERS_SHOWN
    assert f"{USERS_SHOWN} of {USERS_SHOWN + 1} users" in html
    assert f"The newest {EVENTS_SHOWN} of {EVENTS_SHOWN + 1} events" in html
    assert html.count('<span class="name">Of One</span>') == EVENTS_SHOWN


@pytest.mark.parametrize(
    "wanted", ["ANNA", "phone-7", " anna-1 "], ids=["user", "device", "spaces"]
)
def test_users_can_be_found_by_any_id(sandbox, wanted):
    sandbox.upload(
        [
            event(insert_id="1", user_id="anna-1", device_id="phone-7"),
            event(insert_id="2", user_id="bert-1", device_id="phone-8"),
        ]
    )
    html = page(sandbox, user=wanted)
    assert "anna-1" in html
    assert "bert-1" not in html
    assert "No user matches" in page(sandbox, user="nobody")


def test_the_page_needs_nothing_from_elsewhere(sandbox):
    html = page(sandbox)
    assert "http://" not in html
    assert "https://" not in html
    assert " src=" not in html


def test_the_fault_plan_in_force_is_shown_with_its_hits(sandbox):
    assert "Fault plan" not in page(sandbox)
    rules = [{"fault": "status", "status": 503, "contains": "<b>"}]
    sandbox.http.put("/_sandbox/faults", json={"rules": rules})
    sandbox.upload([event(event_properties={"a": "<b>"})])
    html = page(sandbox)
    panel = html[html.index("Fault plan in force") :]
    assert "<code>status</code>" in panel
    assert "503" in panel
    assert '<td class="number">1</td>' in panel
    assert "<b>" not in panel
