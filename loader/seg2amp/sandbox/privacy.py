"""The User Privacy API: /api/2/deletions/users."""

from datetime import date, timedelta

from pydantic import AliasChoices, BaseModel, Field, StrictInt, StrictStr, ValidationError
from starlette.responses import JSONResponse, Response

from seg2amp.sandbox import body, catalogue
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.credentials import authenticated
from seg2amp.sandbox.deletions import day_of
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.people import Person
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

MOST_IDS = 100
LONGEST_RANGE = timedelta(days=184)


class DeletionRequest(BaseModel):
    """Whom to delete; the flags may also be the texts `True` and `False`, as in the examples."""

    user_ids: tuple[StrictStr, ...] = ()
    amplitude_ids: tuple[StrictInt, ...] = ()
    requester: str = ""
    ignore_invalid_ids: bool = Field(
        default=False, validation_alias=AliasChoices("ignore_invalid_id", "ignore_invalid_ids")
    )
    delete_from_org: bool = False
    include_mapped_user_ids: bool = False


def answer(visit: Visit, sandbox: Sandbox) -> Response:
    """Take in a deletion request, or list the jobs of some days; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    if visit.method == "GET":
        return _list(visit, project, sandbox)
    sandbox.hold_to_rate(visit)
    request = _request(visit)
    if not 0 < len(request.user_ids) + len(request.amplitude_ids) <= MOST_IDS:
        raise Refusal(400, "Between 1 and 100 ids can be given", catalogue.DELETION_IDS)
    projects = list(sandbox.store.people) if request.delete_from_org else [project]
    people = {name: _people(name, request, sandbox) for name in projects}
    found = [person for several in people.values() for person in several]
    invalid = _invalid(request, found)
    if invalid and not (request.ignore_invalid_ids or request.delete_from_org):
        raise Refusal(400, "Invalid ids", catalogue.UNKNOWN_IDS, {"invalid_ids": invalid})
    jobs = [
        sandbox.deletions.request(name, several, request.requester, visit.time)
        for name, several in people.items()
    ]
    told = [{**job.as_json(day_of(visit.time)), "invalid_ids": invalid} for job in jobs]
    # Whether one job comes in a list is not documented; the oldest example shows it bare.
    return JSONResponse(told if request.delete_from_org else told[0])


def revoke(visit: Visit, sandbox: Sandbox) -> Response:
    """Take one Amplitude ID out of the job of a day; raises `Refusal`."""
    project = visit.project = authenticated(visit, sandbox.keys)
    try:
        amplitude_id = int(visit.parameters["amplitude_id"])
        day = date.fromisoformat(visit.parameters["day"])
    except ValueError:
        raise Refusal(400, "Invalid request path", catalogue.REVOCATION) from None
    revoked = sandbox.deletions.revoke(project, amplitude_id, day, visit.time)
    if revoked is None:
        raise Refusal(400, "Nothing to revoke", catalogue.REVOCATION)
    return JSONResponse(revoked)


def read(visit: Visit) -> list[JsonObject]:
    """Give the users that a request names as objects; raises `Refusal`."""
    return [{"user_id": user_id} for user_id in _request(visit).user_ids]


def _request(visit: Visit) -> DeletionRequest:
    if visit.content_type() != "application/json":
        raise Refusal(400, "Invalid JSON request body", catalogue.CONTENT_TYPE)
    try:
        request = DeletionRequest.model_validate(visit.json(visit.content()))
    except ValidationError:
        raise Refusal(400, "Invalid JSON request body", catalogue.DELETION_BODY) from None
    visit.items = [{"user_id": user_id} for user_id in request.user_ids]
    return request


def _people(project: str, request: DeletionRequest, sandbox: Sandbox) -> list[Person]:
    users, amplitude_ids = set(request.user_ids), set(request.amplitude_ids)
    return [
        person
        for person in sandbox.store.people.get(project, ())
        if person.user_id in users or person.amplitude_id in amplitude_ids
    ]


def _invalid(request: DeletionRequest, found: list[Person]) -> list[str | int]:
    users = {person.user_id for person in found}
    amplitude_ids = {person.amplitude_id for person in found}
    unknown: list[str | int] = [name for name in request.user_ids if name not in users]
    return unknown + [name for name in request.amplitude_ids if name not in amplitude_ids]


def _list(visit: Visit, project: str, sandbox: Sandbox) -> Response:
    try:
        query = body.parse_form(visit.query)
        first, last = (date.fromisoformat(query.get(name, "")) for name in ("start_day", "end_day"))
    except ValueError:
        raise Refusal(400, "Invalid days", catalogue.DELETION_DAYS) from None
    if not timedelta() <= last - first <= LONGEST_RANGE:
        raise Refusal(400, "Invalid days", catalogue.DELETION_DAYS)
    today = day_of(visit.time)
    jobs = sandbox.deletions.between(project, first, last)
    return JSONResponse([job.as_json(today) for job in jobs])


_LIMITS = Limits(MOST_IDS, 1_000_000)
_PATH = "/api/2/deletions/users"
DELETIONS = Door(_PATH, ("POST", "GET"), _LIMITS, read, answer, Refusal.as_json)
REVOCATIONS = Door(
    f"{_PATH}/{{amplitude_id}}/{{day}}", ("DELETE",), _LIMITS, lambda _: [], revoke, Refusal.as_json
)
