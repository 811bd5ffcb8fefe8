"""Rows on their way: one request to an endpoint, compressed if that is wanted."""

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from pydantic import SecretStr

from seg2amp.delivery.client import Client, Reply, checked_url, shown_url
from seg2amp.delivery.endpoints import Endpoint
from seg2amp.delivery.payload import body
from seg2amp.errors import ConfigurationError

# Makes a request seven times smaller; higher levels cost more time than they save.
_GZIP_LEVEL = 1
# What a server says that does not read compressed bodies, and of a body that is wrong as it is.
_GZIP_REFUSALS = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def check_sending(api_key: SecretStr, base_url: str | None) -> None:
    """Find out, without sending, whether anything could be sent.

    Raises `ConfigurationError` as `Client` and `Transport` do.
    """
    Transport(api_key, Client((api_key,)), base_url)


class Transport:
    """Sends rows to Amplitude, or below `base_url`.

    Raises `ConfigurationError` when the key is empty, or `base_url` is no http(s) address.
    """

    def __init__(
        self,
        api_key: SecretStr,
        client: Client,
        base_url: str | None = None,
        *,
        compress: bool = False,
        note: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """Check the key and the address; nothing is sent yet.

        compress: gzip bodies, as long as the server takes them; `note` is told when it does not.
        """
        if not api_key.get_secret_value().strip():
            raise ConfigurationError("AMPLITUDE_API_KEY is empty; export the project's API key")
        self._key, self._client = api_key, client
        self._base_url = base_url and checked_url(base_url)
        self._compress, self._note = compress, note
        self._reads_gzip: set[str] = set()

    def address(self, endpoint: Endpoint, region: str) -> str:
        """Say where requests go, without any user name or password in the address."""
        return shown_url(endpoint.url(region, self._base_url))

    async def send(
        self, endpoint: Endpoint, region: str, rows: bytes, min_id_length: int | None
    ) -> Reply:
        """Send a JSON array of rows and wait for what comes back."""
        content = body(endpoint, self._key.get_secret_value(), rows, min_id_length)
        kind = "application/x-www-form-urlencoded" if endpoint.field else "application/json"
        url, headers = endpoint.url(region, self._base_url), {"content-type": kind}
        if self._compress:
            return await self._post_compressed(url, content, headers)
        return await self._client.post(url, content, headers)

    async def _post_compressed(self, url: str, content: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a body compressed; where that is refused, and the same uncompressed is not, stop."""
        packed = await asyncio.to_thread(gzip.compress, content, _GZIP_LEVEL)
        reply = await self._client.post(url, packed, {**headers, "content-encoding": "gzip"})
        if reply.status == HTTPStatus.OK:
            self._reads_gzip.add(url)
        known = reply.status == HTTPStatus.BAD_REQUEST and url in self._reads_gzip
        if reply.status not in _GZIP_REFUSALS or known:
            return replace(reply, body_bytes=len(content))
        plain = await self._client.post(url, content, headers)
        if self._compress and plain.status not in (*_GZIP_REFUSALS, None):
            self._compress = False
            self._note(f"{shown_url(url)} reads no gzip (HTTP {reply.status}); going on without")
        return plain
