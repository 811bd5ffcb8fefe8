"""Deletion jobs: who is to be forgotten on which day.

Requests of one day make one job of the project. It can be changed while it is `staging`; from three
days before its day it is `submitted`, and from that day on `done`: the users, their events and
properties are gone, and a later event of theirs begins a new Amplitude ID.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from seg2amp.sandbox.clock import utc
from seg2amp.sandbox.people import Person
from seg2amp.sandbox.store import Store
from seg2amp.sandbox.values import JsonObject

# Amplitude runs a job within 30 days; the last of them is taken.
NOTICE = timedelta(days=30)
CLOSED = timedelta(days=3)


@dataclass(slots=True)
class Job:
    """Those of one project to be deleted on one day."""

    project: str
    day: date
    people: dict[int, JsonObject] = field(default_factory=dict)
    """What the API tells of each, by Amplitude ID."""
    done: bool = False

    def status(self, today: date) -> str:
        """Give the word for how far the job is."""
        if self.done:
            return "done"
        return "submitted" if today >= self.day - CLOSED else "staging"

    def as_json(self, today: date) -> JsonObject:
        """Describe the job as the API does."""
        return {
            "day": self.day.isoformat(),
            "status": self.status(today),
            "amplitude_ids": list(self.people.values()),
        }


class Deletions:
    """Every job, of all projects."""

    def __init__(self) -> None:
        """Start with none."""
        self._jobs: dict[tuple[str, date], Job] = {}

    def __iter__(self) -> Iterator[Job]:
        """List every job, the oldest first."""
        return iter(self._jobs.values())

    def request(self, project: str, people: Iterable[Person], requester: str, now: int) -> Job:
        """Add these to the project's job of today; those already waiting stay where they are."""
        today = day_of(now)
        job = self._jobs.setdefault((project, today), Job(project, today + NOTICE))
        for person in people:
            told: JsonObject = {
                "amplitude_id": person.amplitude_id,
                "requester": requester,
                "requested_on_day": today.isoformat(),
            }
            if person.user_id is not None:
                told["user_id"] = person.user_id
            job.people.setdefault(person.amplitude_id, told)
        return job

    def between(self, project: str, first: date, last: date) -> Iterator[Job]:
        """Give the project's jobs that run on these days."""
        for job in self._jobs.values():
            if job.project == project and job.people and first <= job.day <= last:
                yield job

    def revoke(self, project: str, amplitude_id: int, day: date, now: int) -> JsonObject | None:
        """Take somebody out of a job; None if they are not in it or it is too late."""
        for job in self.between(project, day, day):
            if job.status(day_of(now)) == "staging":
                return job.people.pop(amplitude_id, None)
        return None

    def run(self, store: Store, now: int) -> None:
        """Forget everybody whose day has come."""
        for job in self._jobs.values():
            if not job.done and day_of(now) >= job.day:
                job.done = True
                store.forget(job.project, job.people)


def day_of(now: int) -> date:
    """Give the day of a moment, epoch milliseconds, in UTC."""
    return utc(now).date()
