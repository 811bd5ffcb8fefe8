"""The raw JSON message, with the keys that Segment's archive holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Message = dict[str, Any]


def instant(epoch_ms: int) -> str:
    """Write epoch milliseconds as Segment does: ISO 8601, UTC, milliseconds."""
    moment = datetime.fromtimestamp(epoch_ms // 1000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{epoch_ms % 1000:03}Z"


def epoch_ms(text: str) -> int:
    """Read such an instant back into epoch milliseconds, UTC."""
    return utc_ms(datetime.fromisoformat(text))


def utc_ms(moment: datetime) -> int:
    """Turn a moment into epoch milliseconds; without a time zone it is UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Journey:
    """How a message travelled; all in milliseconds."""

    at: int
    """true time of the call, epoch ms, UTC"""
    skew: int
    """how far the device's clock is ahead"""
    queued: int
    """time in the device's queue before it was sent"""
    travel: int
    """time on the wire"""

    def times(self) -> Message:
        """Give the four times of a message; Segment computes `timestamp` from the other three."""
        original = self.at + self.skew
        sent = original + self.queued
        received = self.at + self.queued + self.travel
        return {
            "originalTimestamp": instant(original),
            "sentAt": instant(sent),
            "receivedAt": instant(received),
            "timestamp": instant(received - (sent - original)),
        }


def shifted(message: Message, delay: int) -> Message:
    """Return the same message sent and received `delay` ms later; its `timestamp` is unchanged."""
    return message | {
        key: instant(epoch_ms(message[key]) + delay) for key in ("sentAt", "receivedAt")
    }


def moved(message: Message, distance: int) -> Message:
    """Return the same message as if its caller had dated it `distance` ms later."""
    keys = ("originalTimestamp", "timestamp")
    return message | {key: instant(epoch_ms(message[key]) + distance) for key in keys}
