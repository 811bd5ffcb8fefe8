"""The sandbox's own endpoints that change it: the start, the fault plan, the clock, the keys."""

from dataclasses import asdict
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.fault_plan import FaultPlan, read_plan
from seg2amp.sandbox.introspection import Handler
from seg2amp.sandbox.keys import masked
from seg2amp.sandbox.state import Sandbox

Name: TypeAlias = Annotated[str, Field(min_length=1, pattern="^[^:]*$")]


class WantedKey(BaseModel):
    """The key that shall be made; what is not given is drawn, and the region is the sandbox's."""

    model_config = ConfigDict(extra="forbid", strict=True)
    api_key: Name | None = None
    secret_key: Name | None = None
    region: Literal["us", "eu"] | None = None


class Step(BaseModel):
    """How far the clock shall go, in milliseconds."""

    model_config = ConfigDict(extra="forbid", strict=True)
    advance_ms: NonNegativeInt


def routes(sandbox: Sandbox) -> list[Route]:
    """Give the routes over one sandbox."""

    async def reset(_request: Request) -> Response:
        sandbox.reset()
        return JSONResponse({"reset": True})

    async def faults(request: Request) -> Response:
        try:
            if request.method == "PUT":
                sandbox.faults.arm(read_plan(await request.body()))
            elif request.method == "DELETE":
                sandbox.faults.arm(FaultPlan())
        except ConfigurationError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(sandbox.faults.as_json())

    async def clock(request: Request) -> Response:
        if request.method == "POST":
            try:
                step = Step.model_validate_json(await request.body())
            except ValidationError:
                error = 'send {"advance_ms": N}, N an integer from 0'
                return JSONResponse({"error": error}, 400)
            sandbox.clock.advance(step.advance_ms)
        return JSONResponse({"now": sandbox.now(), "ahead_ms": sandbox.clock.ahead_ms})

    return [
        Route("/_sandbox/keys", _keys(sandbox), methods=["GET", "POST"]),
        Route("/_sandbox/clock", clock, methods=["GET", "POST"]),
        Route("/_sandbox/reset", reset, methods=["POST"]),
        Route("/_sandbox/faults", faults, methods=["GET", "PUT", "DELETE"]),
    ]


def _keys(sandbox: Sandbox) -> Handler:
    async def keys(request: Request) -> Response:
        if request.method == "POST":
            try:
                wanted = WantedKey.model_validate_json(await request.body() or b"{}")
            except ValidationError:
                error = "send `api_key`, `secret_key` (no colon in them) or `region`, us or eu"
                return JSONResponse({"error": error}, 400)
            return JSONResponse(asdict(sandbox.keys.create(**wanted.model_dump())), 201)
        return JSONResponse(
            [{"api_key": masked(key), "region": region} for key, region in sandbox.keys]
        )

    return keys
