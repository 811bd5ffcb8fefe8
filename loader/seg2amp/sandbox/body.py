"""Reading a request: its bytes within a limit, and strict JSON out of them."""

import json
import re
import zlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.catalogue import Rule
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_GZIP = 31
MOST_BYTES = 200_000_000
"""No body is held beyond this, however its bytes are counted."""
PLAIN = frozenset({"", "identity"})
GZIP = PLAIN | {"gzip"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may hold, and the rules that it breaks with more."""

    items: int
    bytes: int
    too_many_items: Rule = catalogue.TOO_MANY_ITEMS
    too_many_bytes: Rule = catalogue.TOO_MANY_BYTES


async def receive(request: Request, limit: int) -> bytes | None:
    """Give the body as sent, or None when it exceeds the limit.

    All of it is read either way, since a client hears no reply while it still sends.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size <= limit:
                chunks.append(chunk)
    except ClientDisconnect:
        raise Refusal(400, "Missing request body", catalogue.MISSING_BODY) from None
    return b"".join(chunks) if size <= limit else None


def content(
    headers: Mapping[str, str], received: bytes | None, limit: int, encodings: Container[str]
) -> bytes | None:
    """Give the decompressed body, or None when it exceeds the limit; raises `Refusal`."""
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in encodings:
        raise Refusal(415, "Unsupported content encoding", catalogue.CONTENT_ENCODING)
    plain = _decompress(received, limit) if received and encoding == "gzip" else received
    return None if plain is None or len(plain) > limit else plain


def parse_json(text: bytes | str, *, lax: bool = False) -> object:
    """Read JSON as strictly as its standard does, or make the best of it; raises `Refusal`."""
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
        value: object = json.loads(decoded, **(_LAX if lax else _STRICT))
        if _SURROGATE.search(decoded):
            written = json.dumps(value, ensure_ascii=False)
            value = json.loads(written.encode(errors="replace" if lax else "strict"))
    except Refusal:
        raise
    except UnicodeEncodeError:
        raise _lax() from None
    except (ValueError, RecursionError):
        raise Refusal(400, "Invalid JSON request body", catalogue.INVALID_JSON) from None
    return value


def parse_form(body: bytes) -> dict[str, str]:
    """Read a urlencoded body or query; raises `ValueError`."""
    return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))


def _decompress(received: bytes, limit: int) -> bytes:
    decompressor = zlib.decompressobj(_GZIP)
    try:
        body = decompressor.decompress(received, limit + 1)
    except zlib.error:
        body = b""
    if len(body) <= limit and (not decompressor.eof or decompressor.unused_data):
        raise Refusal(400, "Invalid JSON request body", catalogue.CONTENT_ENCODING)
    return body


def _lax() -> Refusal:
    return Refusal(400, "Invalid JSON request body", catalogue.LAX_JSON)


def _object_of(pairs: Sequence[tuple[str, object]]) -> JsonObject:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _lax()
    return value


def _refuse_constant(_name: str) -> object:
    raise _lax()


def _number(text: str) -> float | None:
    value = float(text)
    return value if isfinite(value) else None


def _finite(text: str) -> float:
    value = _number(text)
    if value is None:
        raise _lax()
    return value


_STRICT: dict[str, Any] = {
    "object_pairs_hook": _object_of,
    "parse_constant": _refuse_constant,
    "parse_float": _finite,
}
_LAX: dict[str, Any] = {"parse_constant": lambda _name: None, "parse_float": _number}
