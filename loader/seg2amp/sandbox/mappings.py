"""Reading user mappings back: GET /api/2/usermap, with the user ids in its body.

An Amplitude ID is null where the project has not seen the user: what Amplitude gives then is not
documented. Only the next mapping of a chain is told, not where it ends.
"""

from collections.abc import Iterable

from pydantic import BaseModel, Field, ValidationError
from starlette.responses import JSONResponse, Response

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.credentials import authenticated
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

MOST_IDS = 100


class Wanted(BaseModel, strict=True):
    """The users whose mappings are asked for."""

    user_ids: list[str] = Field(min_length=1, max_length=MOST_IDS)


def answer(visit: Visit, sandbox: Sandbox) -> Response:
    """Tell whom some users are mapped to, and who is mapped to them; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    user_ids = _wanted(visit)
    people = sandbox.store.people.get(project, ())
    amplitude_ids = {person.user_id: person.amplitude_id for person in people}
    maps = sandbox.store.user_maps

    def told(names: Iterable[str]) -> list[JsonObject]:
        return [{"amplitude_id": amplitude_ids.get(name), "user_id": name} for name in names]

    return JSONResponse(
        {
            user_id: {
                "mapped_from": told(source for source, to in maps.items() if to == user_id),
                "mapped_to": told([maps[user_id]] if user_id in maps else []),
            }
            for user_id in user_ids
        }
    )


def read(visit: Visit) -> list[JsonObject]:
    """Give the users that a request names as objects; raises `Refusal`."""
    return [{"user_id": user_id} for user_id in _wanted(visit)]


def _wanted(visit: Visit) -> list[str]:
    try:
        return Wanted.model_validate(visit.json(visit.content())).user_ids
    except ValidationError:
        raise Refusal(400, "Invalid JSON request body", catalogue.USER_IDS) from None


USER_MAPPINGS = Door(
    "/api/2/usermap", ("GET",), Limits(MOST_IDS, 1_000_000), read, answer, Refusal.as_json
)
