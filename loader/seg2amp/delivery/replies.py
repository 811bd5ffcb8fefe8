"""What each reply means: the one place that decides.

| reply | meaning |
|---|---|
| 200 that confirms every row | Delivered |
| any other 2xx, a 200 that confirms nothing or another number | Unconfirmed |
| 400 that names rows | RowsRefused: record them, send their neighbours again |
| 400 that names none but is Amplitude's; any 400 of a form endpoint | Bisect |
| 400 about the key or the request itself, 401, 403, redirects, other 4xx | Fatal |
| other 400 (not Amplitude's words) | Unconfirmed |
| 408, 5xx, timeout, broken connection | Wait, outcome unknown |
| 503, no connection | Wait |
| a certificate that cannot be trusted | Fatal |
| 413 | Split |
| 429 | Wait, as long as the endpoint documents or `Retry-After` says |
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
class Wait:
    """Send the same again later; `seconds` is None when only a growing pause is sensible."""

    reason: str
    seconds: float | None = None
    unknown: bool = False
    """The rows may have been stored although no reply says so."""
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A reply that neither confirms nor refuses: never a success."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fatal:
    """No row is to blame and sending the same again is useless."""

    reason: str
    fault: Literal["key", "address", "forbidden", "certificate"]


Meaning = Delivered | RowsRefused | Split | Bisect | Wait | Unconfirmed | Fatal

# Texts of Amplitude's 400 that blame the request as a whole, not a row of it.
_REQUEST_ERRORS = ("Missing request body", "Invalid request path")
_LONGEST_WORDS = 200
_FAULTS: Mapping[int, Literal["key", "forbidden"]] = {401: "key", 403: "forbidden"}
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
            return Delivered(_integer(said.get("server_upload_time")))
    elif confirmed and _integer(said.get("events_ingested")) == sent:
        return Delivered(_integer(said.get("server_upload_time")))
    elif confirmed:
        count = said.get("events_ingested")
        return Unconfirmed(f"HTTP 200 that confirms {count!r} of {sent} events")
    return Unconfirmed(f"HTTP {reply.status} without a confirmation: {_words(reply)}")


def _failure(endpoint: Endpoint, status: int, reply: Reply) -> Meaning:
    reason = f"HTTP {status}: {_words(reply)}"
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Split(reason)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Wait(reason, _pause(endpoint, reply))
    if status == HTTPStatus.REQUEST_TIMEOUT or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        unknown = status != HTTPStatus.SERVICE_UNAVAILABLE
        return Wait(reason, reply.retry_after, unknown=unknown)
    return Fatal(reason, _FAULTS.get(status, "address"))


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
    if said.get("throttled_events"):
        return Wait(reason, _pause(endpoint, reply))
    known = said.get("code") == HTTPStatus.BAD_REQUEST or "error" in said
    return Bisect(reason) if endpoint.field or known else Unconfirmed(reason)


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
                yield field, row, fault


def _integers(values: object) -> list[int]:
    found = [_integer(value) for value in values] if isinstance(values, list) else []
    return [value for value in found if value is not None]


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


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
    return " ".join(text.split())[:_LONGEST_WORDS]
