"""One request, one reply: HTTP troubles come back as values, never as exceptions."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from time import monotonic
from types import TracebackType
from typing import Any, Literal, Self

import httpx
from pydantic import SecretStr

from seg2amp.delivery.endpoints import Endpoint
from seg2amp.delivery.payload import body
from seg2amp.errors import ConfigurationError

Trouble = Literal["unreachable", "timeout", "broken"]
"""No reply came: the request never left, or nobody knows what became of it."""

# A shorter key is none of Amplitude's, and could be a word of the reply itself.
_SHORTEST_SECRET = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one request; `status` is None when nothing did."""

    sent_at: datetime
    """Naive UTC."""
    duration_ms: int
    body_bytes: int
    status: int | None = None
    content: bytes = b""
    retry_after: float | None = None
    trouble: Trouble | None = None
    detail: str = ""

    @property
    def text(self) -> str:
        """The body as text, or what went wrong instead of one."""
        return self.content.decode("utf-8", "replace") or self.detail

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever a server may say
        """The body as JSON, or None when it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds."""

    connect: float = 10.0
    read: float = 60.0


class Transport:
    """Sends requests to Amplitude, or below `base_url`; no reply it gives holds the API key.

    Raises `ConfigurationError` when the key is empty, or `base_url` is no http(s) address.
    """

    def __init__(
        self,
        api_key: SecretStr,
        base_url: str | None = None,
        connections: int = 4,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Check the key and the address; nothing is sent yet."""
        if not api_key.get_secret_value().strip():
            raise ConfigurationError("AMPLITUDE_API_KEY is empty; export the project's API key")
        self._key = api_key
        self._base_url = base_url and _checked(base_url)
        seconds = timeouts or Timeouts()
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(seconds.read, connect=seconds.connect),
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
            follow_redirects=False,
            headers={"user-agent": f"seg2amp/{version('seg2amp')}", "accept": "application/json"},
        )

    def address(self, endpoint: Endpoint, region: str) -> str:
        """Say where requests go, without any user name or password in the address."""
        return shown_url(endpoint.url(region, self._base_url))

    async def send(
        self, endpoint: Endpoint, region: str, rows: bytes, min_id_length: int | None
    ) -> Reply:
        """Send a JSON array of rows and wait for what comes back."""
        content = body(endpoint, self._key.get_secret_value(), rows, min_id_length)
        kind = "application/x-www-form-urlencoded" if endpoint.field else "application/json"
        sent_at, started = datetime.now(UTC).replace(tzinfo=None), monotonic()
        try:
            response = await self._client.post(
                endpoint.url(region, self._base_url),
                content=content,
                headers={"content-type": kind},
            )
        except httpx.HTTPError as error:
            return Reply(
                sent_at,
                _ms_since(started),
                len(content),
                trouble=_trouble(error),
                detail=self._scrubbed(str(error) or type(error).__name__),
            )
        return Reply(
            sent_at,
            _ms_since(started),
            len(content),
            status=response.status_code,
            content=self._scrubbed_bytes(response.content),
            retry_after=_seconds(response.headers.get("retry-after")),
        )

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        await self._client.__aexit__(kind, error, trace)

    def _scrubbed(self, text: str) -> str:
        return self._scrubbed_bytes(text.encode()).decode("utf-8", "replace")

    def _scrubbed_bytes(self, content: bytes) -> bytes:
        secret = self._key.get_secret_value().encode()
        return content if len(secret) < _SHORTEST_SECRET else content.replace(secret, b"***")


def shown_url(url: str) -> str:
    """Leave out the user name and password that an address may hold."""
    return str(httpx.URL(url).copy_with(userinfo=b""))


def _checked(base_url: str) -> str:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        raise ConfigurationError("`--base-url` must be an address like http://127.0.0.1:8765")
    return base_url


def _trouble(error: httpx.HTTPError) -> Trouble:
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)):
        return "unreachable"
    return "timeout" if isinstance(error, httpx.TimeoutException) else "broken"


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.strip().isdigit() else None


def _ms_since(started: float) -> int:
    return round((monotonic() - started) * 1000)
