"""A proxy on loopback for HTTPS: it opens tunnels, or refuses to."""

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Tunnel:
    url: str
    asked: list[str]
    """The first line of each request."""


class Handler(socketserver.StreamRequestHandler):
    server: "Server"

    def handle(self) -> None:
        line = self.rfile.readline().decode().strip()
        while self.rfile.readline().strip():
            pass
        self.server.asked.append(line)
        if self.server.refuse:
            self.wfile.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
            return
        host, _, port = line.split()[1].rpartition(":")
        with socket.create_connection((host, int(port))) as target:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._relay(target)

    def _relay(self, target: socket.socket) -> None:
        other = {self.connection: target, target: self.connection}
        while True:
            for ready in select.select(list(other), [], [])[0]:
                data = ready.recv(65_536)
                if not data:
                    return
                other[ready].sendall(data)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, *, refuse: bool) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.refuse = refuse
        self.asked: list[str] = []


@contextmanager
def tunnel(*, refuse: bool = False) -> Iterator[Tunnel]:
    """Serve while the context lasts."""
    server = Server(refuse=refuse)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Tunnel(f"http://127.0.0.1:{server.server_address[1]}", server.asked)
    finally:
        server.shutdown()
        server.server_close()
