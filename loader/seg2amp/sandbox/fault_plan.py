"""The fault plan: what shall go wrong, for whom and when.

A plan is JSON: `{"seed": 7, "rules": [RULE, ...]}`. A rule is one flat object. `fault` says what
happens; the other keys say when. Every condition that is given must hold:

| key | the rule acts on a request ... |
|---|---|
| `endpoint` | of this path, e.g. `/batch`; else of any of Amplitude's APIs |
| `contains` | whose body has this text in it |
| `user_ids`, `device_ids`, `insert_ids`, `event_types` | with an object that has one of these |
| `share` | with an object of one of this share (0 to 1) of all users, chosen by a hash of the id |
| `after` | when so many matching requests have passed |
| `every` | when it is the N-th matching one, the 2N-th and so on |
| `probability` | with this chance, from dice that the plan's `seed` sets |
| `times` | at most so many times |
| `for_seconds` | for so long after the rule's first hit, by the sandbox's clock |

The lists of ids, the event types and the share choose objects together: one of them is enough.

| `fault` | what happens | its own keys |
|---|---|---|
| `delay` | the request waits | `seconds`, `after_commit` |
| `reset_before_commit` | the connection breaks, nothing is stored | |
| `reset_after_commit` | everything is stored, then the connection breaks | |
| `status` | any reply; nothing is stored unless `after_commit` | `status`, `body`, \
`content_type`, `location`, `truncated`, `after_commit` |
| `non_json_200` | everything is stored, and a 200 says nothing | `body`, `content_type` |
| `lose_count` | everything is stored, and the 200 counts fewer events | `by` |
| `too_large` | 413 above so many bytes or events | `bytes`, `events` |
| `first_index_only` | a 400 names the first bad event of each field only | |
| `unindexed_400` | a 400 that names no event | `error` |
| `silence` | the 400 for silenced devices | |
| `throttle` | 429 that names the chosen users and devices | |
| `daily_quota` | 429 that says that they have exceeded their day | |
| `project_throttle` | 429 that names nobody | |

`body` may be a text or any JSON value. `delay`, `reset_before_commit`, `status` and `too_large` act
before every check; `first_index_only` where
events are bad; `unindexed_400`, `silence` and the throttles where all events are good; the rest
where a request has been stored. With `after_commit`, `delay` and `status` belong to the rest. Rules
are asked in the plan's order; once one has ended the request, those after it do not count it.
"""

import json
from enum import Enum, auto
from hashlib import md5
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.values import JsonObject, id_of

Endpoint: TypeAlias = Literal[
    "/batch",
    "/2/httpapi",
    "/identify",
    "/groupidentify",
    "/usermap",
    "/api/2/deletions/users",
    "/api/2/export",
]
Share: TypeAlias = Annotated[float, Field(gt=0, le=1)]
Names: TypeAlias = frozenset[str]


NOBODY = (None, None)


class Stage(Enum):
    """The moment of a request at which a fault acts."""

    ARRIVAL = auto()
    INDEXES = auto()
    JUDGEMENT = auto()
    REPLY = auto()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Fault(_Strict):
    """When a rule acts; what it does is told by its class."""

    at: ClassVar[Stage] = Stage.ARRIVAL

    endpoint: Endpoint | None = None
    contains: str | None = None
    user_ids: Names = frozenset()
    device_ids: Names = frozenset()
    insert_ids: Names = frozenset()
    event_types: Names = frozenset()
    share: Share | None = None
    after: Annotated[int, Field(ge=0)] = 0
    every: Annotated[int, Field(ge=1)] = 1
    probability: Share = 1
    times: Annotated[int, Field(ge=1)] | None = None
    for_seconds: Annotated[float, Field(gt=0)] | None = None

    @property
    def stage(self) -> Stage:
        """The moment at which this rule acts."""
        return self.at

    @property
    def choosy(self) -> bool:
        """Whether the rule asks for certain objects in the request."""
        named = self.user_ids or self.device_ids or self.insert_ids or self.event_types
        return bool(named) or self.share is not None

    def chosen(self, item: JsonObject, seed: int) -> tuple[str | None, str | None]:
        """Give the user id or the device id, or both, for which the rule chooses this object."""
        user_id, device_id = id_of(item, "user_id"), id_of(item, "device_id")
        by_device = device_id if device_id in self.device_ids else None
        owner = user_id or device_id
        wanted = (
            user_id in self.user_ids
            or id_of(item, "insert_id") in self.insert_ids
            or id_of(item, "event_type") in self.event_types
            or (self.share is not None and owner and _fraction(seed, owner) < self.share)
        )
        if not wanted:
            return None, by_device
        return user_id, by_device if user_id else device_id


class Delay(Fault):
    """The request waits, before anything is looked at or after everything is stored."""

    fault: Literal["delay"]
    seconds: Annotated[float, Field(ge=0)]
    after_commit: bool = False

    @property
    def stage(self) -> Stage:
        """The moment at which this rule acts."""
        return Stage.REPLY if self.after_commit else Stage.ARRIVAL


class ResetBeforeCommit(Fault):
    """The connection breaks and nothing is stored."""

    fault: Literal["reset_before_commit"]


class ResetAfterCommit(Fault):
    """Everything is stored, then the connection breaks."""

    at: ClassVar[Stage] = Stage.REPLY
    fault: Literal["reset_after_commit"]


class Status(Fault):
    """A reply of any kind, instead of Amplitude's."""

    fault: Literal["status"]
    status: Annotated[int, Field(ge=200, le=599)]
    body: JsonValue = ""
    content_type: str | None = None
    location: str | None = None
    truncated: bool = False
    after_commit: bool = False

    @property
    def stage(self) -> Stage:
        """The moment at which this rule acts."""
        return Stage.REPLY if self.after_commit else Stage.ARRIVAL


class NonJson200(Fault):
    """Everything is stored, and a 200 says nothing that confirms it."""

    at: ClassVar[Stage] = Stage.REPLY
    fault: Literal["non_json_200"]
    body: str = "<html><body>OK</body></html>"
    content_type: str = "text/html"


class LoseCount(Fault):
    """Everything is stored, and the 200 counts fewer events."""

    at: ClassVar[Stage] = Stage.REPLY
    fault: Literal["lose_count"]
    by: Annotated[int, Field(ge=1)] = 1


class TooLarge(Fault):
    """413 above so many bytes, unpacked, or so many objects."""

    fault: Literal["too_large"]
    bytes: Annotated[int, Field(ge=0)] | None = None
    events: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        if self.bytes is None and self.events is None:
            raise ValueError("give `bytes` or `events`")
        return self


class FirstIndexOnly(Fault):
    """A 400 names the first bad event of each field only."""

    at: ClassVar[Stage] = Stage.INDEXES
    fault: Literal["first_index_only"]


class Unindexed400(Fault):
    """A 400 that names no event."""

    at: ClassVar[Stage] = Stage.JUDGEMENT
    fault: Literal["unindexed_400"]
    error: str = "Invalid field values on some events"


class ProjectThrottle(Fault):
    """A 429 that names nobody."""

    at: ClassVar[Stage] = Stage.JUDGEMENT
    fault: Literal["project_throttle"]


class _Naming(Fault):
    at: ClassVar[Stage] = Stage.JUDGEMENT

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not self.choosy:
            raise ValueError("say whom: give `user_ids`, `device_ids` or `share`")
        return self


class Silence(_Naming):
    """The 400 for devices that Amplitude has silenced."""

    fault: Literal["silence"]

    def chosen(self, item: JsonObject, seed: int) -> tuple[str | None, str | None]:
        """Give the device of the object, if the rule chooses it for any reason."""
        chosen = super().chosen(item, seed) != NOBODY
        return None, id_of(item, "device_id") if chosen else None


class Throttle(_Naming):
    """A 429 that names the chosen users and devices."""

    fault: Literal["throttle"]


class DailyQuota(_Naming):
    """A 429 that says that the chosen users and devices have exceeded their day."""

    fault: Literal["daily_quota"]


AnyFault: TypeAlias = Annotated[
    Delay
    | ResetBeforeCommit
    | ResetAfterCommit
    | Status
    | NonJson200
    | LoseCount
    | TooLarge
    | FirstIndexOnly
    | Unindexed400
    | ProjectThrottle
    | Silence
    | Throttle
    | DailyQuota,
    Field(discriminator="fault"),
]


class FaultPlan(_Strict):
    """Rules in the order in which they are asked, and the seed of their dice and shares."""

    seed: int = 0
    rules: tuple[AnyFault, ...] = ()

    @classmethod
    def of(cls, **plan: JsonValue) -> "FaultPlan":
        """Make a plan of plain values, as JSON would have them; raises `ConfigurationError`."""
        return read_plan(json.dumps(plan))


def read_plan(text: str | bytes) -> FaultPlan:
    """Read a plan; raises `ConfigurationError` that names what is wrong with it."""
    try:
        return FaultPlan.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "it"
        unknown = first["type"] == "extra_forbidden"
        reason = "there is no such key" if unknown else first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"the fault plan cannot be used: {place}: {reason}") from None


def load_plan(path: Path) -> FaultPlan:
    """Read a plan from a file; raises `ConfigurationError`."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"the fault plan {path} cannot be read ({error.strerror}); name another file"
        ) from None
    return read_plan(text)


def _fraction(seed: int, owner: str) -> float:
    """Give the id's place between 0 and 1, the same in every process."""
    digest = md5(f"{seed}:{owner}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:6]) / 2**48
