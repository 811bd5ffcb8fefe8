"""Fixtures for tests of the sandbox itself: its clock is stopped, and it is asked by hand."""

from collections.abc import Iterator

import pytest

from sandbox_client import NOW, Sandbox, client_of
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving


@pytest.fixture(scope="session")
def served_sandbox() -> Iterator[Sandbox]:
    """One server for the whole session, with its clock stopped."""
    with serving(SandboxConfig(clock=lambda: NOW)) as served:
        sandbox = client_of(served)
        with sandbox.http:
            yield sandbox


@pytest.fixture
def sandbox(served_sandbox: Sandbox) -> Sandbox:
    """Give the sandbox with nothing in it."""
    assert served_sandbox.http.post("/_sandbox/reset").json() == {"reset": True}
    return served_sandbox
