"""Serving a sandbox on loopback: in the foreground for people, in a thread for tests."""

import contextlib
import errno
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import uvicorn

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.app import create_app
from seg2amp.sandbox.clock import Clock
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.connection import Connection
from seg2amp.sandbox.faults import Faults
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.store import Store

GRACE = 1
QUEUE = 128


@dataclass(frozen=True, slots=True)
class Serving:
    """A sandbox that is being served: where, and what it holds."""

    url: str
    sandbox: Sandbox

    @property
    def store(self) -> Store:
        """What was taken in."""
        return self.sandbox.store

    @property
    def faults(self) -> Faults:
        """The fault plan in force; `faults.arm(plan)` puts another in its place."""
        return self.sandbox.faults

    @property
    def clock(self) -> Clock:
        """The sandbox's clock; `clock.advance(milliseconds)` puts it forward."""
        return self.sandbox.clock


def run(config: SandboxConfig, announce: Callable[[str], None] = lambda _line: None) -> None:
    """Serve until Ctrl-C, then return; `announce` is told the URL once it answers.

    Raises `ConfigurationError` when the port or the journal cannot be had.
    """
    server = _server(Sandbox(config))
    listener = _listen(config)
    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        announce(_url(listener))
        server.run(sockets=[listener])


@contextlib.contextmanager
def serving(config: SandboxConfig | None = None) -> Iterator[Serving]:
    """Serve in a thread while the context lasts.

    Raises `ConfigurationError` when the port or the journal cannot be had.
    """
    sandbox = Sandbox(config or SandboxConfig())
    listener = _listen(sandbox.config)
    server = _server(sandbox)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="sandbox", daemon=True
    )
    thread.start()
    try:
        yield Serving(_url(listener), sandbox)
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _listen(config: SandboxConfig) -> socket.socket:
    """Take the port now, so that a client's first request waits instead of failing."""
    # The protocol is named because asyncio sends without delay only on sockets that name it.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((config.host, config.port))
        listener.listen(QUEUE)
    except OSError as error:
        listener.close()
        taken = error.errno == errno.EADDRINUSE
        reason = "is in use" if taken else f"cannot be opened ({error.strerror})"
        raise ConfigurationError(
            f"port {config.port} {reason}; choose another with `--port`, or 0 for any free one"
        ) from error
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


def _server(sandbox: Sandbox) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create_app(sandbox),
            http=Connection,
            lifespan="off",
            ws="none",
            access_log=False,
            log_config=None,
            log_level="error",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )
