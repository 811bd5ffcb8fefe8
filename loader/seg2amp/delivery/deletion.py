"""Deleting users: asking Amplitude for it, and the jobs it makes of that.

A job runs within 30 days and cannot be undone; each request e-mails all admins. Asking twice for
the same user is harmless, so a request whose outcome is unknown is sent again. Source: Amplitude
User Privacy API.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from itertools import count
from time import monotonic
from typing import Any

from pydantic import SecretStr, TypeAdapter, ValidationError

from seg2amp.delivery.client import Client, Reply, Timeouts, checked_url, shown_url, untrusted
from seg2amp.delivery.endpoints import host
from seg2amp.delivery.pace import Pace
from seg2amp.delivery.patience import Patience
from seg2amp.delivery.signals import Stop
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly

HOSTS = {
    "north_america": "https://amplitude.com",
    "europe": "https://analytics.eu.amplitude.com",
}
IDS_PER_REQUEST = 100
REQUESTS_PER_SECOND = 1
_PATH = "/api/2/deletions/users"
_WORDS = 200


@dataclass(frozen=True, slots=True)
class DeletionSettings:
    """What a deletion is told."""

    api_key: SecretStr
    secret_key: SecretStr
    region: str = "north_america"
    base_url: str | None = None
    """Ask below this address instead of Amplitude's own hosts."""
    requester: str = ""
    """Who asks for it: Amplitude keeps it with the job."""
    ignore_invalid_id: bool = False
    """Pass over ids that the project does not know; else one of them refuses its whole request."""
    delete_from_org: bool = False
    """Delete from every project of the organisation, which ignores unknown ids too."""
    patience: Patience = field(default_factory=Patience)
    timeouts: Timeouts = field(default_factory=Timeouts)


@dataclass(frozen=True, slots=True)
class DeletedUser:
    """A user of a deletion job."""

    amplitude_id: int
    requested_on_day: date | None = None
    requester: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class DeletionJob:
    """A job of Amplitude's; it is `staging` until three days before `day`, when it runs."""

    day: date
    status: str
    amplitude_ids: tuple[DeletedUser, ...]
    app: int | str | None = None
    """The project, where the deletion is from several."""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What came of asking: the jobs as each request found them, and ids that nobody knows."""

    requests: int
    jobs: tuple[DeletionJob, ...]
    invalid_ids: tuple[str | int, ...]


_JOBS = TypeAdapter(tuple[DeletionJob, ...])
_REFUSALS: Mapping[int, tuple[type[Seg2ampError], str]] = {
    HTTPStatus.BAD_REQUEST: (
        Seg2ampError,
        (
            "refused the ids ({words}); none of this request is deleted, correct them, or pass "
            "`--ignore-invalid-id` where the project may not know all"
        ),
    ),
    HTTPStatus.UNAUTHORIZED: (
        ConfigurationError,
        (
            "refused the keys ({words}); check AMPLITUDE_API_KEY and AMPLITUDE_SECRET_KEY, "
            "and that they are of one project of this region"
        ),
    ),
    HTTPStatus.FORBIDDEN: (
        Seg2ampError,
        (
            "forbids the deletion ({words}); ask an admin of the organisation, or who runs the "
            "network, why"
        ),
    ),
}
_NO_ENDPOINT = (
    ConfigurationError,
    "is no Amplitude endpoint ({words}); check `--base-url`, or the proxy on the way",
)


def delete_users(
    user_ids: Sequence[str],
    settings: DeletionSettings,
    note: Callable[[str], None] = lambda _line: None,
) -> Deletion:
    """Ask Amplitude to delete users, 100 a request and a request a second; `note` hears of waits.

    Raises `ConfigurationError` when there is no id, an id is empty, or the keys, the region or the
    address are refused. Raises `StoppedEarly` when Amplitude is out of reach or too busy. Raises
    `Seg2ampError` when it refuses the ids, or answers as Amplitude does not. Errors say how many
    ids were taken before.
    """
    ids = list(dict.fromkeys(user_ids))
    if not ids or not all(one.strip() for one in ids):
        raise ConfigurationError("No user to delete: name at least one user id, and no empty one")
    for name, key in (("API", settings.api_key), ("SECRET", settings.secret_key)):
        if not key.get_secret_value().strip():
            raise ConfigurationError(f"AMPLITUDE_{name}_KEY is empty; export the project's keys")
    return asyncio.run(_Asking(settings, note).delete(ids))


class _Asking:
    """One deletion, from its first request to its last."""

    def __init__(self, settings: DeletionSettings, note: Callable[[str], None]) -> None:
        base_url = settings.base_url and checked_url(settings.base_url)
        self._settings, self._note = settings, note
        self._url = host(HOSTS, settings.region, base_url) + _PATH
        self._address = shown_url(self._url)
        pair = f"{settings.api_key.get_secret_value()}:{settings.secret_key.get_secret_value()}"
        self._login = SecretStr(base64.b64encode(pair.encode()).decode())
        secrets = (settings.api_key, settings.secret_key, self._login)
        self._client = Client(secrets, connections=1, timeouts=settings.timeouts)
        self._pace = Pace(REQUESTS_PER_SECOND, 1.0)
        self._reached = False

    async def delete(self, ids: Sequence[str]) -> Deletion:
        jobs: list[DeletionJob] = []
        invalid: list[str | int] = []
        starts = range(0, len(ids), IDS_PER_REQUEST)
        async with self._client:
            for start in starts:
                try:
                    reply = await self._ask(ids[start : start + IDS_PER_REQUEST])
                    made, unknown = _read(reply, self._address)
                except Seg2ampError as error:
                    if not start:
                        raise
                    taken = f"{start:,} of {len(ids):,} ids were taken before"
                    raise type(error)(f"{error}; {taken}") from None
                jobs.extend(made)
                invalid.extend(unknown)
        return Deletion(len(starts), tuple(jobs), tuple(invalid))

    async def _ask(self, ids: Sequence[str]) -> Reply:
        """Send one request until it is taken."""
        started, patience = monotonic(), self._settings.patience
        content = json.dumps(self._request(ids)).encode()
        for attempt in count(1):
            await self._pace.admit(1, Stop())
            reply = await self._client.post(self._url, content, self._headers())
            self._reached = self._reached or reply.status is not None
            if reply.status == HTTPStatus.OK:
                break
            error = self._error(reply)
            if error:
                raise error
            pause = patience.wait(attempt, reply.retry_after)
            if monotonic() - started + pause > patience.give_up_after:
                raise StoppedEarly(
                    f"`{self._address}` gave no other answer for {patience.give_up_after:.0f} s "
                    f"({_words(reply)}); run again later, asking twice is harmless"
                )
            self._note(f"{self._address}: {_words(reply)}; waiting {pause:.0f} s")
            await asyncio.sleep(pause)
        return reply

    def _request(self, ids: Sequence[str]) -> dict[str, object]:
        settings = self._settings
        # The server takes these words alone: true as JSON knows it is refused.
        flags = {"ignore_invalid_id": "True"} if settings.ignore_invalid_id else {}
        flags |= {"delete_from_org": "True"} if settings.delete_from_org else {}
        requester = {"requester": settings.requester} if settings.requester else {}
        return {"user_ids": list(ids), "include_mapped_user_ids": "True", **requester, **flags}

    def _headers(self) -> dict[str, str]:
        login = self._login.get_secret_value()
        return {"content-type": "application/json", "authorization": f"Basic {login}"}

    def _error(self, reply: Reply) -> Seg2ampError | None:
        """Give the error that ends it all; None where the same request may fare better later."""
        if reply.status is None:
            return self._unanswered(reply)
        busy = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
        if reply.status in busy or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        kind, text = _REFUSALS.get(reply.status, _NO_ENDPOINT)
        return kind(f"`{self._address}` {text.format(words=_words(reply))}")

    def _unanswered(self, reply: Reply) -> Seg2ampError | None:
        if reply.trouble == "untrusted":
            return untrusted(self._address, _words(reply))
        if reply.trouble == "unreachable" and not self._reached:
            return StoppedEarly(
                f"`{self._address}` is unreachable ({_words(reply)}); check the address and the "
                "network and run again"
            )
        return None


def _read(reply: Reply, address: str) -> tuple[tuple[DeletionJob, ...], list[str | int]]:
    """Give the jobs and the unknown ids that a reply tells of, one object or a list of them."""
    said: Any = reply.json
    parts = said if isinstance(said, list) else [said]
    invalid: list[str | int] = []
    jobs = []
    for part in parts:
        if isinstance(part, dict):
            invalid.extend(part.get("invalid_ids") or ())
        if not isinstance(part, dict) or part.keys() - {"invalid_ids"} or not part:
            jobs.append(part)
    try:
        return _JOBS.validate_python(jobs), invalid
    except ValidationError:
        raise Seg2ampError(
            f"`{address}` does not answer as Amplitude does (HTTP 200: {_words(reply)}); look in "
            "Amplitude's settings whether the deletion is planned"
        ) from None


def _words(reply: Reply) -> str:
    said = reply.json
    error = said.get("error") if isinstance(said, dict) else None
    text = error if isinstance(error, str) else reply.text or "empty body"
    line = " ".join(text.split())[:_WORDS]
    status = f"HTTP {reply.status}: " if reply.status not in (None, HTTPStatus.OK) else ""
    return status + line
