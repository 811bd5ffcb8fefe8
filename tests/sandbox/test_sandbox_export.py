"""The Export API: what was stored comes back, two hours later, under the names of the export."""

import gzip
import io
import json
import zipfile

import pytest

from sandbox_client import API_KEY, NOW, event

PATH = "/api/2/export"
AUTH = (API_KEY, "secret")
HOUR = 3_600_000
HERE = "20260115T12"


def get(sandbox, start=HERE, end=HERE, auth=AUTH):
    return sandbox.http.get(PATH, params={"start": start, "end": end}, auth=auth)


def exported(reply):
    """Give the lines of each file in the zip."""
    assert reply.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
        return {
            name: [json.loads(line) for line in gzip.decompress(archive.read(name)).splitlines()]
            for name in archive.namelist()
        }


def advance(sandbox, milliseconds):
    sandbox.http.post("/_sandbox/clock", json={"advance_ms": milliseconds})


def test_events_come_back_once_with_the_names_of_the_export(sandbox):
    given = {
        "ip": "1.2.3.4",
        "carrier": "Tele",
        "app_version": "1.2",
        "event_properties": {"a": "x" * 1_025},
        "user_properties": {"plan": "pro"},
        "session_id": NOW - 5_000,
    }
    sandbox.upload([event(**given), event(**given)])
    advance(sandbox, 2 * HOUR)
    ((name, (line,)),) = exported(get(sandbox)).items()
    assert name == "100001/100001_2026-01-15_12#0.json.gz"
    assert line["event_time"] == line["client_event_time"] == "2026-01-15 11:59:59.000000"
    assert line["server_upload_time"] == "2026-01-15 12:00:00.000000"
    assert (line["$insert_id"], line["event_type"]) == ("insert-1", "Product Viewed")
    assert (line["ip_address"], line["device_carrier"], line["version_name"]) == (
        "1.2.3.4",
        "Tele",
        "1.2",
    )
    assert line["event_properties"] == {"a": "x" * 1_024}
    assert (line["user_properties"], line["session_id"]) == ({"plan": "pro"}, NOW - 5_000)
    assert line["amplitude_id"] == sandbox.shown("events")[0]["amplitude_id"]
    assert line["app"] == 100_001
    assert not {"insert_id", "time", "ip", "carrier", "app_version"} & line.keys()
    assert len(line["uuid"]) == 36


def test_an_event_shows_its_user_as_they_were_when_it_came(sandbox):
    first, second = {"n": 1}, {"n": 2, "m": 1}
    sandbox.upload(
        [
            event(insert_id="1"),
            event(insert_id="2", event_type="$identify", user_properties={"$set": first}),
            event(insert_id="3"),
            event(insert_id="4", user_properties=second),
            event(insert_id="5", user_properties={"n": 9}, **{"$skip_user_properties_sync": True}),
            event(insert_id="6"),
        ]
    )
    advance(sandbox, 2 * HOUR)
    ((_, lines),) = exported(get(sandbox)).items()
    shown = {line["$insert_id"]: line["user_properties"] for line in lines}
    assert shown == {"1": {}, "3": first, "4": second, "5": {"n": 9}, "6": second}


def test_hours_are_inclusive_and_go_by_the_upload(sandbox):
    for number in range(4):
        sandbox.upload([event(insert_id=f"insert-{number}")])
        advance(sandbox, HOUR)
    advance(sandbox, 2 * HOUR)
    files = exported(get(sandbox, "20260115T13", "20260115T14"))
    assert [[line["$insert_id"] for line in lines] for lines in files.values()] == [
        ["insert-1"],
        ["insert-2"],
    ]


def test_nothing_is_exported_before_two_hours(sandbox):
    sandbox.upload([event()])
    advance(sandbox, 2 * HOUR - 1)
    early = get(sandbox)
    assert (early.status_code, early.json()["_sandbox"][0]["rule"]) == (404, "nothing_to_export")
    advance(sandbox, 1)
    assert get(sandbox).status_code == 200
    assert get(sandbox, "20260115T11", "20260115T11").status_code == 404


def test_a_project_sees_its_own_events_only(sandbox):
    sandbox.upload([event()])
    advance(sandbox, 2 * HOUR)
    assert get(sandbox, auth=("another-project", "secret")).status_code == 404
    assert get(sandbox, auth=None).status_code == 401


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("", HERE),
        ("2026-01-15", HERE),
        ("20260115T24", HERE),
        ("20260115T13", HERE),
        ("20240115T12", HERE),
    ],
    ids=["none", "day", "hour-24", "backwards", "two-years"],
)
def test_hours_must_make_sense(sandbox, start, end):
    reply = get(sandbox, start, end)
    assert (reply.status_code, reply.json()["_sandbox"][0]["rule"]) == (400, "export_hours")
