"""The table of replies: each one has exactly one meaning."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seg2amp.delivery.client import Reply
from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.delivery.replies import (
    Bisect,
    Delivered,
    Fatal,
    Fewer,
    Forbidden,
    Refusal,
    RowsRefused,
    Split,
    Throttled,
    Unconfirmed,
    Wait,
    meaning,
)

BATCH, GROUPS = ENDPOINTS["batch"], ENDPOINTS["groupidentify"]


def reply(status: int | None, content: str = "", **more: object) -> Reply:
    return Reply(datetime.now(UTC), 1, 1, status=status, content=content.encode(), **more)


@pytest.mark.parametrize(
    ("endpoint", "said", "means"),
    [
        (BATCH, reply(200, '{"code":200,"events_ingested":3}'), Delivered),
        (BATCH, reply(201, '{"code":200,"events_ingested":3}'), Unconfirmed),
        (BATCH, reply(200, '{"code":200,"events_ingested":3.0}'), Unconfirmed),
        (BATCH, reply(200, '{"code":200,"events_ingested":0}'), Fewer),
        (BATCH, reply(200, '{"code":200,"events_ingested":2}'), Fewer),
        (BATCH, reply(200, '{"code":200,"events_ingested":4}'), Unconfirmed),
        (BATCH, reply(200, '{"code":200,"events_ingested":-1}'), Unconfirmed),
        (BATCH, reply(200, "success"), Unconfirmed),
        (BATCH, reply(204), Unconfirmed),
        (GROUPS, reply(200, "success"), Delivered),
        (GROUPS, reply(200, '{"code":200}'), Delivered),
        (GROUPS, reply(200, "invalid_api_key"), Unconfirmed),
        (GROUPS, reply(200, ""), Unconfirmed),
        (BATCH, reply(400, '{"code":400,"error":"Invalid API key: 0"}'), Fatal),
        (GROUPS, reply(400, "invalid_api_key"), Fatal),
        (BATCH, reply(400, '{"error":"Missing request body"}'), Fatal),
        (BATCH, reply(400, '{"error":"Request missing","missing_field":"events"}'), Fatal),
        (BATCH, reply(400, '{"error":"Invalid JSON request body"}'), Bisect),
        (BATCH, reply(400, '{"events_with_invalid_fields":{"time":[9]},"code":400}'), Bisect),
        (BATCH, reply(400, '{"events_with_invalid_fields":{"time":[2]}}'), RowsRefused),
        (BATCH, reply(400, '{"error":"e","throttled_events":[1]}'), Throttled),
        (BATCH, reply(429, '{"throttled_users":{"u":31}}'), Throttled),
        (BATCH, reply(429, '{"exceeded_daily_quota_devices":{"d":500001}}'), Throttled),
        (BATCH, reply(400, "{}"), Unconfirmed),
        (BATCH, reply(400, "oops"), Unconfirmed),
        (BATCH, reply(400, "[" * 100_000), Unconfirmed),
        (GROUPS, reply(400, "missing_event"), Bisect),
        (BATCH, reply(401), Fatal),
        (BATCH, reply(403), Forbidden),
        (BATCH, reply(301), Fatal),
        (BATCH, reply(405), Fatal),
        (BATCH, reply(408), Wait),
        (BATCH, reply(413), Split),
        (BATCH, reply(429), Wait),
        (BATCH, reply(500), Wait),
        (BATCH, reply(503), Wait),
        (BATCH, reply(None, trouble="timeout"), Wait),
    ],
    ids=lambda value: (
        f"{value.status}-{value.content.decode()}" if isinstance(value, Reply) else value.__doc__
    ),
)
def test_what_a_reply_means(endpoint, said, means):
    assert isinstance(meaning(endpoint, 3, said), means)


@pytest.mark.parametrize(
    ("said", "unknown", "unreachable", "seconds"),
    [
        (reply(None, trouble="unreachable"), False, True, None),
        (reply(None, trouble="timeout"), True, False, None),
        (reply(None, trouble="broken"), True, False, None),
        (reply(500), True, False, None),
        (reply(503), False, False, None),
        (reply(503, retry_after=7.0), False, False, 7.0),
        (reply(429), False, False, 15),
        (reply(429, retry_after=2.0), False, False, 2.0),
    ],
    ids=["unreachable", "timeout", "broken", "500", "503", "503-after", "429", "429-after"],
)
def test_how_to_wait(said, unknown, unreachable, seconds):
    wait = meaning(BATCH, 3, said)
    assert (wait.unknown, wait.unreachable, wait.seconds) == (unknown, unreachable, seconds)


def test_named_rows_carry_their_fields_and_reasons():
    said = reply(
        400,
        '{"code":400,"error":"Invalid field values on some events",'
        '"events_with_missing_fields":{"event_type":[1]},'
        '"events_with_invalid_fields":{"time":[0,1],"ip":[]},'
        '"events_with_invalid_id_lengths":{"user_id":[2]}}',
    )
    words = "Invalid field values on some events"
    assert meaning(BATCH, 3, said) == RowsRefused(
        {
            0: Refusal("time", f"invalid value ({words})"),
            1: Refusal("event_type, time", f"missing, invalid value ({words})"),
            2: Refusal("user_id", f"invalid id length ({words})"),
        }
    )


@given(st.integers(100, 599), st.binary(max_size=60), st.sampled_from([BATCH, GROUPS]))
def test_no_reply_but_a_confirmation_is_a_success(status, content, endpoint):
    said = meaning(endpoint, 3, Reply(datetime.now(UTC), 1, 1, status=status, content=content))
    assert not isinstance(said, Delivered) or content.strip() == b"success"
