"""Whatever the messages are: the build holds, each line is accounted for, no row is a surprise."""

import json

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
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


OPTIONS = st.sampled_from(["session_id", "outOfSession", "groups", "unmap", "paying", "event_id"])
CONTEXTS = st.dictionaries(
    st.sampled_from(["name", "search", "url", "referrer", "categoryPreferences", "address"]),
    st.one_of(TEXTS, OBJECTS),
    max_size=3,
)
# Each rule that a setting can switch on, at once.
EVERYTHING = {
    "profile": "classic",
    "min_id_length": 1,
    "skip_user_properties_sync": True,
    "only_where": {"context.app.name": None},
    "drop_where": {"properties.price": 7},
    "drop_events": ["drop*"],
    "consent_categories": ["advertising"],
    "drop_bots": True,
    "page_emit": "first",
    "screen_naming": "android",
    "track_all_pages": True,
    "revenue_falls_back_to_total": "any",
    "track_products_once": True,
    "append_fields_to_event_props": {"context.page.title": "title", "traits.plan": "plan"},
    "map_query_params": {"search": "user_properties", "query": "event_properties"},
    "traits_to_increment": ["price"],
    "traits_to_set_once": ["plan"],
    "traits_to_append": ["name"],
    "traits_to_prepend": ["products"],
    "traits_to_unset": ["quantity"],
    "track_gclid": True,
    "version_name": "1.0",
    "mapped_fields": {
        "dma": "context.location.dma",
        "android_id": "context.device.id",
        "event_id": "properties.quantity",
        "paying": "traits.paying",
        "start_version": "integrations.Amplitude.start_version",
    },
}


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
            st.sampled_from(["Actions Amplitude", "Amplitude", "All"]),
            st.one_of(st.dictionaries(OPTIONS, VALUES, max_size=3), VALUES),
        ),
        "context": st.dictionaries(
            st.sampled_from(
                ["device", "os", "page", "campaign", "location", "ip", "userAgent", "locale"]
            )
            | st.sampled_from(["traits", "consent", "library", "app"]),
            st.one_of(VALUES, OBJECTS, CONTEXTS),
            max_size=4,
        ),
    },
)


def accepted(client, line, min_id_length):
    """Whether the sandbox takes a row that the preview does not reject."""
    payload = json.dumps(line["payload"])
    options = json.dumps({"min_id_length": min_id_length} if min_id_length else {})
    if line["endpoint"] == "batch":
        body = f'{{"api_key":"key","events":[{payload}],"options":{options}}}'
        headers = {"content-type": "application/json"}
        reply = client.post("/batch", content=body, headers=headers)
    else:
        form = {"api_key": "key", FORMS[line["endpoint"]]: f"[{payload}]", "options": options}
        reply = client.post(f"/{line['endpoint']}", data=form)
    return reply.status_code == 200 or reply.text


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param({"profile": "recommended"}, id="recommended"),
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(
            {"profile": "recommended", "user_properties_on": "identify"},
            id="on identifies",
            marks=pytest.mark.full,
        ),
        pytest.param({"profile": "actions"}, id="actions", marks=pytest.mark.full),
        pytest.param({"profile": "classic"}, id="classic", marks=pytest.mark.full),
    ],
)
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(messages=st.lists(MESSAGES, min_size=40, max_size=80))
def test_every_line_is_accounted_for_and_every_row_accepted(chosen, messages):
    shown = transform.preview(
        Environment().project_dir,
        [json.dumps(message) for message in messages],
        {"send_alias": True, **chosen},
    )
    lines = [json.loads(line) for line in shown.lines]
    assert {line["line"] for line in lines} == set(range(1, len(messages) + 1))
    for line in lines:
        assert "payload" in line or line["reason"], line
        if chosen["profile"] == "recommended":
            assert "mix operations" not in (line.get("reason") or ""), line
    ids = chosen.get("min_id_length")
    with serving() as sandbox, httpx.Client(base_url=sandbox.url) as client:
        for line in lines:
            if "outcome" not in line:
                assert accepted(client, line, ids) is True, line
