"""The application: which path leads where, and how refusals become replies."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from seg2amp.sandbox import catalogue, forms, ingestion, introspection, page
from seg2amp.sandbox.admission import Limits
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.introspection import Handler
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.store import Store

JSON_APIS = {"/batch": ingestion.BATCH, "/2/httpapi": ingestion.HTTP_V2}
FORM_APIS = {
    "/identify": forms.IDENTIFY,
    "/groupidentify": forms.GROUP_IDENTIFY,
    "/usermap": forms.USER_MAP,
}
NOT_FOUND = 404


def create_app(config: SandboxConfig, store: Store | None = None) -> Starlette:
    """Make the application over a store, a new one if none is given."""
    store = Store() if store is None else store

    async def front_page(request: Request) -> Response:
        return HTMLResponse(page.render(config, store, request.query_params.get("user", "")))

    async def misdirected(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
        rule = catalogue.WRONG_PATH if status == NOT_FOUND else catalogue.WRONG_METHOD
        refusal = Refusal(status, "Invalid request path", rule)
        return _counted(store, request, _refused(store, refusal).as_json())

    app = Starlette(
        routes=[
            *_json_routes(config, store),
            *_form_routes(config, store),
            *introspection.routes(config, store),
            Route("/", front_page, methods=["GET"]),
        ],
        exception_handlers={404: misdirected, 405: misdirected},
    )
    app.router.redirect_slashes = False
    return app


def _json_routes(config: SandboxConfig, store: Store) -> list[Route]:
    def handler(limits: Limits) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                response = await ingestion.answer(request, limits, config, store)
            except Refusal as refusal:
                response = _refused(store, refusal).as_json()
            return _counted(store, request, response)

        return handle

    return [Route(path, handler(limits), methods=["POST"]) for path, limits in JSON_APIS.items()]


def _form_routes(config: SandboxConfig, store: Store) -> list[Route]:
    def handler(api: forms.FormApi) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                response = await forms.answer(request, api, config, store)
            except Refusal as refusal:
                response = _refused(store, refusal).as_text()
            return _counted(store, request, response)

        return handle

    return [Route(path, handler(api), methods=["GET", "POST"]) for path, api in FORM_APIS.items()]


def _refused(store: Store, refusal: Refusal) -> Refusal:
    store.refused.update(refusal.rules)
    return refusal


def _counted(store: Store, request: Request, response: Response) -> Response:
    path = request.url.path
    if path in JSON_APIS or path in FORM_APIS:
        store.responses[path, response.status_code] += 1
    return response
