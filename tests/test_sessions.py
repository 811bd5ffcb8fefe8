"""Sessions derived from activity: the same answer in whatever order the messages arrive."""

import json
import random
from datetime import UTC, datetime

from seg2amp import transform
from seg2amp.settings import Environment

START = 1_768_035_600_000
MINUTE = 60_000
# Each device, the library its messages come from and the pause that ends its sessions, in ms.
DEVICES = {
    "browser-1": ("analytics.js", 30 * MINUTE),
    "browser-2": ("analytics.js", 30 * MINUTE),
    "phone-1": ("analytics-swift", 5 * MINUTE),
}
PAUSES = [0, 1, 4 * MINUTE, 5 * MINUTE, 5 * MINUTE + 1, 30 * MINUTE, 30 * MINUTE + 1, 90 * MINUTE]


def traffic():
    """Give messages, and the session id that each must have."""
    dice = random.Random(7)
    messages, expected = [], {}
    for device, (library, gap) in DEVICES.items():
        time, session = START, []
        for number in range(60):
            pause = dice.choice(PAUSES)
            time += pause
            given = dice.choices([None, -1, time - dice.randrange(MINUTE)], [8, 1, 1])[0]
            messages.append(_message(f"{device}-{number:02}", device, library, time, given))
            if given == -1:
                expected[f"{device}-{number:02}"] = -1
                continue
            if session and time - session[-1][1] > gap:
                expected |= _ids(session)
                session = []
            session.append((f"{device}-{number:02}", time, given))
        expected |= _ids(session)
    messages.append(_message("server", None, "analytics-python", START, None))
    return messages, expected | {"server": None}


def _ids(session):
    given = [given for _, _, given in session if given is not None]
    shared = given[0] if given else session[0][1]
    return {message_id: given or shared for message_id, _, given in session}


def _message(message_id, device, library, time, session_id):
    stamp = datetime.fromtimestamp(time / 1000, UTC).isoformat(timespec="milliseconds")
    message = {
        "type": "track",
        "event": "Button Clicked",
        "messageId": message_id,
        "userId": "user-1",
        "timestamp": stamp,
        "receivedAt": stamp,
        "context": {"library": {"name": library}},
    }
    if device:
        message["anonymousId"] = device
    if session_id is not None:
        message["integrations"] = {"Actions Amplitude": {"session_id": session_id}}
    return message


def sessions_of(messages):
    """Give the session id of each row of a preview."""
    shown = transform.preview(
        Environment().project_dir, map(json.dumps, messages), {"derive_sessions": True}
    )
    rows = [json.loads(line) for line in shown.lines]
    return {row["message_id"]: row["payload"].get("session_id") for row in rows}


def test_sessions_do_not_depend_on_the_order_of_arrival():
    messages, expected = traffic()
    assert len({session for session in expected.values() if session}) > 20
    assert sessions_of(messages) == expected
    random.Random(8).shuffle(messages)
    assert sessions_of(messages) == expected
