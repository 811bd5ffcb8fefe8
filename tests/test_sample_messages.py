"""The sample's messages: as many as asked, and what a shop's traffic is made of."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from seg2amp.errors import ConfigurationError
from seg2amp.sample import DEFAULT_END, generate

MESSAGES = 5_000


@pytest.fixture(scope="module")
def messages():
    return list(generate(MESSAGES, seed=7))


def seconds(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("count", [1, 37, 1_000, 25_001], ids="{} messages".format)
def test_exactly_as_many_as_asked(count):
    assert sum(1 for _ in generate(count, seed=3)) == count


def test_another_seed_tells_another_story(messages):
    assert list(generate(MESSAGES, seed=8)) != messages


def test_none_is_refused():
    with pytest.raises(ConfigurationError, match="`messages` is 0"):
        generate(0, seed=1)


def test_an_end_without_time_zone_is_utc(messages):
    naive = DEFAULT_END.replace(tzinfo=None)
    assert list(generate(MESSAGES, 7, naive)) == messages


def test_timestamp_is_received_minus_time_in_the_queue(messages):
    for message in messages:
        queued = seconds(message["sentAt"]) - seconds(message["originalTimestamp"])
        assert seconds(message["timestamp"]) == seconds(message["receivedAt"]) - queued


def test_all_were_received_in_the_five_days_before_the_end(messages):
    received = [seconds(message["receivedAt"]) for message in messages]
    assert DEFAULT_END - timedelta(days=5) <= min(received)
    assert max(received) <= DEFAULT_END
    assert received == sorted(received)


def test_another_end_moves_the_window():
    end = datetime(2030, 6, 1, 12, tzinfo=UTC)
    received = {seconds(message["receivedAt"]) for message in generate(200, 7, end)}
    assert end - timedelta(days=5) <= min(received) <= max(received) <= end


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("track", 50, 60), ("identify", 8, 12), ("group", 1, 4), ("alias", 0.02, 1)],
)
def test_the_mix_is_that_of_a_shop(messages, kind, least, most):
    share = 100 * sum(message["type"] == kind for message in messages) / MESSAGES
    assert least <= share <= most


def test_orders_hold_one_to_six_products(messages):
    orders = [m for m in messages if m.get("event") == "Order Completed"]
    assert {len(order["properties"]["products"]) for order in orders} == {1, 2, 3, 4, 5, 6}
    assert 0.04 < len(orders) / MESSAGES < 0.08


def test_somebody_browses_and_then_signs_up(messages):
    joins = {
        message["anonymousId"]: message["receivedAt"]
        for message in messages
        if message["type"] == "identify" and message["userId"] and message["anonymousId"]
    }
    before = {
        message["anonymousId"]
        for message in messages
        if message["userId"] is None
        and message["receivedAt"] < joins.get(message["anonymousId"], "")
    }
    assert len(before) > 20


def test_duplicates_come_again_later_and_are_otherwise_the_same(messages):
    counts = Counter(message["messageId"] for message in messages)
    twice = [name for name, count in counts.items() if count > 1]
    assert 0.002 < len(twice) / MESSAGES < 0.01
    for name in twice:
        first, second = (message for message in messages if message["messageId"] == name)
        assert first["receivedAt"] < second["receivedAt"]
        moving = {"receivedAt": "", "sentAt": ""}
        assert first | moving == second | moving


def test_some_are_late(messages):
    late = [
        message
        for message in messages
        if seconds(message["receivedAt"]) - seconds(message["timestamp"]) > timedelta(hours=6)
    ]
    assert 0.003 < len(late) / MESSAGES < 0.02


@pytest.mark.parametrize(
    "is_rubbish",
    [
        pytest.param(lambda m: m["userId"] == "schema-violations", id="violation"),
        pytest.param(lambda m: m["userId"] is m["anonymousId"] is None, id="nobody"),
        pytest.param(lambda m: m["userId"] == "u1", id="short id"),
        pytest.param(lambda m: m["userId"] in {"null", "undefined", "0"}, id="placeholder"),
        pytest.param(lambda m: m["timestamp"] > "2026-06", id="future"),
        pytest.param(lambda m: m.get("event") == "", id="no event name"),
        pytest.param(lambda m: m.get("event") == "注文完了", id="unwritable event name"),
        pytest.param(
            lambda m: m.get("properties", {}).get("revenue") == "$30.00",
            id="revenue as text",
        ),
    ],
)
def test_rubbish_is_present_and_rare(messages, is_rubbish):
    assert 1 <= sum(map(is_rubbish, messages)) < MESSAGES / 200


def test_session_ids_come_in_every_form(messages):
    ids = [
        options["session_id"]
        for message in messages
        for options in message["integrations"].values()
        if isinstance(options, dict)
    ]
    assert {type(value) for value in ids} == {int, str}
    assert -1 in ids
    assert any(0 < value < 10**11 for value in ids if isinstance(value, int))
