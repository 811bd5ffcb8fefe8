"""The form APIs: /identify, /groupidentify and /usermap.

Their bodies are hardly documented: a success is the bare text `success`, a refusal a bare word.
"""

import email.parser
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.responses import PlainTextResponse, Response

from seg2amp.sandbox import body, catalogue
from seg2amp.sandbox.admission import Check, check_key, judge, min_id_length
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.catalogue import Violation
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.fields import Terms
from seg2amp.sandbox.replies import Faults, Refusal
from seg2amp.sandbox.rules import (
    check_group_identification,
    check_identification,
    check_user_mapping,
)
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.store import Arrival, Store
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

LONGEST_URL = 8_192

Add: TypeAlias = Callable[[Store, JsonObject, Arrival, tuple[Violation, ...]], None]
Together: TypeAlias = Callable[[list[JsonObject], Store], Faults]


@dataclass(frozen=True, slots=True)
class FormApi:
    """One form endpoint: the field that holds its items, its limits, checks and effect."""

    path: str
    field: str
    limits: Limits
    check: Check
    check_together: Together
    add: Add

    @property
    def door(self) -> Door:
        """The door to this API."""
        methods = ("GET", "POST")
        return Door(self.path, methods, self.limits, self.read, self.answer, Refusal.as_text)

    def read(self, visit: Visit) -> list[JsonObject]:
        """Give the items of a request as they are; raises `Refusal`."""
        return _items(_form(visit).get(self.field))

    def answer(self, visit: Visit, sandbox: Sandbox) -> Response:
        """Take in one request; raises `Refusal`."""
        form = _form(visit)
        visit.project = project = _project(form, sandbox.config)
        visit.items = items = _items(form.get(self.field))
        if len(items) > self.limits.items:
            raise Refusal(413, "Payload too large", self.limits.too_many_items)
        terms = Terms(visit.time, _min_id_length(form.get("options")))
        judgement = judge(items, self.check, terms, sandbox.config)
        # Which items of a list are bad is not told by these APIs: the reply is one word for all.
        faults = judgement.faults or self.check_together(items, sandbox.store)
        if faults:
            raise Refusal(400, "invalid_event", faults=faults)
        sandbox.throttle(visit, items)
        visit.arrival = arrival = sandbox.store.arrive(self.path, project, terms.now)
        for item, warnings in zip(items, judgement.remarks, strict=True):
            self.add(sandbox.store, item, arrival, warnings)
        return PlainTextResponse("success")


def _form(visit: Visit) -> dict[str, str]:
    """Give the fields of the query and of the body, the body's winning."""
    query = visit.query
    if visit.method == "GET" and len(visit.endpoint) + 1 + len(query) > LONGEST_URL:
        raise Refusal(414, "Request-URI Too Long", catalogue.URL_TOO_LONG)
    content = visit.content()
    try:
        fields = body.parse_form(query)
        if content or not query:
            fields.update(_body_fields(visit, content))
    except ValueError:
        raise Refusal(400, "missing_event", catalogue.CONTENT_TYPE) from None
    return fields


def _body_fields(visit: Visit, content: bytes) -> dict[str, str]:
    match visit.content_type():
        case "application/x-www-form-urlencoded":
            return body.parse_form(content)
        case "multipart/form-data":
            return _multipart_fields(visit.headers["content-type"], content)
        case _:
            raise Refusal(400, "missing_event", catalogue.CONTENT_TYPE)


def _multipart_fields(content_type: str, content: bytes) -> dict[str, str]:
    """Read a multipart body; raises `ValueError`."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = email.parser.BytesParser().parsebytes(head + content)
    fields = {}
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        text = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(text, bytes):
            fields[name] = text.decode()
    return fields


def _project(form: dict[str, str], config: SandboxConfig) -> str:
    try:
        return check_key(form.get("api_key"), config)
    except Refusal as refusal:
        absent = refusal.rule is catalogue.MISSING_API_KEY
        word = "missing_api_key" if absent else "invalid_api_key"
        raise Refusal(400, word, refusal.rule) from None


def _items(text: str | None) -> list[JsonObject]:
    """Read the one object or the list of objects; raises `Refusal`."""
    try:
        value = body.parse_json(text or "")
    except Refusal:
        raise Refusal(400, "missing_event", catalogue.MISSING_ITEMS) from None
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in items):
        raise Refusal(400, "missing_event", catalogue.MISSING_ITEMS)
    return items


def _min_id_length(options: str | None) -> int:
    try:
        return min_id_length(None if options is None else body.parse_json(options))
    except Refusal:
        raise Refusal(400, "invalid_options", catalogue.INVALID_OPTIONS) from None


def _independent(_items: list[JsonObject], _store: Store) -> Faults:
    return ()


def _few_group_properties(items: list[JsonObject], _store: Store) -> Faults:
    """Raise `Refusal` when the items carry more group properties than one request may."""
    count = 0
    for item in items:
        properties = item["group_properties"]
        if isinstance(properties, dict):
            operands = [value for key, value in properties.items() if key.startswith("$")]
            count += sum(len(value) for value in operands if isinstance(value, dict))
            count += len(properties) - len(operands)
    if count > GROUP_IDENTIFY.limits.items:
        raise Refusal(413, "Payload too large", catalogue.TOO_MANY_ITEMS)
    return ()


def _no_cycles(mappings: list[JsonObject], store: Store) -> Faults:
    """Find a mapping that leads back to its own user, alone or with those before it."""
    maps = dict(store.user_maps)
    for index, mapping in enumerate(mappings):
        source, target = mapping["user_id"], mapping.get("global_user_id")
        if not isinstance(source, str) or not isinstance(target, str):
            maps.pop(str(source), None)
            continue
        maps[source] = target
        while target in maps and target != source:
            target = maps[target]
        if target == source:
            return [(index, Violation(catalogue.MAPPING_CYCLE, "global_user_id"))]
    return ()


IDENTIFY = FormApi(
    path="/identify",
    field="identification",
    limits=Limits(2_000, 1_000_000, catalogue.IDENTIFY_LIMITS, catalogue.IDENTIFY_LIMITS),
    check=check_identification,
    check_together=_independent,
    add=Store.add_identification,
)
GROUP_IDENTIFY = FormApi(
    path="/groupidentify",
    field="identification",
    limits=Limits(items=1_024, bytes=1_000_000),
    check=check_group_identification,
    check_together=_few_group_properties,
    add=Store.add_group_identification,
)
USER_MAP = FormApi(
    path="/usermap",
    field="mapping",
    limits=Limits(items=2_000, bytes=1_000_000),
    check=check_user_mapping,
    check_together=_no_cycles,
    add=Store.add_user_mapping,
)
