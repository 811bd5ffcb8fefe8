"""The JSON APIs, /batch and /2/httpapi: from a body to stored rows and a reply."""

from starlette.responses import JSONResponse, Response

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.admission import Remarks, judge, terms_of
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.fault import Stage
from seg2amp.sandbox.fields import Terms
from seg2amp.sandbox.replies import Refusal, missing, refused_events
from seg2amp.sandbox.rules import check_event
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit


def answer(visit: Visit, sandbox: Sandbox) -> Response:
    """Take in one request; raises `Refusal`."""
    if visit.content_type() != "application/json":
        raise Refusal(400, "Invalid JSON request body", catalogue.CONTENT_TYPE)
    upload = _upload(visit)
    visit.project = project = sandbox.keys.project(upload.get("api_key"))
    visit.items = events = _events(upload)
    if len(events) > visit.limits.items:
        raise Refusal(413, "Payload too large", visit.limits.too_many_items)
    terms = terms_of(visit, upload.get("options"), "Invalid JSON request body")
    remarks = _judged(visit, events, terms, sandbox)
    sandbox.throttle(visit, events)
    ingested = len(events)
    if sandbox.commits(visit):
        visit.arrival = arrival = sandbox.store.arrive(visit.endpoint, project, terms.now)
        for event, warnings in zip(events, remarks, strict=True):
            sandbox.store.add_event(event, arrival, warnings)
        if not sandbox.config.counts_duplicates:
            ingested -= arrival.duplicates
    return JSONResponse(
        {
            "code": 200,
            "events_ingested": ingested,
            "payload_size_bytes": len(visit.content()),
            "server_upload_time": terms.now,
        }
    )


def read(visit: Visit) -> list[JsonObject]:
    """Give the events of a request as they are; raises `Refusal`."""
    return _events(_upload(visit))


def _upload(visit: Visit) -> JsonObject:
    content = visit.content()
    if not content.strip():
        raise Refusal(400, "Missing request body", catalogue.MISSING_BODY)
    upload = visit.json(content)
    if not isinstance(upload, dict):
        raise Refusal(400, "Invalid JSON request body", catalogue.INVALID_JSON)
    return upload


def _events(upload: JsonObject) -> list[JsonObject]:
    events = upload.get("events")
    if events is None:
        raise missing("events", catalogue.MISSING_EVENTS)
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise Refusal(400, "Invalid event JSON", catalogue.INVALID_EVENT_JSON)
    return events


def _judged(
    visit: Visit, events: list[JsonObject], terms: Terms, sandbox: Sandbox
) -> list[Remarks]:
    """Give the remarks on each event; raises `Refusal` if any is bad."""
    judgement = judge(events, check_event, terms, sandbox.config)
    if judgement.faults:
        planned = next(sandbox.faults.hits(Stage.INDEXES, visit), None)
        first_index_only = planned is not None or sandbox.config.first_index_only
        raise refused_events(judgement.faults, first_index_only=first_index_only)
    return judgement.remarks


# MB or MiB is not documented: the smaller is taken.
BATCH = Door("/batch", ("POST",), Limits(2_000, 20_000_000), read, answer, Refusal.as_json)
HTTP_V2 = Door("/2/httpapi", ("POST",), Limits(2_000, 1_000_000), read, answer, Refusal.as_json)
