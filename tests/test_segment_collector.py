"""The collector of the real clients: what Segment does with a message when it arrives."""

from datetime import UTC, datetime

import httpx
import pytest

from segment_collector import collecting, received

AT = datetime(2026, 1, 10, 9, 0, 10, tzinfo=UTC)
MESSAGE = {"type": "track", "event": "Order", "messageId": "m-1", "userId": "user-1"}


def arrived(message, sent_at="2026-01-10T10:00:00.000+01:00", ip=None):
    return received(message, sent_at=sent_at, at=AT, project="p-1", ip=ip)


@pytest.mark.parametrize(
    ("original", "sent_at", "timestamp"),
    [
        ("2026-01-10T09:00:00.000Z", "2026-01-10T09:00:00.000Z", "2026-01-10T09:00:10.000Z"),
        ("2026-01-09T00:00:00.250-08:00", "2026-01-10T09:00:09.750Z", "2026-01-09T08:00:00.500Z"),
        ("2030-01-10T08:59:50.000Z", "2030-01-10T09:00:00.000Z", "2026-01-10T09:00:00.000Z"),
        ("2026-01-10T08:00:00.000Z", None, "2026-01-10T08:00:00.000Z"),
        (None, "2026-01-10T09:00:00.000Z", "2026-01-10T09:00:10.000Z"),
    ],
)
def test_the_clients_clock_is_corrected(original, sent_at, timestamp):
    kept = arrived({**MESSAGE, "timestamp": original}, sent_at)
    assert kept["timestamp"] == timestamp
    assert (kept["originalTimestamp"], kept["sentAt"]) == (original, sent_at)
    assert kept["receivedAt"] == "2026-01-10T09:00:10.000Z"


def test_the_message_itself_is_kept():
    own = {"integrations": {"All": False}, "context": {"ip": "203.0.113.7"}}
    kept = arrived({**MESSAGE, **own, "writeKey": "secret"}, ip="127.0.0.1")
    assert kept.items() >= {**MESSAGE, **own, "projectId": "p-1", "channel": "client"}.items()
    assert "writeKey" not in kept


def test_the_address_of_a_client_is_filled_in_and_that_of_a_server_is_not():
    assert arrived(MESSAGE, ip="127.0.0.1")["context"] == {"ip": "127.0.0.1"}
    assert arrived(MESSAGE)["context"] == {}


def test_each_call_is_taken_and_a_strange_key_is_not():
    with collecting({"key": "p-1"}) as collector:
        with httpx.Client(base_url=collector.url, auth=("key", "")) as client:
            for call in ("t", "p", "s", "i", "g", "a"):
                assert client.post(f"/v1/{call}", json=MESSAGE).status_code == 200
            for call in ("batch", "import", "b"):
                assert client.post(f"/v1/{call}", json={"batch": [MESSAGE] * 2}).status_code == 200
            assert client.post("/v1/m", json={"series": []}).status_code == 200
            assert client.post("/v1/x", json=MESSAGE).status_code == 404
            assert client.post("/v1/t", json=MESSAGE, auth=("other", "")).status_code == 401
        assert len(collector.of("key")) == len(collector.messages) == 12
        channels = [message["channel"] for message in collector.messages]
        assert channels == ["client"] * 6 + ["server"] * 4 + ["client"] * 2
