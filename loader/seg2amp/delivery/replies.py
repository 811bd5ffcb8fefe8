"""What each reply means: the one place that decides.

| reply | meaning |
|---|---|
| 200 that confirms every row | Delivered |
| 200 that counts fewer rows, where an earlier request may have stored the others | Delivered |
| any other 2xx, a 200 that confirms nothing or another number | Unconfirmed |
| 400 that names rows | RowsRefused: record them, send their neighbours again |
| 400 that names none but is Amplitude's; any 400 of a form endpoint | Bisect |
| 403 | Forbidden: a request without rows tells whether a row or the sender is to blame |
| 400 about the key or the request itself, 401, redirects, other 4xx | Fatal |
| other 400 (not Amplitude's words) | Unconfirmed |
| 408, 5xx, timeout, broken connection | Wait, outcome unknown |
| 503, no connection | Wait |
| a certificate that cannot be trusted | Fatal |
| 413 | Split |
| 429 that names users, devices or rows; a 400 that names throttled rows | Throttled: they wait |
| 429 that names users or devices whose daily quota is used up | Throttled, for a later run |
| other 429 | Wait, for all lanes; as long as the endpoint documents or `Retry-After` says |
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from seg2amp.delivery.client import Reply
from seg2amp.delivery.endpoints import Endpoint


@dataclass(frozen=True, slots=True)
class Delivered:
    """Every row of the request is stored; `server_upload_time` is epoch ms UTC."""

    server_upload_time: int | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one row was refused."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowsRefused:
    """Nothing is stored; these rows, by their place in the request, are to blame."""

    refused: Mapping[int, Refusal]


@dataclass(frozen=True, slots=True)
class Split:
    """Nothing is stored: the request is too large."""

    reason: str


@dataclass(frozen=True, slots=True)
class Bisect:
    """Nothing is stored and some row is to blame, but the reply does not say which."""

    reason: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Nothing is stored: a firewall dislikes a row's content, or us."""

    reason: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """Nothing is stored; these users or devices sent too much, the others did not."""

    reason: str
    seconds: float
    users: frozenset[str]
    devices: frozenset[str]
    rows: frozenset[int]
    """Places in the request."""
    quota: bool = False
    """It is the day's quota that is used up."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Send the same again later; `seconds` is None when only a growing pause is sensible."""

    reason: str
    seconds: float | None = None
    unknown: bool = False
    """The rows may have been stored although no reply says so."""
    unreachable: bool = False
    everyone: bool = False
    """The whole project is throttled: no other request would do better."""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A reply that neither confirms nor refuses: never a success."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fewer(Unconfirmed):
    """A 200 in Amplitude's words that counts fewer events than were sent.

    Enough where an earlier request may have stored the others; `server_upload_time` as above.
    """

    server_upload_time: int | None


@dataclass(frozen=True, slots=True)
class Fatal:
    """No row is to blame and sending the same again is useless."""

    reason: str
    fault: Literal["key", "address", "forbidden", "certificate"]


Meaning = (
    Delivered | RowsRefused | Split | Bisect | Forbidden | Throttled | Wait | Unconfirmed | Fatal
)

# A day's quota is counted in steps of an hour.
_QUOTA_SECONDS = 3_600.0

# Texts of Amplitude's 400 that blame the request as a whole, not a row of it.
_REQUEST_ERRORS = ("Missing request body", "Invalid request path")
_LONGEST_WORDS = 200
# Epoch ms beyond all dates.
_LATEST_MOMENT = 2**53
_KEY_ERRORS = ("invalid api key", "invalid_api_key")
_ROW_LISTS = {
    "events_with_missing_fields": "missing",
    "events_with_invalid_fields": "invalid value",
    "events_with_invalid_id_lengths": "invalid id length",
}


def meaning(endpoint: Endpoint, sent: int, reply: Reply) -> Meaning:
    """Decide what a reply to a request of so many rows means."""
    status = reply.status
    if status is None and reply.trouble == "untrusted":
        return Fatal(_words(reply), "certificate")
    if status is None:
        lost = reply.trouble != "unreachable"
        return Wait(_words(reply), unknown=lost, unreachable=not lost)
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return _success(endpoint, sent, reply)
    if status == HTTPStatus.BAD_REQUEST:
        return _bad_request(endpoint, sent, reply)
    return _failure(endpoint, status, reply)


def _success(endpoint: Endpoint, sent: int, reply: Reply) -> Meaning:
    said = reply.json if isinstance(reply.json, dict) else {}
    confirmed = reply.status == HTTPStatus.OK and said.get("code") == HTTPStatus.OK
    if endpoint.field:
        plain = reply.status == HTTPStatus.OK and reply.content.strip() == b"success"
        if confirmed or plain:
            return Delivered(_moment(said.get("server_upload_time")))
    elif confirmed and _integer(said.get("events_ingested")) == sent:
        return Delivered(_moment(said.get("server_upload_time")))
    elif confirmed:
        count = said.get("events_ingested")
        reason = f"HTTP 200 that confirms {count!r} of {sent} events"
        if _integer(count) in range(sent):
            return Fewer(reason, _moment(said.get("server_upload_time")))
        return Unconfirmed(reason)
    return Unconfirmed(f"HTTP {reply.status} without a confirmation: {_words(reply)}")


def _failure(endpoint: Endpoint, status: int, reply: Reply) -> Meaning:
    reason = f"HTTP {status}: {_words(reply)}"
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Split(reason)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = Wait(reason, _pause(endpoint, reply), everyone=True)
        return _throttled(endpoint, reply, reason) or wait
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        unknown = status != HTTPStatus.SERVICE_UNAVAILABLE
        return Wait(reason, reply.retry_after, unknown=unknown)
    if status == HTTPStatus.FORBIDDEN:
        return Forbidden(reason)
    return Fatal(reason, "key" if status == HTTPStatus.UNAUTHORIZED else "address")


def _bad_request(endpoint: Endpoint, sent: int, reply: Reply) -> Meaning:
    words = _words(reply)
    reason = f"HTTP 400: {words}"
    if any(text in words.lower() for text in _KEY_ERRORS):
        return Fatal(reason, "key")
    said = reply.json
    if not isinstance(said, dict):
        return Bisect(reason) if endpoint.field else Unconfirmed(reason)
    refused = {row: why for row, why in _refusals(said, words).items() if 0 <= row < sent}
    if refused:
        return RowsRefused(refused)
    if said.get("missing_field") or words.startswith(_REQUEST_ERRORS):
        return Fatal(reason, "address")
    throttled = _throttled(endpoint, reply, reason)
    if throttled:
        return throttled
    known = said.get("code") == HTTPStatus.BAD_REQUEST or "error" in said
    return Bisect(reason) if endpoint.field or known else Unconfirmed(reason)


def _throttled(endpoint: Endpoint, reply: Reply, reason: str) -> Throttled | None:
    said = reply.json if isinstance(reply.json, dict) else {}
    users = _names(said.get("exceeded_daily_quota_users"))
    devices = _names(said.get("exceeded_daily_quota_devices"))
    if users or devices:
        # Who is merely throttled is named again when the others are sent.
        return Throttled(reason, _QUOTA_SECONDS, users, devices, frozenset(), quota=True)
    users, devices = _names(said.get("throttled_users")), _names(said.get("throttled_devices"))
    rows = frozenset(_integers(said.get("throttled_events")))
    if users or devices or rows:
        return Throttled(reason, _pause(endpoint, reply), users, devices, rows)
    return None


def _names(found: object) -> frozenset[str]:
    return frozenset(map(str, found)) if isinstance(found, dict | list) else frozenset()


def _refusals(said: Mapping[str, Any], words: str) -> dict[int, Refusal]:
    named: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for field, row, fault in _named_rows(said):
        named[row][field] = fault
    return {
        row: Refusal(
            ", ".join(sorted(faults)), f"{', '.join(dict.fromkeys(faults.values()))} ({words})"
        )
        for row, faults in named.items()
    }


def _named_rows(said: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    for row in _integers(said.get("silenced_events")):
        yield "device_id", row, "device silenced"
    for key, lists in said.items():
        if not key.startswith("events_with_"):
            continue
        fault = _ROW_LISTS.get(key, key.removeprefix("events_with_").replace("_", " "))
        by_field = lists if isinstance(lists, dict) else {"": lists}
        for field, rows in by_field.items():
            for row in _integers(rows):
                yield _line(field), row, _line(fault)


def _integers(values: object) -> list[int]:
    found = [_integer(value) for value in values] if isinstance(values, list) else []
    return [value for value in found if value is not None]


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _moment(value: object) -> int | None:
    found = _integer(value)
    return found if found is not None and 0 <= found <= _LATEST_MOMENT else None


def _pause(endpoint: Endpoint, reply: Reply) -> float:
    return endpoint.throttle_seconds if reply.retry_after is None else reply.retry_after


def _words(reply: Reply) -> str:
    """Give the reply's own error text, or the beginning of whatever it is, in one line."""
    said = reply.json
    if isinstance(said, dict) and isinstance(said.get("error"), str):
        field = said.get("missing_field")
        return _line(f"{said['error']} `{field}`" if isinstance(field, str) else said["error"])
    return _line(reply.text) or "empty body"


def _line(text: str) -> str:
    """Make one line of it that any warehouse can hold."""
    storable = text.replace("\0", " ").encode("utf-8", "replace").decode()
    return " ".join(storable.split())[:_LONGEST_WORDS]
