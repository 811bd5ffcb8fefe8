"""One request on its way through the sandbox: what came, and what becomes of it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TypeAlias

from seg2amp.sandbox import body, catalogue
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.config import SandboxConfig
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
    config: SandboxConfig
    read: Reader = _nothing
    """How to find the objects in it, for a look before the checks; raises what reading raises."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    """What the path itself names."""
    project: str | None = None
    received: bytes | None = None
    items: list[JsonObject] | None = None
    arrival: Arrival | None = None
    rules: list[Rule] = field(default_factory=list)
    remarks: dict[Rule, None] = field(default_factory=dict)
    """The rules that the request as a whole breaks, and that do not refuse it."""
    faults: list[JsonObject] = field(default_factory=list)
    held: ExitStack = field(default_factory=ExitStack)
    """What the request keeps to itself until it is replied to."""
    _content: bytes | None = None

    def pass_over(self, refusal: Refusal) -> None:
        """Remark the rule that is broken; raises the refusal if this sandbox enforces it."""
        if refusal.rule is None or self.config.refuses(refusal.rule):
            raise refusal
        self.remarks[refusal.rule] = None

    @property
    def most_bytes(self) -> int:
        """How much of a body is taken in: up to its limit, if more is refused."""
        refused = self.config.refuses(self.limits.too_many_bytes)
        return self.limits.bytes if refused else body.MOST_BYTES

    def content(self) -> bytes:
        """Give the body unpacked; raises `Refusal`."""
        if self._content is None:
            wire = self.config.wire_bytes
            encodings = body.GZIP if self.config.gzip else body.PLAIN
            most = body.MOST_BYTES if wire else self.most_bytes
            content = body.content(self.headers, self.received, most, encodings)
            too_large = Refusal(413, "Payload too large", self.limits.too_many_bytes)
            if content is None:
                raise too_large
            if len(self.received or b"" if wire else content) > self.limits.bytes:
                self.pass_over(too_large)
            self._content = content
        return self._content

    def json(self, text: bytes | str) -> object:
        """Read JSON as strictly as the sandbox's mode has it; raises `Refusal`."""
        try:
            return body.parse_json(text)
        except Refusal as refusal:
            if refusal.rule is not catalogue.LAX_JSON:
                raise
            self.pass_over(refusal)
            return body.parse_json(text, lax=True)

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
