"""What faults do to a request at the sandbox's door: before its checks, and after its storing."""

import asyncio
import json

from starlette.responses import Response

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.connection import Reset, Truncated
from seg2amp.sandbox.fault import (
    AnyFault,
    Delay,
    LoseCount,
    NonJson200,
    ResetAfterCommit,
    ResetBeforeCommit,
    Stage,
    Status,
    TooLarge,
    TruncatedBody,
)
from seg2amp.sandbox.faults import Faults
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.visit import Visit


async def on_arrival(visit: Visit, faults: Faults) -> Response | None:
    """Do what the plan says before any check: give a reply, or None; raises `Refusal`."""
    for fault in faults.hits(Stage.ARRIVAL, visit):
        if isinstance(fault, TooLarge):
            raise Refusal(413, "Payload too large", catalogue.PLANNED)
        reply = await _instead(fault)
        if reply is not None:
            return reply
    return None


async def on_reply(visit: Visit, faults: Faults, reply: Response) -> Response:
    """Do what the plan says after a request was stored: give its reply or another."""
    for fault in faults.hits(Stage.REPLY, visit):
        if isinstance(fault, LoseCount):
            reply = _counting_fewer(reply, fault.by)
        elif isinstance(fault, TruncatedBody):
            return _cut_short(reply)
        else:
            other = await _instead(fault)
            if other is not None:
                return other
    return reply


async def _instead(fault: AnyFault) -> Response | None:
    """Give the reply that a fault puts in the place of another, if it does."""
    match fault:
        case Delay():
            return await _wait(fault.seconds)
        case ResetBeforeCommit() | ResetAfterCommit():
            return Reset()
        case NonJson200():
            return Response(fault.body, 200, media_type=fault.content_type)
        case Status():
            return _any_reply(fault)
    return None


async def _wait(seconds: float) -> Response | None:
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        # The sandbox stops and has no time for this.
        return Reset()
    return None


def _any_reply(fault: Status) -> Response:
    text = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
    plain = "text/html" if isinstance(fault.body, str) else "application/json"
    headers = {} if fault.location is None else {"location": fault.location}
    kind = Truncated if fault.truncated else Response
    return kind(text, fault.status, headers, fault.content_type or plain)


def _cut_short(reply: Response) -> Response:
    return Truncated(reply.body, reply.status_code, media_type=reply.media_type)


def _counting_fewer(reply: Response, by: int) -> Response:
    """Lower the count in a reply that has one; the form endpoints' have none."""
    if reply.media_type != "application/json":
        return reply
    said = json.loads(bytes(reply.body))
    if "events_ingested" in said:
        said["events_ingested"] = max(0, said["events_ingested"] - by)
    return Response(json.dumps(said), reply.status_code, media_type=reply.media_type)
