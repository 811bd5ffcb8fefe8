"""What the sandbox has taken in, in memory: rows in order of arrival, people, groups, counts."""

import itertools
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from seg2amp.sandbox import catalogue, operations
from seg2amp.sandbox.budget import USER_UPDATES_PER_HOUR, UpdateBudget
from seg2amp.sandbox.catalogue import Rule, Violation
from seg2amp.sandbox.keeping import kept_of
from seg2amp.sandbox.people import People, Person
from seg2amp.sandbox.rules import GROUP_IDENTIFY, IDENTIFY
from seg2amp.sandbox.values import JsonObject, id_of

DEDUPLICATION_WINDOW = 7 * 86_400_000
FIRST_AMPLITUDE_ID = 100_000_000_001
FIRST_APP = 100_001
NO_PROPERTIES: Mapping[str, object] = MappingProxyType({})


@dataclass(slots=True)
class Arrival:
    """The request that something came with; `time` is epoch milliseconds, UTC."""

    number: int
    endpoint: str
    project: str
    time: int
    duplicates: int = 0
    dropped_updates: dict[int, int] = field(default_factory=dict)
    """How many user property updates of which Amplitude ID were dropped."""


class StoredRow(NamedTuple):
    """One event or form item as received, and what the sandbox made of it."""

    item: JsonObject
    arrival: Arrival
    person: Person | None
    warnings: tuple[Violation, ...]
    user_properties: Mapping[str, object] = NO_PROPERTIES
    """Those of the user when the event came, its own included."""

    @property
    def amplitude_id(self) -> int | None:
        """The Amplitude ID that the row belongs to by now."""
        return None if self.person is None else self.person.final.amplitude_id

    def as_json(self) -> JsonObject:
        """Give the received object with ours beside it."""
        return {
            **self.item,
            "amplitude_id": self.amplitude_id,
            "server_upload_time": self.arrival.time,
            "request": self.arrival.number,
            "warnings": [warning.as_json() for warning in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An event that was counted as ingested but not stored again."""

    item: JsonObject
    arrival: Arrival
    first_request: int

    def as_json(self) -> JsonObject:
        """Give what identifies the event, and both requests that brought it."""
        return {
            "insert_id": self.item.get("insert_id"),
            "user_id": self.item.get("user_id"),
            "device_id": self.item.get("device_id"),
            "request": self.arrival.number,
            "first_request": self.first_request,
        }


@dataclass
class Store:
    """The state of one sandbox; written by the server's thread alone, read by any."""

    user_updates_per_hour: int = USER_UPDATES_PER_HOUR
    rows: list[StoredRow] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    form_items: list[StoredRow] = field(default_factory=list)
    apps: dict[str, int] = field(default_factory=dict)
    """The number by which an export calls a project."""
    people: dict[str, People] = field(default_factory=dict)
    groups: dict[tuple[str, str], JsonObject] = field(default_factory=dict)
    user_maps: dict[str, str] = field(default_factory=dict)
    responses: Counter[tuple[str, int]] = field(default_factory=Counter)
    warned: Counter[Rule] = field(default_factory=Counter)
    refused: Counter[Rule] = field(default_factory=Counter)
    _budget: UpdateBudget = field(init=False)
    _seen: dict[tuple[str, str | None, str | None, str], Arrival] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_AMPLITUDE_ID))
    _requests: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """Give everybody their budget of updates."""
        self._budget = UpdateBudget(self.user_updates_per_hour)

    def reset(self) -> None:
        """Forget everything."""
        vars(self).update(vars(Store(self.user_updates_per_hour)))

    def arrive(self, endpoint: str, project: str, time: int) -> Arrival:
        """Give an accepted request its number."""
        self.apps.setdefault(project, FIRST_APP + len(self.apps))
        return Arrival(next(self._requests), endpoint, project, time)

    def forget(self, project: str, amplitude_ids: Container[int]) -> None:
        """Delete these users of a project, their events and their identifications."""
        for rows in (self.rows, self.form_items):
            rows[:] = [
                row
                for row in rows
                if row.arrival.project != project or row.amplitude_id not in amplitude_ids
            ]
        if project in self.people:
            self.people[project].forget(amplitude_ids)

    def add_event(
        self, event: JsonObject, arrival: Arrival, warnings: tuple[Violation, ...]
    ) -> None:
        """Store an accepted event and apply what it says, unless it was stored before."""
        kept = kept_of(event, warnings)
        first = self._first_arrival(kept, arrival)
        if first is not None:
            self.duplicates.append(Duplicate(event, arrival, first.number))
            arrival.duplicates += 1
            return
        person = self._person(kept, arrival.project)
        properties = kept.get("user_properties")
        if person is not None and event.get("$skip_user_properties_sync") is not True:
            groups = kept.get("groups") if event["event_type"] == IDENTIFY else None
            warnings += self._learn(person, kept, groups, arrival)
            properties = person.properties
        if event["event_type"] == GROUP_IDENTIFY:
            self.learn_groups(kept.get("groups"), kept.get("group_properties"))
        shown = properties if isinstance(properties, dict) else NO_PROPERTIES
        self.rows.append(StoredRow(event, arrival, person, warnings, shown))
        self._remark(warnings)

    def add_identification(
        self, item: JsonObject, arrival: Arrival, warnings: tuple[Violation, ...]
    ) -> None:
        """Apply one item of /identify."""
        kept = kept_of(item, warnings)
        person = self._person(kept, arrival.project)
        if person is not None:
            warnings += self._learn(person, kept, kept.get("groups"), arrival)
        self.form_items.append(StoredRow(item, arrival, person, warnings))
        self._remark(warnings)

    def add_group_identification(
        self, item: JsonObject, arrival: Arrival, warnings: tuple[Violation, ...]
    ) -> None:
        """Apply one item of /groupidentify."""
        kept = kept_of(item, warnings)
        self.learn_groups({str(kept["group_type"]): kept["group_value"]}, kept["group_properties"])
        self.form_items.append(StoredRow(item, arrival, None, warnings))
        self._remark(warnings)

    def add_user_mapping(
        self, item: JsonObject, arrival: Arrival, warnings: tuple[Violation, ...]
    ) -> None:
        """Apply one item of /usermap."""
        if item.get("unmap") is True:
            self.user_maps.pop(str(item["user_id"]), None)
        else:
            self.user_maps[str(item["user_id"])] = str(item["global_user_id"])
        self.form_items.append(StoredRow(item, arrival, None, warnings))
        self._remark(warnings)

    def exhaust_budget(self, item: JsonObject, project: str, now: int) -> None:
        """Take from the user of an object what is left of their updates."""
        person = self._person(item, project)
        if person is not None:
            self._budget.exhaust(person.amplitude_id, now)

    def learn_groups(self, groups: object, group_properties: object) -> None:
        """Apply group properties to every group named."""
        if not isinstance(groups, dict) or not isinstance(group_properties, dict):
            return
        for group_type, names in groups.items():
            for name in names if isinstance(names, list) else [names]:
                present = self.groups.get((group_type, name), {})
                self.groups[group_type, name] = operations.apply(present, group_properties)

    def _learn(
        self, person: Person, item: JsonObject, groups: object, arrival: Arrival
    ) -> tuple[Violation, ...]:
        """Update a user as far as their budget goes, and remark what it does not allow."""
        properties = item.get("user_properties")
        if not properties or self._budget.spend(person.amplitude_id, arrival.time):
            person.learn(properties, groups)
            return ()
        person.learn(None, groups)
        dropped = arrival.dropped_updates
        dropped[person.amplitude_id] = dropped.get(person.amplitude_id, 0) + 1
        return (Violation(catalogue.UPDATE_DROPPED, "user_properties"),)

    def _first_arrival(self, event: JsonObject, arrival: Arrival) -> Arrival | None:
        """Remember the event, and give the arrival of its first copy if there was one."""
        insert_id = event.get("insert_id")
        if not isinstance(insert_id, str):
            return None
        device_id, user_id = id_of(event, "device_id"), id_of(event, "user_id")
        # Without a device id Amplitude derives one from the user id; the pair here does the same.
        owner = (device_id, None) if device_id is not None else (None, user_id)
        key = (arrival.project, *owner, insert_id)
        first = self._seen.get(key)
        if first is not None and arrival.time - first.time < DEDUPLICATION_WINDOW:
            return first
        self._seen[key] = arrival
        return None

    def _person(self, item: JsonObject, project: str) -> Person | None:
        device_id, user_id = id_of(item, "device_id"), id_of(item, "user_id")
        if device_id is None and user_id is None:
            return None
        people = self.people.get(project)
        if people is None:
            people = self.people[project] = People(self._ids)
        return people.recognise(user_id, device_id)

    def _remark(self, warnings: Iterable[Violation]) -> None:
        for warning in warnings:
            self.warned[warning.rule] += 1
