"""A collector on loopback that does on receipt what Segment's servers document to do.

It takes the requests of Segment's own libraries and keeps each message as Segment's archive does.
"""

import base64
import contextlib
import gzip
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

Message = dict[str, Any]

# The calls of browsers and phones, whose address Segment fills in; a server's it leaves out.
CLIENT_CALLS = ("t", "p", "s", "i", "g", "a", "b")
SERVER_CALLS = ("batch", "import")
METRICS = "m"


def received(
    message: Message, *, sent_at: str | None, at: datetime, project: str, ip: str | None
) -> Message:
    """Give a message as the archive holds it, received `at` from a client at `ip` or a server."""
    kept = {key: value for key, value in message.items() if key not in {"timestamp", "writeKey"}}
    original = message.get("timestamp")
    return {
        **kept,
        "channel": "server" if ip is None else "client",
        "context": ({} if ip is None else {"ip": ip}) | (message.get("context") or {}),
        "integrations": message.get("integrations") or {},
        "originalTimestamp": original,
        "projectId": project,
        "receivedAt": _iso(at),
        "sentAt": sent_at,
        "timestamp": _iso(_corrected(original, sent_at, at)),
        "version": 2,
    }


def _corrected(original: str | None, sent_at: str | None, at: datetime) -> datetime:
    """Take the error of the client's clock out of its time."""
    if original is None:
        return at
    happened = datetime.fromisoformat(original)
    return happened if sent_at is None else at - (datetime.fromisoformat(sent_at) - happened)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Collector:
    """What arrived, in order, from sources that are known by their write keys."""

    sources: dict[str, str]
    url: str = ""
    messages: list[Message] = field(default_factory=list)

    def of(self, write_key: str) -> list[Message]:
        """Give what one source sent."""
        project = self.sources[write_key]
        return [message for message in self.messages if message["projectId"] == project]

    def land(self, path: Path) -> None:
        """Write everything as newline-delimited JSON."""
        lines = (json.dumps(message, ensure_ascii=False) for message in self.messages)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    async def take(self, request: Request) -> Response:
        """Answer a call with one message or a batch of them."""
        call = request.path_params["call"]
        if call == METRICS:
            return JSONResponse({"success": True})
        if call not in CLIENT_CALLS + SERVER_CALLS:
            return JSONResponse({"success": False, "message": "no such call"}, 404)
        body = await _body(request)
        project = self.sources.get(_write_key(request) or body.get("writeKey"))
        if project is None:
            return JSONResponse({"success": False, "message": "unknown write key"}, 401)
        at = datetime.now(UTC)
        ip = request.client.host if request.client and call in CLIENT_CALLS else None
        self.messages += [
            received(
                message,
                sent_at=message.get("sentAt") or body.get("sentAt"),
                at=at,
                project=project,
                ip=ip,
            )
            for message in body.get("batch", [body])
        ]
        return JSONResponse({"success": True})


async def _body(request: Request) -> Message:
    content = await request.body()
    if request.headers.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    body: Message = json.loads(content)
    return body


def _write_key(request: Request) -> str | None:
    """Read the write key that stands as the user name, without a password."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    return base64.b64decode(credentials).decode().partition(":")[0]


@contextlib.contextmanager
def collecting(sources: dict[str, str], pages: Sequence[BaseRoute] = ()) -> Iterator[Collector]:
    """Collect while the context lasts, for sources from write key to project id; serve `pages`."""
    collector = Collector(sources)
    anywhere = Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
    )
    app = Starlette(
        routes=[Route("/v1/{call}", collector.take, methods=["POST"]), *pages],
        middleware=[anywhere],
    )
    app.state.collector = collector
    config = uvicorn.Config(app, port=0, lifespan="off", ws="none", log_config=None)
    listener = config.bind_socket()
    listener.listen()
    collector.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
