"""The application: which path leads where."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from seg2amp.sandbox import (
    catalogue,
    cohort_changes,
    cohort_downloads,
    controls,
    export,
    forms,
    ingestion,
    introspection,
    mappings,
    page,
    privacy,
)
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.visit import Visit

DOORS = (
    ingestion.BATCH,
    ingestion.HTTP_V2,
    forms.IDENTIFY.door,
    forms.GROUP_IDENTIFY.door,
    forms.USER_MAP.door,
    mappings.USER_MAPPINGS,
    privacy.DELETIONS,
    privacy.REVOCATIONS,
    export.EXPORT,
    cohort_changes.LIST,
    cohort_changes.UPLOAD,
    cohort_changes.MEMBERSHIP,
    cohort_downloads.REQUEST,
    cohort_downloads.STATUS,
    cohort_downloads.FILE,
    cohort_downloads.LINKED,
)
UNKNOWN_PATH = "another path"
NOT_FOUND = 404


def create_app(sandbox: Sandbox) -> Starlette:
    """Make the application over one sandbox."""

    async def front_page(request: Request) -> Response:
        return HTMLResponse(page.render(sandbox, request.query_params.get("user", "")))

    async def misdirected(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
        rule = catalogue.WRONG_PATH if status == NOT_FOUND else catalogue.WRONG_METHOD
        refusal = Refusal(status, "Invalid request path", rule)
        known = request.url.path in {door.path for door in DOORS}
        visit = Visit(
            endpoint=request.url.path if known else UNKNOWN_PATH,
            method=request.method,
            headers=request.headers,
            query=b"",
            limits=Limits(0, 0),
            time=sandbox.now(),
            config=sandbox.config,
            rules=refusal.rules,
        )
        reply = refusal.as_json()
        sandbox.conclude(visit, reply)
        return reply

    app = Starlette(
        routes=[
            *(door.route(sandbox) for door in DOORS),
            *introspection.routes(sandbox),
            *controls.routes(sandbox),
            Route("/", front_page, methods=["GET"]),
        ],
        exception_handlers={404: misdirected, 405: misdirected},
    )
    app.router.redirect_slashes = False
    return app
