"""User properties sent only when they changed: the same people in Amplitude, by fewer updates."""

import json
import random
import shutil
from datetime import UTC, datetime

import duckdb
import pytest

from seg2amp import api
from seg2amp.sandbox.people import People
from seg2amp.sandbox.server import serving
from seg2amp.settings import Environment
from seg2amp.transform import BuildTests
from seg2amp.transform.scratch import scratch

START = 1_768_035_600_000
SLICES = 4
MESSAGES = 24
WORLDS = 150
# What a message may say of its person. Most say the same again, or part of it.
PLAIN = [{"plan": "pro"}, {"plan": "pro", "seats": 2}, {"plan": "free"}]
OPERATIONS = [
    {"$set": {"plan": "pro"}, "$setOnce": {"first": "a"}},
    {"$setOnce": {"first": "b", "plan": "trial"}},
    {"$unset": {"plan": "-"}},
    {"$add": {"visits": 1}},
    {"$append": {"seen": "x"}},
]
A, B = PLAIN[0], PLAIN[2]
# What chance seldom brings: {story: its steps, each its slice, call, user, device and traits}.
STORIES = {
    # The browser's anonymous past joins Ana in the middle of her phone's day.
    "joined": [
        (0, "track", None, "browser", B),
        (0, "track", "ana", "phone", A),
        (0, "track", "ana", "phone", A),
        (0, "track", "ana", "browser", None),
        (0, "track", "ana", "phone", A),
    ],
    # The same, and the past was delivered before anyone knew whose it is.
    "joined later": [
        (0, "track", None, "browser", B),
        (1, "track", "ana", "phone", A),
        (1, "track", "ana", "browser", None),
        (2, "track", "ana", "phone", A),
    ],
    # Nobody at the kiosk is to Amplitude the last who was somebody, Ben; Ana came first.
    "kiosk": [
        (0, "track", "ana", "kiosk", None),
        (1, "track", "ben", "kiosk", None),
        (1, "track", "ben", "phone", A),
        (1, "track", "ben", "phone", A),
        (2, "track", None, "kiosk", B),
        (3, "track", "ben", "phone", A),
    ],
}
# Every row of the outbox in the order of delivery, as it is sent and as it would be in full.
DELIVERED = """
select held.load_id, held.payload, made.payload, held.user_properties_left_out
from amplitude.amplitude_outbox as held
inner join amplitude.amplitude_rows as made on held.insert_id = made.insert_id
where held.endpoint = 'batch'
order by held.position
"""


class AnonymousWins(People):
    """Amplitude does not say whose values stay when a device joins a user; here the device's do."""

    def _join(self, anonymous, person):
        values = {**person.properties, **anonymous.properties}
        super()._join(anonymous, person)
        person.properties = values


def world(dice):
    """Give a few users and devices, and what they do; some share devices, and some are nobody."""
    users = "ab"[: dice.choice([1, 1, 1, 2])]
    devices = "xyz"[: dice.choice([1, 2, 3])]
    habit = dice.choice([*PLAIN, *OPERATIONS])
    for index in range(MESSAGES):
        user = dice.choice([None, *users, *users])
        device = dice.choice(devices if user is None else [None, *devices])
        traits = dice.choice([None, None, habit, habit, habit, dice.choice([*PLAIN, *OPERATIONS])])
        late = dice.random() < 0.1
        slice_ = SLICES - 1 if late else index * SLICES // MESSAGES
        call = "identify" if traits and dice.random() < 0.1 else "track"
        yield slice_, call, user, device, traits


def messages_of(name, steps):
    """Give each step's slice and message; ids are those of this world alone."""
    for index, (slice_, call, user, device, traits) in enumerate(steps):
        stamp = datetime.fromtimestamp(START / 1000 + index * 60, UTC).isoformat()
        told = {
            "userId": user and f"user-{name}-{user}",
            "anonymousId": device and f"device-{name}-{device}",
            "traits": traits,
        }
        yield (
            slice_,
            {
                "type": call,
                "event": "Clicked",
                "messageId": f"message-{name}-{index:02}",
                "timestamp": stamp,
                "receivedAt": stamp,
                **{key: value for key, value in told.items() if value},
            },
        )


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """Give what many small worlds put into the outbox in three builds, some rows late."""
    folder = tmp_path_factory.mktemp("worlds")
    dice = random.Random(5)
    arriving = [[] for _ in range(SLICES)]
    worlds = {str(number): list(world(dice)) for number in range(WORLDS)}
    for name, steps in (worlds | STORIES).items():
        for slice_, message in messages_of(name, steps):
            arriving[slice_].append(message)
    with scratch(Environment().project_dir) as (project, manifest):
        settings = {"segment_schemas": [], "raw_json_path": str(folder / "*.ndjson")}
        command = [
            "build",
            "--select",
            "+amplitude_outbox",
            "amplitude_rows",
            *BuildTests.NONE.left_out,
        ]
        for number, messages in enumerate(arriving):
            lines = "\n".join(map(json.dumps, messages))
            (folder / f"{number}.ndjson").write_text(lines)
            project.invoke(command, settings, manifest)
        with duckdb.connect(str(project.database)) as connection:
            return connection.execute(DELIVERED).fetchall()


@pytest.mark.parametrize("table", [People, AnonymousWins])
def test_after_every_row_each_person_is_as_if_all_had_been_said(delivered, table):
    lean, full = (table(iter(range(10**6))) for _ in range(2))
    for _, sent, whole, _ in delivered:
        states = []
        for people, payload in ((lean, sent), (full, whole)):
            row = json.loads(payload)
            person = people.recognise(row.get("user_id"), row.get("device_id"))
            person.learn(row.get("user_properties"), None)
            states.append(person.properties)
        assert states[0] == states[1], whole
    assert [person.properties for person in lean] == [person.properties for person in full]


def test_only_user_properties_are_left_out_and_many_are(delivered):
    loads = set()
    for load_id, sent, whole, left_out in delivered:
        row = json.loads(whole)
        if left_out:
            loads.add(load_id)
            del row["user_properties"]
        assert json.loads(sent) == row
    assert loads == set(range(1, SLICES + 1))
    said = sum('"user_properties"' in whole for _, _, whole, _ in delivered)
    assert sum(left_out for *_, left_out in delivered) > said / 10


def loaded(raw, folder, **settings):
    """Build sampled messages and load them; give the people, and how often they were updated.

    People whose devices others use while nobody is signed in are left out: their rows go through
    several lanes, and which arrives first is not the same each time.
    """
    path = folder / "warehouse.duckdb"
    shutil.copy(raw, path)
    with pytest.MonkeyPatch.context() as patch, serving() as sandbox:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        patch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
        api.build({"segment_schemas": ["shop"], **settings}, tests=BuildTests.NONE)
        api.load(base_url=sandbox.url, yes=True)
        users = api.query("select user_id from amplitude.int_users_entangled").to_pylist()
        entangled = {row["user_id"] for row in users}
        (everybody,) = sandbox.store.people.values()
        people = {
            person.user_id or min(person.device_ids): (person.properties, person.groups)
            for person in everybody
            if person.user_id not in entangled
        }
        updates = sum("user_properties" in row.item for row in sandbox.store.rows)
        assert not sandbox.store.refused
        assert api.query("from amplitude.audit_remapped").num_rows == 0
    return people, updates


def test_a_sandbox_ends_with_the_same_people_by_far_fewer_updates(tmp_path, monkeypatch):
    raw = tmp_path / "raw.duckdb"
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(raw))
    api.sample(1_500, 3, land="shop")
    ends = {}
    for on in (True, False):
        folder = tmp_path / str(on)
        folder.mkdir()
        ends[on] = loaded(raw, folder, user_properties_when_changed=on)
    assert len(ends[True][0]) > 50
    assert ends[True][0] == ends[False][0]
    assert ends[True][1] < ends[False][1] * 0.7
