"""The journal: one line of JSON for each request, accepted or refused.

Neither what was sent nor the API key is in it: the key is masked, objects are counted.
"""

import json
from collections import deque
from pathlib import Path

from starlette.responses import Response

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.connection import Reset
from seg2amp.sandbox.keys import masked
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

KEPT = 10_000


class Journal:
    """The latest 10,000 entries in memory, and every one in a file if there is one."""

    def __init__(self, path: Path | None) -> None:
        """Start with nothing; raises `ConfigurationError` when the file cannot be written."""
        self.entries: deque[JsonObject] = deque(maxlen=KEPT)
        self._path = path
        if path is not None:
            try:
                path.open("a").close()
            except OSError as error:
                raise ConfigurationError(
                    f"the journal {path} cannot be written ({error.strerror}); name another file"
                ) from None

    def write(self, visit: Visit, reply: Response) -> None:
        """Enter a request that is about to be replied to."""
        entry = _entry(visit, reply)
        self.entries.append(entry)
        if self._path is not None:
            with self._path.open("a") as file:
                file.write(json.dumps(entry) + "\n")

    def reset(self) -> None:
        """Forget what is in memory; the file keeps its lines."""
        self.entries.clear()


def _entry(visit: Visit, reply: Response) -> JsonObject:
    """Describe a request; `status` is null where no reply was given at all."""
    arrival = visit.arrival
    return {
        "time": visit.time,
        "method": visit.method,
        "endpoint": visit.endpoint,
        "project": None if visit.project is None else masked(visit.project),
        "status": None if isinstance(reply, Reset) else reply.status_code,
        "request": None if arrival is None else arrival.number,
        "bytes": len(visit.received or b""),
        "items": len(visit.items or ()),
        "duplicates": 0 if arrival is None else arrival.duplicates,
        "dropped_updates": {} if arrival is None else arrival.dropped_updates,
        "rules": [rule.as_json() for rule in (visit.remarks | dict.fromkeys(visit.rules))],
        "faults": visit.faults,
    }
