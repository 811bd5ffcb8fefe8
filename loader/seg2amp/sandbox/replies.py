"""What the sandbox answers: replies in Amplitude's shape, our explanation beside them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.responses import JSONResponse, PlainTextResponse, Response

from seg2amp.sandbox.catalogue import Rule, Violation

LISTED_BY = {
    "missing": "events_with_missing_fields",
    "invalid": "events_with_invalid_fields",
    "id_length": "events_with_invalid_id_lengths",
}
EXPLANATION_HEADER = "X-Sandbox-Explanation"
LONGEST_HEADER = 4_096

Faults = Sequence[tuple[int, Violation]]


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - a reply on its way out, not a fault of ours
    """A request is not accepted: the status, Amplitude's error text, and our explanation."""

    status: int
    error: str
    rule: Rule | None = None
    body: Mapping[str, object] = field(default_factory=dict)
    faults: Faults = ()

    @property
    def rules(self) -> list[Rule]:
        """The rules that were broken, once per object and field."""
        return [self.rule] if self.rule is not None else [fault.rule for _, fault in self.faults]

    def explanation(self) -> list[dict[str, object]]:
        """List the broken rules, each with the fields and the indexes of the objects."""
        if self.rule is not None:
            return [self.rule.as_json()]
        indexes: dict[Violation, list[int]] = {}
        for index, violation in self.faults:
            indexes.setdefault(violation, []).append(index)
        return [{**violation.as_json(), "events": found} for violation, found in indexes.items()]

    def as_json(self) -> Response:
        """Answer as /batch and /2/httpapi do."""
        own = {"_sandbox": self.explanation()}
        return JSONResponse(
            {"code": self.status, "error": self.error, **self.body, **own}, self.status
        )

    def as_text(self) -> Response:
        """Answer as the form endpoints do: a bare text; the explanation travels in a header."""
        explanation = json.dumps(self.explanation())
        if len(explanation) > LONGEST_HEADER:
            explanation = json.dumps([rule.as_json() for rule in set(self.rules)])
        return PlainTextResponse(self.error, self.status, {EXPLANATION_HEADER: explanation})


def explain(reply: Response, remarks: Iterable[Rule]) -> None:
    """Tell beside a reply which rules its request breaks that did not refuse it."""
    reply.headers[EXPLANATION_HEADER] = json.dumps([rule.as_json() for rule in remarks])


def missing(name: str, rule: Rule) -> Refusal:
    """Refuse a request that lacks a top-level field."""
    return Refusal(400, "Request missing required field", rule, {"missing_field": name})


def refused_events(faults: Faults, *, first_index_only: bool) -> Refusal:
    """Refuse a whole request because of some of its events, listing their indexes."""
    listed: dict[str, dict[str, list[int]]] = {}
    for index, (rule, name) in faults:
        indexes = listed.setdefault(_list_of(rule), {}).setdefault(name, [])
        if index not in indexes[-1:] and not (first_index_only and indexes):
            indexes.append(index)
    return Refusal(400, _error_text(listed), body=listed, faults=faults)


def _list_of(rule: Rule) -> str:
    """Name the index list for a rule; a warning that is refused makes its field invalid."""
    return LISTED_BY.get(rule.verdict, LISTED_BY["invalid"])


def _error_text(listed: Iterable[str]) -> str:
    if LISTED_BY["invalid"] in listed:
        return "Invalid field values on some events"
    if LISTED_BY["missing"] in listed:
        return "Request missing required field"
    return "Invalid id length for user_id or device_id"
