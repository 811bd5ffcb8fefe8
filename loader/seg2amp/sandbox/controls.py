"""The sandbox's own endpoints that change it: the start, the fault plan and the clock."""

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.fault_plan import FaultPlan, read_plan
from seg2amp.sandbox.state import Sandbox


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
        Route("/_sandbox/clock", clock, methods=["GET", "POST"]),
        Route("/_sandbox/reset", reset, methods=["POST"]),
        Route("/_sandbox/faults", faults, methods=["GET", "PUT", "DELETE"]),
    ]
