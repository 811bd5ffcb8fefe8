"""A loopback server that answers as it is told: replies, closed connections, or a real sandbox."""

import gzip
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

CERTIFICATE = Path(__file__).parent / "certificate.pem"


@dataclass(frozen=True)
class Heard:
    path: str
    body: bytes
    """As it was before it was compressed."""
    encoding: str = ""
    authorization: str = ""

    @property
    def rows(self) -> list[dict]:
        if self.body.startswith(b"{"):
            return json.loads(self.body)["events"]
        form = parse_qs(self.body.decode())
        return json.loads((form.get("identification") or form["mapping"])[0])

    @property
    def options(self) -> dict | None:
        if self.body.startswith(b"{"):
            return json.loads(self.body).get("options")
        options = parse_qs(self.body.decode()).get("options")
        return json.loads(options[0]) if options else None


@dataclass(frozen=True)
class Say:
    """A reply of our own; `forward` asks the server behind first and throws its reply away.

    `then` is called when that has been done, before anything is said.
    """

    status: int = 200
    body: object = ""
    headers: dict[str, str] = field(default_factory=dict)
    close: bool = False
    forward: bool = False
    then: Callable[[], object] = lambda: None

    @property
    def content(self) -> bytes:
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


CLOSE = Say(close=True)
COMMIT_AND_CLOSE = Say(close=True, forward=True)
Answerer = Callable[[Heard], Say | None]


def ingested(heard: Heard) -> Say:
    return Say(body={"code": 200, "events_ingested": len(heard.rows), "server_upload_time": 1})


def in_turn(*replies: Say) -> Answerer:
    """Give these replies to the first requests, and pass on those that follow."""
    left, lock = list(replies), threading.Lock()

    def answer(_heard: Heard) -> Say | None:
        with lock:
            return left.pop(0) if left else None

    return answer


@dataclass
class Scripted:
    url: str
    heard: list[Heard]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Answerer, behind: str | None, *, keep: bool) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.behind, self.keep = answer, behind, keep
        self.heard: list[Heard] = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        encoding = self.headers.get("content-encoding", "")
        request = Heard(
            self.path,
            gzip.decompress(content) if encoding == "gzip" else content,
            encoding,
            self.headers.get("authorization", ""),
        )
        if self.server.keep:
            self.server.heard.append(request)
        say = self.server.answer(request)
        if say is None or say.forward:
            passed = self._forward(request) if self.server.behind else ingested(request)
            say = say or passed
        say.then()
        if say.close:
            self.close_connection = True
        else:
            self._reply(say)

    def _forward(self, request: Heard) -> Say:
        target = urlsplit(self.server.behind)
        connection = HTTPConnection(target.hostname, target.port)
        kind = {"content-type": self.headers["content-type"]}
        connection.request("POST", request.path, request.body, kind)
        response = connection.getresponse()
        say = Say(response.status, response.read().decode())
        connection.close()
        return say

    def _reply(self, say: Say) -> None:
        self.send_response(say.status)
        for name, value in say.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(say.content)))
        self.end_headers()
        self.wfile.write(say.content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def scripted(
    answer: Answerer, behind: str | None = None, *, keep: bool = True, tls: bool = False
) -> Iterator[Scripted]:
    """Serve; requests that `answer` has no reply for go to the server `behind`, or succeed."""
    server = Server(answer, behind, keep=keep)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        scheme = "https" if tls else "http"
        yield Scripted(f"{scheme}://127.0.0.1:{server.server_port}", server.heard)
    finally:
        server.shutdown()
        server.server_close()
