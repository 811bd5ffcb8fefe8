"""The web page: the stream of events by user, newest first, as Amplitude shows it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import jinja2

from seg2amp.sandbox.clock import utc
from seg2amp.sandbox.introspection import counted, summary_json
from seg2amp.sandbox.people import Person
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.store import Store, StoredRow
from seg2amp.sandbox.values import JsonObject, is_number

USERS_SHOWN = 50
EVENTS_SHOWN = 200
USERS_OPEN = 3

Pairs = list[tuple[str, str]]

_SECTIONS = {
    "event_properties": "Event properties",
    "user_properties": "User properties",
    "group_properties": "Group properties",
    "groups": "Groups",
}
_TEMPLATE = jinja2.Environment(
    loader=jinja2.PackageLoader("seg2amp.sandbox", ""),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
).get_template("page.html.jinja")


@dataclass(frozen=True, slots=True)
class Moment:
    """One event on the timeline; `time` is epoch milliseconds, UTC."""

    row: StoredRow
    time: int

    @property
    def name(self) -> str:
        """The event type."""
        return str(self.row.item["event_type"])

    @property
    def kind(self) -> str:
        """The class of the mark: what sort of event it is."""
        if self.name.startswith("$"):
            return "identify"
        return "event" if self.row.item.get("user_id") is not None else "anonymous"

    @property
    def clock(self) -> str:
        """The time of day."""
        return f"{utc(self.time):%H:%M:%S}"

    @property
    def revenue(self) -> str | None:
        """What the event earned, as Amplitude reckons it: price times quantity before revenue."""
        item = self.row.item
        price, quantity = item.get("price"), item.get("quantity", 1)
        amount = item.get("revenue")
        if is_number(price) and is_number(quantity):
            amount = price * quantity
        return f"{amount:,.2f} {item.get('currency') or ''}".strip() if is_number(amount) else None

    @property
    def sections(self) -> list[tuple[str, Pairs]]:
        """The event's content under headings."""
        item = self.row.item
        named = [
            (title, _pairs(value.items()))
            for key, title in _SECTIONS.items()
            if isinstance(value := item.get(key), dict) and value
        ]
        rest = ((key, value) for key, value in item.items() if key not in _SECTIONS)
        return [*named, ("Event", _pairs(rest))]


@dataclass(frozen=True, slots=True)
class Session:
    """Events of one session, or of one day outside any, newest first."""

    session_id: int | None
    moments: list[Moment]

    @property
    def size(self) -> int:
        """The number of events."""
        return len(self.moments)

    @property
    def title(self) -> str:
        """The day, and how long the session lasted."""
        day = f"{utc(self.moments[-1].time):%a %d %b %Y}"
        if self.session_id is None:
            return f"{day} · outside any session"
        minutes, seconds = divmod((self.moments[0].time - self.moments[-1].time) // 1000, 60)
        length = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        return f"{day} · session of {length}"


@dataclass(frozen=True, slots=True)
class UserView:
    """One user with the newest of their events."""

    person: Person
    events: int
    last_time: int
    sessions: list[Session]

    @property
    def name(self) -> str:
        """The user id, or the device id of somebody anonymous."""
        return self.person.user_id or next(iter(self.person.device_ids), "nobody")

    @property
    def last_seen(self) -> str:
        """The time of the newest event."""
        return f"{utc(self.last_time):%Y-%m-%d %H:%M}"

    @property
    def colour(self) -> int:
        """A hue that stays with the user."""
        return self.person.amplitude_id * 47 % 360

    @property
    def properties(self) -> Pairs:
        """The user properties by now, and the groups."""
        return _pairs([*self.person.properties.items(), *self.person.groups.items()])


def render(sandbox: Sandbox, wanted: str) -> str:
    """Draw the page for the users whose ids contain `wanted`, all of them if it is empty."""
    store = sandbox.store
    users = _users(store, wanted.strip().lower())
    return _TEMPLATE.render(
        summary=summary_json(sandbox),
        warnings=counted(store.warned),
        rejected=counted(store.refused),
        faults=list(_faults(sandbox)),
        users=[_view(person, moments) for person, moments in users[:USERS_SHOWN]],
        found=len(users),
        wanted=wanted,
        open=USERS_OPEN,
    )


def _faults(sandbox: Sandbox) -> Iterator[JsonObject]:
    for armed in sandbox.faults:
        written = armed.rule.model_dump(mode="json", exclude_unset=True, exclude={"fault"})
        yield {"rule": armed.rule.fault, "text": json.dumps(written), "count": armed.hits}


def _users(store: Store, wanted: str) -> list[tuple[Person, list[Moment]]]:
    """Give everybody with their events by time, those seen last first."""
    moments: dict[int, tuple[Person, list[Moment]]] = {}
    for row in store.rows:
        if row.person is not None:
            person = row.person.final
            _, theirs = moments.setdefault(person.amplitude_id, (person, []))
            theirs.append(Moment(row, _time(row)))
    users = [(person, theirs) for person, theirs in moments.values() if _matches(person, wanted)]
    for _, theirs in users:
        theirs.sort(key=lambda moment: moment.time)
    return sorted(users, key=lambda user: user[1][-1].time, reverse=True)


def _matches(person: Person, wanted: str) -> bool:
    names = (person.user_id or "", *person.device_ids, str(person.amplitude_id))
    return any(wanted in name.lower() for name in names)


def _view(person: Person, moments: Sequence[Moment]) -> UserView:
    shown = moments[-EVENTS_SHOWN:]
    return UserView(person, len(moments), moments[-1].time, list(_sessions(reversed(shown))))


def _sessions(moments: Iterable[Moment]) -> Iterator[Session]:
    sessions: dict[object, Session] = {}
    for moment in moments:
        session_id = moment.row.item.get("session_id")
        known = session_id if isinstance(session_id, int) and session_id > 0 else None
        key = known or f"{utc(moment.time):%Y-%m-%d}"
        sessions.setdefault(key, Session(known, [])).moments.append(moment)
    return iter(sessions.values())


def _time(row: StoredRow) -> int:
    time = row.item.get("time")
    return time if isinstance(time, int) else row.arrival.time


def _pairs(items: Iterable[tuple[str, object]]) -> Pairs:
    return [
        (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in items
    ]
