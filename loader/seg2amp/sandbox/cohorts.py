"""Cohorts: who is in each, and which of them is being changed right now."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from seg2amp.sandbox import catalogue
from seg2amp.sandbox.people import Person
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.values import JsonObject


@dataclass(slots=True)
class Cohort:
    """A list of people of one project; `changed` is epoch milliseconds, UTC."""

    cohort_id: str
    project: str
    name: str
    app_id: int
    owner: str
    published: bool
    changed: int
    added: dict[int, Person] = field(default_factory=dict)
    """Who was put in it, by the Amplitude ID of then."""
    busy: bool = False

    def change(self, people: Iterable[Person], *, add: bool, now: int) -> None:
        """Add people to the cohort or remove them."""
        self.changed = now
        for person in people:
            if add:
                self.added[person.amplitude_id] = person
            else:
                self.added = {
                    amplitude_id: known
                    for amplitude_id, known in self.added.items()
                    if known.final is not person
                }

    def members(self, everybody: Iterable[Person]) -> list[Person]:
        """Give those of the project's people who are in it."""
        amplitude_ids = {person.final.amplitude_id for person in self.added.values()}
        return [person for person in everybody if person.amplitude_id in amplitude_ids]

    def as_json(self, everybody: Iterable[Person]) -> JsonObject:
        """Describe the cohort as the list of cohorts does; `lastMod` is epoch seconds."""
        return {
            "id": self.cohort_id,
            "appId": self.app_id,
            "name": self.name,
            "owners": [self.owner],
            "published": self.published,
            "size": len(self.members(everybody)),
            "lastMod": self.changed // 1000,
        }


class Cohorts:
    """Every cohort, of all projects."""

    def __init__(self) -> None:
        """Start with none."""
        self._cohorts: dict[str, Cohort] = {}
        self._numbers = itertools.count(1)

    def __iter__(self) -> Iterator[Cohort]:
        """List every cohort, the oldest first."""
        return iter(self._cohorts.values())

    def new_id(self) -> str:
        """Give the id of a cohort to come."""
        return f"cohort{next(self._numbers)}"

    def keep(self, cohort: Cohort) -> None:
        """Take in a new cohort."""
        self._cohorts[cohort.cohort_id] = cohort

    def find(self, project: str, cohort_id: str) -> Cohort:
        """Give a cohort of a project; raises `Refusal`."""
        cohort = self._cohorts.get(cohort_id)
        if cohort is None or cohort.project != project:
            raise Refusal(404, "Cohort not found", catalogue.UNKNOWN_COHORT)
        return cohort


@contextmanager
def held(cohort: Cohort) -> Iterator[None]:
    """Say that the cohort is being changed meanwhile."""
    cohort.busy = True
    try:
        yield
    finally:
        cohort.busy = False
