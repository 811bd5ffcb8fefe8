"""One request, one reply: HTTP troubles come back as values, never as exceptions."""

import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from time import monotonic
from types import TracebackType
from typing import Any, Literal, Self

import httpx
from pydantic import SecretStr

from seg2amp.errors import ConfigurationError
from seg2amp.tracing import span

Trouble = Literal["unreachable", "untrusted", "timeout", "broken"]
"""No reply came: the request never left (untrusted: the certificate is not to be trusted), or
nobody knows what became of it.
"""

# A shorter secret is none of Amplitude's, and could be a word of the reply itself.
_SHORTEST_SECRET = 8
# A day; what is more is no number of seconds.
_LONGEST_RETRY = 86_400.0


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
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds."""

    connect: float = 10.0
    read: float = 60.0


class Client:
    """Posts bodies; no reply it gives holds one of its secrets.

    Proxies and certificate authorities are those of the environment (HTTPS_PROXY, NO_PROXY,
    SSL_CERT_FILE). Redirects are never followed: rows and keys would go with them.

    Raises `ConfigurationError` when a proxy or certificate file of the environment cannot be used.
    """

    def __init__(
        self,
        secrets: Sequence[SecretStr],
        connections: int = 4,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Get ready; nothing is sent yet."""
        self._secrets = tuple(secrets)
        self._client = _client(connections, timeouts or Timeouts())

    async def post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a body and wait for what comes back."""
        with span("POST", **{"url.full": shown_url(url)}) as found:
            reply = await self._post(url, content, headers)
            found["http.request.body.size"] = reply.body_bytes
            if reply.status:
                found["http.response.status_code"] = reply.status
            else:
                found["error.type"] = reply.trouble or ""
            return reply

    async def _post(self, url: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        sent_at, started = datetime.now(UTC).replace(tzinfo=None), monotonic()
        try:
            response = await self._client.post(url, content=content, headers=headers)
        except httpx.HTTPError as error:
            trouble, detail = _trouble(error)
            return Reply(
                sent_at,
                _ms_since(started),
                len(content),
                trouble=trouble,
                detail=self._scrubbed(detail),
            )
        moved = response.has_redirect_location
        return Reply(
            sent_at,
            _ms_since(started),
            len(content),
            status=response.status_code,
            content=b"" if moved else self._scrubbed_bytes(response.content),
            retry_after=_seconds(response.headers.get("retry-after")),
            detail=self._scrubbed(f"it redirects to {_target(response)}") if moved else "",
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
        for known in self._secrets:
            secret = known.get_secret_value().encode()
            if len(secret) >= _SHORTEST_SECRET:
                content = content.replace(secret, b"***")
        return content


def shown_url(url: str) -> str:
    """Leave out the user name and password that an address may hold."""
    return str(httpx.URL(url).copy_with(userinfo=b""))


def checked_url(base_url: str) -> str:
    """Give back a `--base-url`.

    Raises `ConfigurationError` when it is no http(s) address.
    """
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host:
        raise ConfigurationError("`--base-url` must be an address like http://127.0.0.1:8765")
    return base_url


def untrusted(address: str, reason: str) -> ConfigurationError:
    """Say that a server's certificate is not to be trusted, which no retry mends."""
    return ConfigurationError(
        f"`{address}` shows a certificate that cannot be trusted ({reason}); nothing was sent, "
        "name the authorities that your network trusts in SSL_CERT_FILE, or check the address"
    )


def _client(connections: int, seconds: Timeouts) -> httpx.AsyncClient:
    # Neither error may be quoted: a proxy's address can hold a password.
    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(seconds.read, connect=seconds.connect),
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections),
            follow_redirects=False,
            trust_env=True,
            headers={"user-agent": f"seg2amp/{version('seg2amp')}", "accept": "application/json"},
        )
    except OSError:
        raise ConfigurationError(
            "SSL_CERT_FILE or SSL_CERT_DIR names no readable certificates; correct or unset it"
        ) from None
    except (ValueError, ImportError, httpx.InvalidURL):
        raise ConfigurationError(
            "HTTP_PROXY, HTTPS_PROXY or ALL_PROXY is no address of an HTTP proxy; correct or "
            "unset it"
        ) from None


def _trouble(error: httpx.HTTPError) -> tuple[Trouble, str]:
    words = str(error) or type(error).__name__
    if isinstance(error, httpx.ProxyError):
        return "unreachable", f"the proxy says {words}"
    if isinstance(error, httpx.ConnectError):
        refused = _certificate_error(error)
        return ("untrusted", refused.verify_message) if refused else ("unreachable", words)
    if isinstance(error, httpx.ConnectTimeout):
        return "unreachable", words
    return ("timeout" if isinstance(error, httpx.TimeoutException) else "broken"), words


def _certificate_error(error: BaseException) -> ssl.SSLCertVerificationError | None:
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return None


def _target(response: httpx.Response) -> str:
    """Give where a redirect leads, without what its query may hold."""
    target = response.url.join(response.headers["location"])
    return shown_url(str(target.copy_with(query=None)))


def _seconds(retry_after: str | None) -> float | None:
    """Read `Retry-After`, which is a number of seconds or a date."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), _LONGEST_RETRY)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (aware - datetime.now(UTC)).total_seconds()), _LONGEST_RETRY)


def _ms_since(started: float) -> int:
    return round((monotonic() - started) * 1000)
