"""What tests send to a served sandbox, and how."""

import json
from dataclasses import dataclass

import httpx

from seg2amp.sandbox.server import Serving
from seg2amp.sandbox.store import Store

NOW = 1_768_478_400_000
API_KEY = "0123456789abcdef"
EVENT = {
    "user_id": "user-1",
    "device_id": "device-1",
    "event_type": "Product Viewed",
    "time": NOW - 1_000,
    "insert_id": "insert-1",
}


@dataclass(frozen=True)
class Sandbox:
    """A served sandbox with shorthands for what tests send to it."""

    http: httpx.Client
    store: Store

    def upload(self, events, path="/batch", **fields) -> httpx.Response:
        """Send events as JSON."""
        return self.http.post(path, json={"api_key": API_KEY, "events": events, **fields})

    def form(self, path, items, **fields) -> httpx.Response:
        """Send the items of a form endpoint."""
        name = "mapping" if path == "/usermap" else "identification"
        text = items if isinstance(items, str) else json.dumps(items)
        return self.http.post(path, data={"api_key": API_KEY, name: text, **fields})

    def shown(self, what, **query):
        """Ask one of the sandbox's own endpoints."""
        return self.http.get(f"/_sandbox/{what}", params=query).json()


def event(**changes):
    """Give a good event with changes; a change to `...` takes the field out."""
    changed = {**EVENT, **changes}
    return {key: value for key, value in changed.items() if value is not ...}


def client_of(served: Serving) -> Sandbox:
    """Connect to a served sandbox."""
    return Sandbox(httpx.Client(base_url=served.url, timeout=30), served.store)


def several(count, **changes):
    """Give so many events, each of a user and a device of its own."""
    return [
        event(
            insert_id=f"insert-{number}",
            user_id=f"user-{number}",
            device_id=f"device-{number}",
            **changes,
        )
        for number in range(count)
    ]


def arm(sandbox, *rules, **plan):
    """Put a plan in force."""
    reply = sandbox.http.put("/_sandbox/faults", json={"rules": rules, **plan})
    assert reply.status_code == 200, reply.text


def statuses(sandbox, count, **changes):
    """Upload so many events, one a request, and give the status of each."""
    return [
        sandbox.upload([event(insert_id=f"insert-{number}", **changes)]).status_code
        for number in range(count)
    ]
