"""Connections that can be broken: replies that never come, or only in part."""

import asyncio
import socket
import struct

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_ABORT_AT_ONCE = struct.pack("ii", 1, 0)


class Connection(H11Protocol):
    """An HTTP connection whose transport each of its requests finds in its state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the transport."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Reset(Response):
    """No reply: the connection is reset."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Break the connection, and wait until it is gone."""
        transport = scope["state"]["transport"]
        if not transport.is_closing():
            peer = transport.get_extra_info("socket")
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT_AT_ONCE)
            transport.abort()
        await _gone(receive)


class Truncated(Response):
    """Half of a reply whose header promises the whole."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say half, close the connection, and wait until it is gone."""
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        half = bytes(self.body[: len(self.body) // 2])
        await send({"type": "http.response.body", "body": half, "more_body": True})
        scope["state"]["transport"].close()
        await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
