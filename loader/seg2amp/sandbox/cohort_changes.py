"""Changing cohorts: /api/3/cohorts lists them, `upload` makes one, `membership` changes one.

Two requests that change the same cohort at a time were seen to collide: the second gets a 429. The
`type` of an error is not documented; here it is the name of the rule.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, Field, ValidationError
from starlette.responses import JSONResponse, Response

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.cohorts import Cohort, held
from seg2amp.sandbox.credentials import authenticated
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.people import Person
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.visit import Visit

MOST_IDS = 100_000
SAMPLE = 10

Ids: TypeAlias = list[str | int]
Text: TypeAlias = Annotated[str, Field(min_length=1)]
Body = TypeVar("Body", bound=BaseModel)


class Upload(BaseModel, strict=True):
    """A cohort to be made, or to be put in the place of an existing one."""

    name: Text
    app_id: int
    id_type: Literal["BY_AMP_ID", "BY_USER_ID"]
    ids: Ids
    owner: Text
    published: bool
    skip_save: bool = False
    skip_invalid_ids: bool = True
    existing_cohort_id: str | None = None


class Change(BaseModel, strict=True):
    """Whom to add to a cohort or to remove; `BY_NAME` is by user id."""

    ids: Ids
    id_type: Literal["BY_ID", "BY_NAME"]
    operation: Literal["ADD", "REMOVE"]


class Membership(BaseModel, strict=True):
    """Changes to one cohort, in their order."""

    cohort_id: Text
    memberships: list[Change]
    skip_invalid_ids: bool = True


def list_all(visit: Visit, sandbox: Sandbox) -> Response:
    """List the project's cohorts; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    everybody = list(sandbox.store.people.get(project, ()))
    own = [cohort.as_json(everybody) for cohort in sandbox.cohorts if cohort.project == project]
    return JSONResponse({"cohorts": own})


def upload(visit: Visit, sandbox: Sandbox) -> Response:
    """Make a cohort or replace one; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    asked = _asked(visit, Upload)
    _few_enough(asked.ids)
    if not asked.ids:
        visit.pass_over(Refusal(400, "No ids", catalogue.NO_COHORT_IDS))
    by_user_id = asked.id_type == "BY_USER_ID"
    people, unknown = _people(asked.ids, project, sandbox, by_user_id=by_user_id)
    _all_known(unknown, skip=asked.skip_invalid_ids)
    cohort_id = asked.existing_cohort_id
    if cohort_id is not None:
        _hold(visit, sandbox.cohorts.find(project, cohort_id))
    told = {
        "matched": len(people),
        "totals": len(asked.ids),
        "invalid_ids_sample": unknown[:SAMPLE],
    }
    if asked.skip_save:
        return JSONResponse({"metadata": told})
    cohort = Cohort(
        cohort_id or sandbox.cohorts.new_id(),
        project,
        asked.name,
        asked.app_id,
        asked.owner,
        asked.published,
        visit.time,
    )
    cohort.change(people, add=True, now=visit.time)
    sandbox.cohorts.keep(cohort)
    return JSONResponse({"cohortId": cohort.cohort_id, "metadata": told})


def membership(visit: Visit, sandbox: Sandbox) -> Response:
    """Add people to a cohort and remove others; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    asked = _asked(visit, Membership)
    _few_enough([name for change in asked.memberships for name in change.ids])
    cohort = sandbox.cohorts.find(project, asked.cohort_id)
    _hold(visit, cohort)
    found = [
        _people(change.ids, project, sandbox, by_user_id=change.id_type == "BY_NAME")
        for change in asked.memberships
    ]
    _all_known([name for _, unknown in found for name in unknown], skip=asked.skip_invalid_ids)
    results: list[dict[str, object]] = []
    for change, (people, unknown) in zip(asked.memberships, found, strict=True):
        cohort.change(people, add=change.operation == "ADD", now=visit.time)
        results.append(
            {"skipped_ids": unknown, "id_type": change.id_type, "operation": change.operation}
        )
    return JSONResponse({"cohort_id": cohort.cohort_id, "memberships_result": results})


def refuse(refusal: Refusal) -> Response:
    """Answer as these APIs do."""
    rule = refusal.rule.name if refusal.rule is not None else None
    error = {
        "http_code": refusal.status,
        "type": rule,
        "message": refusal.error,
        "metadata": dict(refusal.body),
    }
    return JSONResponse({"error": error, "_sandbox": refusal.explanation()}, refusal.status)


def _hold(visit: Visit, cohort: Cohort) -> None:
    """Keep other requests from changing the cohort until this one is replied to."""
    if cohort.busy:
        visit.pass_over(Refusal(429, "The cohort is being changed", catalogue.COHORT_BUSY))
    else:
        visit.held.enter_context(held(cohort))


def _asked(visit: Visit, kind: type[Body]) -> Body:
    if visit.content_type() != "application/json":
        raise Refusal(400, "Invalid JSON request body", catalogue.CONTENT_TYPE)
    try:
        return kind.model_validate(visit.json(visit.content()))
    except ValidationError as error:
        fields = sorted({str(part) for found in error.errors() for part in found["loc"][:1]})
        wrong = Refusal(400, "Invalid field values", catalogue.COHORT_BODY, {"fields": fields})
        raise wrong from None


def _few_enough(ids: Sequence[object]) -> None:
    if len(ids) > MOST_IDS:
        raise Refusal(400, "Too many ids", catalogue.COHORT_IDS)


def _people(
    ids: Ids, project: str, sandbox: Sandbox, *, by_user_id: bool
) -> tuple[list[Person], Ids]:
    """Find people by their ids, and tell the ids that nobody has."""
    known = {
        person.user_id if by_user_id else str(person.amplitude_id): person
        for person in sandbox.store.people.get(project, ())
    }
    found = [known[str(name)] for name in ids if str(name) in known]
    return found, [name for name in ids if str(name) not in known]


def _all_known(unknown: Ids, *, skip: bool) -> None:
    if unknown and not skip:
        sample = {"invalid_ids_sample": unknown[:SAMPLE]}
        raise Refusal(400, "Invalid ids", catalogue.UNKNOWN_MEMBERS, sample)


_LIMITS = Limits(MOST_IDS, 20_000_000)
_PATH = "/api/3/cohorts"
LIST = Door(_PATH, ("GET",), _LIMITS, lambda _: [], list_all, refuse)
UPLOAD = Door(f"{_PATH}/upload", ("POST",), _LIMITS, lambda _: [], upload, refuse)
MEMBERSHIP = Door(f"{_PATH}/membership", ("POST",), _LIMITS, lambda _: [], membership, refuse)
