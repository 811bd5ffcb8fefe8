"""The faults: when each acts, and what it holds; what it then does is the effects' affair."""

from enum import Enum, auto
from hashlib import md5
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from seg2amp.sandbox.values import JsonObject, id_of

Endpoint: TypeAlias = Literal[
    "/batch",
    "/2/httpapi",
    "/identify",
    "/groupidentify",
    "/usermap",
    "/api/2/deletions/users",
    "/api/2/deletions/users/{amplitude_id}/{day}",
    "/api/2/export",
    "/api/2/usermap",
    "/api/3/cohorts",
    "/api/3/cohorts/upload",
    "/api/3/cohorts/membership",
    "/api/5/cohorts/request/{cohort_id}",
    "/api/5/cohorts/request-status/{request_id}",
    "/api/5/cohorts/request/{request_id}/file",
    "/_sandbox/download",
]
Share: TypeAlias = Annotated[float, Field(gt=0, le=1)]
Names: TypeAlias = frozenset[str]


NOBODY = (None, None)


class Stage(Enum):
    """The moment of a request at which a fault acts."""

    ARRIVAL = auto()
    INDEXES = auto()
    JUDGEMENT = auto()
    COMMIT = auto()
    REPLY = auto()


class Strict(BaseModel):
    """Values of exactly the type that is asked for, under no other key."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Fault(Strict):
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


class Unstored200(Fault):
    """A 200 as if everything were stored, and nothing is."""

    at: ClassVar[Stage] = Stage.COMMIT
    fault: Literal["unstored_200"]


class SpentBudget(Fault):
    """The chosen users have no property updates left for this hour."""

    at: ClassVar[Stage] = Stage.COMMIT
    fault: Literal["spent_budget"]


class TruncatedBody(Fault):
    """Everything is stored, and the connection closes in the middle of the reply's body."""

    at: ClassVar[Stage] = Stage.REPLY
    fault: Literal["truncated_body"]


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
    | Unstored200
    | SpentBudget
    | TruncatedBody
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


def _fraction(seed: int, owner: str) -> float:
    """Give the id's place between 0 and 1, the same in every process."""
    digest = md5(f"{seed}:{owner}".encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[:6]) / 2**48
