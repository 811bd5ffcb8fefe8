"""Whatever the messages are: the build holds, each line is accounted for, no row is a surprise."""

import json

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seg2amp import transform
from seg2amp.sandbox.server import serving
from seg2amp.settings import Environment

FORMS = {"groupidentify": "identification", "usermap": "mapping"}
TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "null", "-1", "0", "$3.50", "1,050.00", "1709634030456", "Order Completed"]
    ),
    st.sampled_from(
        ["2024-03-05T10:20:30.456Z", "2024-02-30", "user-12345", "$set", "Order Completed"]
    ),
)
SCALARS = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
)
KEYS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["$set", "$setOnce", "$add", "$other", "price", "quantity", "revenue"]),
    st.sampled_from(["products", "product_id", "order_id", "name", "utm_source", "referrer"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=4)


def plausible(value, *others):
    return st.one_of(st.just(value), *others, VALUES)


MESSAGES = st.fixed_dictionaries(
    {"type": st.sampled_from(["track", "page", "screen", "identify", "group", "alias"])},
    optional={
        "messageId": st.uuids().map(str),
        "userId": plausible("user-12345"),
        "anonymousId": plausible("anon-12345"),
        "previousId": plausible("old-12345"),
        "groupId": plausible("group-1"),
        "event": plausible("Order Completed", TEXTS),
        "name": plausible("Home", TEXTS),
        "category": plausible("Shop"),
        "timestamp": plausible("2024-03-05T10:20:30.456Z"),
        "receivedAt": plausible("2024-03-05T10:20:31.000Z"),
        "properties": plausible({"revenue": 5, "products": [{"price": 1}]}, OBJECTS),
        "traits": plausible({"plan": "pro"}, OBJECTS),
        "integrations": st.dictionaries(
            st.sampled_from(["Actions Amplitude", "Amplitude"]),
            st.one_of(st.fixed_dictionaries({"session_id": VALUES}), VALUES),
        ),
        "context": st.dictionaries(
            st.sampled_from(["device", "os", "page", "campaign", "location", "ip", "userAgent"]),
            st.one_of(VALUES, OBJECTS),
            max_size=4,
        ),
    },
)


def accepted(client, line):
    """Whether the sandbox takes a row that the preview does not reject."""
    payload = json.dumps(line["payload"])
    if line["endpoint"] == "batch":
        body = f'{{"api_key":"key","events":[{payload}]}}'
        headers = {"content-type": "application/json"}
        reply = client.post("/batch", content=body, headers=headers)
    else:
        form = {"api_key": "key", FORMS[line["endpoint"]]: f"[{payload}]"}
        reply = client.post(f"/{line['endpoint']}", data=form)
    return reply.status_code == 200 or reply.text


@pytest.mark.parametrize(
    "profile",
    [
        "recommended",
        pytest.param("actions", marks=pytest.mark.full),
        pytest.param("classic", marks=pytest.mark.full),
    ],
)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages=st.lists(MESSAGES, min_size=40, max_size=80))
def test_every_line_is_accounted_for_and_every_row_accepted(profile, messages):
    shown = transform.preview(
        Environment().project_dir,
        [json.dumps(message) for message in messages],
        {"profile": profile, "send_alias": True},
    )
    lines = [json.loads(line) for line in shown.lines]
    assert {line["line"] for line in lines} == set(range(1, len(messages) + 1))
    for line in lines:
        assert "payload" in line or line["reason"], line
    with serving() as sandbox, httpx.Client(base_url=sandbox.url) as client:
        for line in lines:
            if "outcome" not in line:
                assert accepted(client, line) is True, line
