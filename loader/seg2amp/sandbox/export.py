"""The Export API: /api/2/export gives back what was stored, for reconciliation.

Events are chosen by the hour of their upload, UTC, and can be had two hours after it. The zip holds
one gzip of JSON lines an hour, under the names of the export, which are not those of the upload.
`$identify` and `$groupidentify` are no events and left out: whether Amplitude exports those that
came through /batch is not documented.
"""

import gzip
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from starlette.responses import Response

from seg2amp.sandbox import body, catalogue
from seg2amp.sandbox.body import Limits
from seg2amp.sandbox.clock import utc
from seg2amp.sandbox.credentials import authenticated
from seg2amp.sandbox.door import Door
from seg2amp.sandbox.keeping import kept_of
from seg2amp.sandbox.replies import Refusal
from seg2amp.sandbox.rules import GROUP_IDENTIFY, IDENTIFY
from seg2amp.sandbox.state import Sandbox
from seg2amp.sandbox.store import StoredRow
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit

HOUR = 3_600_000
DELAY = 2 * HOUR
LONGEST_RANGE = timedelta(days=365)
_HOUR = re.compile(r"\d{8}T\d{2}", re.ASCII)

_SAME = (
    *("user_id", "device_id", "event_type", "session_id", "event_id", "platform", "os_name"),
    *("os_version", "device_brand", "device_manufacturer", "device_model", "country", "region"),
    *("city", "dma", "language", "library", "adid", "idfa", "location_lat", "location_lng"),
)
_RENAMED = {
    "insert_id": "$insert_id",
    "carrier": "device_carrier",
    "app_version": "version_name",
    "ip": "ip_address",
}
_OBJECTS = ("event_properties", "groups", "group_properties")


def answer(visit: Visit, sandbox: Sandbox) -> Response:
    """Give the events of some hours; raises `Refusal`."""
    visit.project = project = authenticated(visit, sandbox.keys)
    first, last = _hours(visit)
    app = sandbox.store.apps.get(project, 0)
    hours: dict[int, list[JsonObject]] = {}
    for number, row in enumerate(sandbox.store.rows):
        hour = row.arrival.time // HOUR
        if first <= hour <= last and _is_exported(row, project, visit.time):
            hours.setdefault(hour, []).append(_exported(row, app, number))
    if not hours:
        raise Refusal(404, "Not found", catalogue.NOTHING_TO_EXPORT)
    return Response(_zipped(hours, app), media_type="application/zip")


def _hours(visit: Visit) -> tuple[int, int]:
    """Read the first and the last hour, in hours since 1970; raises `Refusal`."""
    try:
        query = body.parse_form(visit.query)
        first, last = (_hour(query.get(name, "")) for name in ("start", "end"))
    except ValueError:
        raise Refusal(400, "Invalid start or end", catalogue.EXPORT_HOURS) from None
    if not timedelta() <= last - first <= LONGEST_RANGE:
        raise Refusal(400, "Invalid start or end", catalogue.EXPORT_HOURS)
    return int(first.timestamp()) // 3600, int(last.timestamp()) // 3600


def _hour(text: str) -> datetime:
    if not _HOUR.fullmatch(text):
        raise ValueError(text)
    return datetime.strptime(text, "%Y%m%dT%H").replace(tzinfo=UTC)


def _is_exported(row: StoredRow, project: str, now: int) -> bool:
    return (
        row.arrival.project == project
        and row.arrival.time <= now - DELAY
        and row.item["event_type"] not in (IDENTIFY, GROUP_IDENTIFY)
    )


def _exported(row: StoredRow, app: int, number: int) -> JsonObject:
    """Give an event under the names of the export; its times are text without a zone."""
    item = kept_of(row.item, row.warnings)
    uploaded = _text(row.arrival.time)
    time = item.get("time")
    happened = _text(time) if isinstance(time, int) else uploaded
    times = ("server_received_time", "server_upload_time", "client_upload_time", "processed_time")
    return {
        **{name: item.get(name) for name in _SAME},
        **{theirs: item.get(ours) for ours, theirs in _RENAMED.items()},
        **{name: item.get(name) or {} for name in _OBJECTS},
        **dict.fromkeys(times, uploaded),
        "user_properties": dict(row.user_properties),
        "event_time": happened,
        "client_event_time": happened,
        "amplitude_id": row.amplitude_id,
        "app": app,
        "uuid": str(uuid5(NAMESPACE_URL, f"{app}/{number}")),
        "data": {},
    }


def _text(time: int) -> str:
    return utc(time).strftime("%Y-%m-%d %H:%M:%S.%f")


def _zipped(hours: dict[int, list[JsonObject]], app: int) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for hour, events in sorted(hours.items()):
            begin = datetime.fromtimestamp(hour * 3600, UTC)
            lines = "".join(json.dumps(event) + "\n" for event in events)
            name = f"{app}/{app}_{begin:%Y-%m-%d}_{begin.hour}#0.json.gz"
            files.writestr(name, gzip.compress(lines.encode(), mtime=0))
    return archive.getvalue()


EXPORT = Door(
    "/api/2/export", ("GET",), Limits(0, 1_000_000), lambda _: [], answer, Refusal.as_json
)
