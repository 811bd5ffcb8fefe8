"""The JSON APIs, /batch and /2/httpapi: from a body to stored rows and a reply."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from seg2amp.sandbox import body, catalogue
from seg2amp.sandbox.admission import Limits, check_key, judge, min_id_length, missing
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fields import Terms
from seg2amp.sandbox.replies import Refusal, refused_events
from seg2amp.sandbox.rules import check_event
from seg2amp.sandbox.store import Store
from seg2amp.sandbox.values import JsonObject

# MB or MiB is not documented: the smaller is taken.
BATCH = Limits(items=2_000, bytes=20_000_000)
HTTP_V2 = Limits(items=2_000, bytes=1_000_000)


async def answer(request: Request, limits: Limits, config: SandboxConfig, store: Store) -> Response:
    """Take in one request; raises `Refusal`."""
    received = await body.receive(request, limits.bytes)
    if body.content_type(request) != "application/json":
        raise Refusal(400, "Invalid JSON request body", catalogue.CONTENT_TYPE)
    content = body.content(request, received, limits.bytes)
    upload = _upload(content)
    project = check_key(upload.get("api_key"), config)
    events = _events(upload, limits)
    terms = Terms(config.clock(), min_id_length(upload.get("options")))
    judgement = judge(events, check_event, terms, config)
    if judgement.faults:
        raise refused_events(judgement.faults, first_index_only=config.first_index_only)
    arrival = store.arrive(request.url.path, project, terms.now)
    for event, warnings in zip(events, judgement.remarks, strict=True):
        store.add_event(event, arrival, warnings)
    return JSONResponse(
        {
            "code": 200,
            "events_ingested": len(events),
            "payload_size_bytes": len(content),
            "server_upload_time": terms.now,
        }
    )


def _upload(content: bytes) -> JsonObject:
    if not content.strip():
        raise Refusal(400, "Missing request body", catalogue.MISSING_BODY)
    upload = body.parse_json(content)
    if not isinstance(upload, dict):
        raise Refusal(400, "Invalid JSON request body", catalogue.INVALID_JSON)
    return upload


def _events(upload: JsonObject, limits: Limits) -> list[JsonObject]:
    events = upload.get("events")
    if events is None:
        raise missing("events", catalogue.MISSING_EVENTS)
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise Refusal(400, "Invalid event JSON", catalogue.INVALID_EVENT_JSON)
    if len(events) > limits.items:
        raise Refusal(413, "Payload too large", catalogue.TOO_MANY_ITEMS)
    return events
