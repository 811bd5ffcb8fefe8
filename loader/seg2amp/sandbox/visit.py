"""One request on its way through the sandbox: what came, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from seg2amp.sandbox import body
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.store import Arrival
from seg2amp.sandbox.values import JsonObject

Reader: TypeAlias = Callable[["Visit"], list[JsonObject]]


def _nothing(_visit: "Visit") -> list[JsonObject]:
    return []


@dataclass(slots=True)
class Visit:
    """A request; `received` is its body as sent, None if too large; `time` is epoch ms, UTC."""

    endpoint: str
    method: str
    headers: Mapping[str, str]
    query: bytes
    limits: Limits
    time: int
    encodings: frozenset[str] = body.PLAIN
    """The content encodings that are accepted."""
    read: Reader = _nothing
    """How to find the objects in it, for a look before the checks; raises what reading raises."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the path itself names."""
    project: str | None = None
    received: bytes | None = None
    items: list[JsonObject] | None = None
    arrival: Arrival | None = None
    rules: list[Rule] = field(default_factory=list)
    faults: list[JsonObject] = field(default_factory=list)
    _content: bytes | None = None

    def content(self) -> bytes:
        """Give the body unpacked; raises `Refusal`."""
        if self._content is None:
            self._content = body.content(self.headers, self.received, self.limits, self.encodings)
        return self._content

    def content_type(self) -> str:
        """Give the main content type without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def seen_body(self) -> bytes:
        """Give the body, or nothing where it cannot be unpacked."""
        try:
            return self.content()
        except Refusal:
            return b""

    def seen_items(self) -> list[JsonObject]:
        """Give the objects in the request, or nothing where they cannot be read."""
        if self.items is None:
            try:
                self.items = self.read(self)
            except (Refusal, ValueError):
                self.items = []
        return self.items
