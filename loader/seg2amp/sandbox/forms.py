"""The form APIs: /identify, /groupidentify and /usermap.

Their bodies are hardly documented: a success is the bare text `success`, a refusal a bare word.
"""

import email.parser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from starlette.responses import JSONResponse, PlainTextResponse, Response

from seg2amp.sandbox import body, catalogue
from seg2amp.sandbox.admission import Check, Remarks, judge, terms_of
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.catalogue import Violation
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.fields import Terms
from seg2amp.sandbox.keys import Keys
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
        return _items(visit, _form(visit).get(self.field))

    def answer(self, visit: Visit, sandbox: Sandbox) -> Response:
        """Take in one request; raises `Refusal`."""
        form = _form(visit)
        visit.project = project = _project(form, sandbox.keys)
        visit.items = items = _items(visit, form.get(self.field))
        if len(items) > self.limits.items:
            visit.pass_over(Refusal(413, "Payload too large", self.limits.too_many_items))
        terms = _terms(visit, form.get("options"))
        remarks = self._judged(items, terms, sandbox)
        sandbox.throttle(visit, items)
        if sandbox.commits(visit):
            visit.arrival = arrival = sandbox.store.arrive(self.path, project, terms.now)
            for item, warnings in zip(items, remarks, strict=True):
                self.add(sandbox.store, item, arrival, warnings)
        if sandbox.config.json_success:
            return JSONResponse({"code": 200})
        return PlainTextResponse("success")

    def _judged(self, items: list[JsonObject], terms: Terms, sandbox: Sandbox) -> list[Remarks]:
        """Give the remarks on each item; raises `Refusal` if any is bad.

        Which items of a list are bad is not told by these APIs: the reply is one word for all.
        """
        judgement = judge(items, self.check, terms, sandbox.config)
        faults: Faults = judgement.faults
        if not faults:
            together = self.check_together(items, sandbox.store)
            faults = [fault for fault in together if sandbox.config.refuses(fault[1].rule)]
            for index, violation in together:
                judgement.remarks[index] += (violation,)
        if faults:
            raise Refusal(400, "invalid_event", faults=faults)
        return judgement.remarks


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


def _project(form: dict[str, str], keys: Keys) -> str:
    try:
        return keys.project(form.get("api_key"))
    except Refusal as refusal:
        absent = refusal.rule is catalogue.MISSING_API_KEY
        word = "missing_api_key" if absent else "invalid_api_key"
        raise Refusal(400, word, refusal.rule) from None


def _items(visit: Visit, text: str | None) -> list[JsonObject]:
    """Read the one object or the list of objects; raises `Refusal`."""
    try:
        value = visit.json(text or "")
    except Refusal:
        raise Refusal(400, "missing_event", catalogue.MISSING_ITEMS) from None
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in items):
        raise Refusal(400, "missing_event", catalogue.MISSING_ITEMS)
    return items


def _terms(visit: Visit, options: str | None) -> Terms:
    try:
        given = None if options is None else visit.json(options)
    except Refusal:
        given = options
    return terms_of(visit, given, "invalid_options")


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


def _cycles(mappings: list[JsonObject], store: Store) -> Faults:
    """Find the mappings that lead back to their own user, alone or with those before them."""
    maps = dict(store.user_maps)
    found = []
    for index, mapping in enumerate(mappings):
        source, target = mapping["user_id"], mapping.get("global_user_id")
        if not isinstance(source, str) or not isinstance(target, str):
            maps.pop(str(source), None)
            continue
        maps[source] = target
        if source in _chain(maps, target):
            found.append((index, Violation(catalogue.MAPPING_CYCLE, "global_user_id")))
    return found


def _chain(maps: Mapping[str, str], user_id: str) -> dict[str, None]:
    """Give a user and those whom they are mapped to, one after the other."""
    chain: dict[str, None] = {}
    following: str | None = user_id
    while following is not None and following not in chain:
        chain[following] = None
        following = maps.get(following)
    return chain


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
    check_together=_cycles,
    add=Store.add_user_mapping,
)
