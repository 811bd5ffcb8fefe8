"""JSON as people read it: indented, coloured by kind, safe inside a page."""

import json
import re
from datetime import date, datetime

from markupsafe import Markup, escape

_TOKENS = re.compile(
    r'(?P<name>"(?:\\.|[^"\\])*")(?=:)|(?P<text>"(?:\\.|[^"\\])*")'
    r"|(?P<value>-?\d[\d.eE+-]*|true|false|null)"
)


def listing(value: object) -> Markup:
    """Write a value as indented JSON with a `span` for each name and value, all of it escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=_plain)
    pieces = []
    end = 0
    for token in _TOKENS.finditer(text):
        pieces.append(escape(text[end : token.start()]))
        kind = Markup('<span class="{}">{}</span>')
        pieces.append(kind.format(token.lastgroup, token.group()))
        end = token.end()
    pieces.append(escape(text[end:]))
    return Markup("").join(pieces)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else str(value)
