"""A door of the sandbox: one of Amplitude's paths, and every request's way through it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from seg2amp.sandbox import body, effects
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.visit import Reader, Visit

Answer: TypeAlias = Callable[[Visit, Sandbox], Response]
Refuse: TypeAlias = Callable[[Refusal], Response]


@dataclass(frozen=True, slots=True)
class Door:
    """One API: where it lives, what it takes, and how it answers and refuses."""

    path: str
    methods: tuple[str, ...]
    limits: Limits
    read: Reader
    answer: Answer
    refuse: Refuse

    def route(self, sandbox: Sandbox) -> Route:
        """Give the route to this door."""

        async def enter(request: Request) -> Response:
            visit = self._visit(request, sandbox)
            with visit.held:
                return await self._enter(visit, request, sandbox)

        return Route(self.path, enter, methods=list(self.methods))

    def _visit(self, request: Request, sandbox: Sandbox) -> Visit:
        return Visit(
            endpoint=self.path,
            method=request.method,
            headers=request.headers,
            query=request.scope["query_string"],
            limits=self.limits,
            time=sandbox.now(),
            config=sandbox.config,
            read=self.read,
            parameters=request.path_params,
        )

    async def _enter(self, visit: Visit, request: Request, sandbox: Sandbox) -> Response:
        try:
            visit.received = await body.receive(request, visit.most_bytes)
            reply = await self._reply(visit, sandbox)
        except Refusal as refusal:
            visit.rules = refusal.rules
            reply = self.refuse(refusal)
        sandbox.conclude(visit, reply)
        return reply

    async def _reply(self, visit: Visit, sandbox: Sandbox) -> Response:
        reply = await effects.on_arrival(visit, sandbox.faults)
        if reply is not None:
            return reply
        if visit.faults:  # which may have made it wait
            visit.time = sandbox.now()
        reply = self.answer(visit, sandbox)
        return await effects.on_reply(visit, sandbox.faults, reply)
