"""The user table of one project: who an event belongs to, and what is known about them.

As Amplitude documents it: a user id wins over a device id; the events of an anonymous device join
the first user seen with it; later anonymous events go to the device's last known user; two user
ids never merge.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from seg2amp.sandbox import operations
from seg2amp.sandbox.values import JsonObject


@dataclass(slots=True)
class Person:
    """One Amplitude ID; `properties` is replaced, never changed, so a reference is a snapshot."""

    amplitude_id: int
    user_id: str | None = None
    device_ids: dict[str, None] = field(default_factory=dict)
    properties: JsonObject = field(default_factory=dict)
    groups: JsonObject = field(default_factory=dict)
    joined: "Person | None" = None

    @property
    def final(self) -> "Person":
        """The person this one has become part of, else itself."""
        return self.joined or self

    def learn(self, user_properties: object, groups: object) -> None:
        """Apply property operations or plain properties, and set groups."""
        if isinstance(user_properties, dict) and user_properties:
            self.properties = operations.apply(self.properties, user_properties)
        if isinstance(groups, dict) and groups:
            self.groups = {**self.groups, **groups}


class People:
    """Everybody in one project."""

    def __init__(self, ids: Iterator[int]) -> None:
        """Start with nobody; `ids` are the Amplitude IDs of those to come."""
        self._ids = ids
        self._by_user: dict[str, Person] = {}
        self._by_device: dict[str, Person] = {}
        self._everybody: list[Person] = []

    def __iter__(self) -> Iterator[Person]:
        """List everybody who has not joined another, in order of appearance."""
        return (person for person in self._everybody if person.joined is None)

    def recognise(self, user_id: str | None, device_id: str | None) -> Person:
        """Find the owner of an event, or add somebody new."""
        known = self._by_device.get(device_id) if device_id is not None else None
        if user_id is None:
            person = known or self._add()
        else:
            person = self._by_user.get(user_id) or self._claim(user_id, known)
            if known is not None and known.user_id is None:
                self._join(known, person)
        if device_id is not None:
            person.device_ids[device_id] = None
            self._by_device[device_id] = person
        return person

    def forget(self, amplitude_ids: Container[int]) -> None:
        """Delete these people: whoever comes with an id of theirs later is somebody new."""

        def stays(person: Person) -> bool:
            return person.final.amplitude_id not in amplitude_ids

        self._everybody = list(filter(stays, self._everybody))
        for known in (self._by_user, self._by_device):
            for name in [name for name, person in known.items() if not stays(person)]:
                del known[name]

    def _claim(self, user_id: str, known: Person | None) -> Person:
        """Give a new user id the anonymous person of its device, else somebody new."""
        anonymous = known is not None and known.user_id is None
        person = known if known is not None and anonymous else self._add()
        person.user_id = user_id
        self._by_user[user_id] = person
        return person

    def _add(self) -> Person:
        person = Person(next(self._ids))
        self._everybody.append(person)
        return person

    def _join(self, anonymous: Person, person: Person) -> None:
        anonymous.joined = person
        person.device_ids.update(anonymous.device_ids)
        for device_id in anonymous.device_ids:
            self._by_device[device_id] = person
        # Which side's value wins is not documented by Amplitude: the known user's does here.
        person.properties = {**anonymous.properties, **person.properties}
        person.groups = {**anonymous.groups, **person.groups}
