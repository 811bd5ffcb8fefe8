"""Times of every type and form, in sessions whose time zone is not UTC, on both engines."""

import json
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import pytest
from adbc_driver_postgresql import dbapi

from postgres import postgres_url, profile_variables
from seg2amp import api
from seg2amp.settings import REPOSITORY
from seg2amp.transform import BuildTests

SETTINGS = {
    "segment_schemas": ["times"],
    "raw_json_relation": "times.lines",
    "user_agent_parsing": False,
}
# No whole hours from UTC, and a day ahead of it for a quarter of the day.
ZONE = "Asia/Kolkata"
NO_TIME = "time cannot be read as time"
TOO_EARLY = "time is before 2001"
TOO_LATE = "time is more than a day after it was received"
EPOCH_10_JAN = 1_768_003_200_000
NOON = EPOCH_10_JAN + 12 * 3_600_000


class Clocks(NamedTuple):
    """The times of one message as its table holds them; None is NULL."""

    timestamp: object = None
    original: object = None
    sent: object = None
    received: object = None


@dataclass(frozen=True)
class Case:
    """A message in a table whose times are all of one type, and what becomes of its time."""

    name: str
    clocks: Clocks
    time: int | None = None
    time_from: str | None = "timestamp"
    reason: str | None = None


def corrected(original: object, sent: object, received: object, time: int) -> Case:
    return Case("corrected", Clocks(None, original, sent, received), time, "corrected")


def moments(zone: str) -> list[Case]:
    """Give cases that hold for timestamps of microseconds; zone: what each text ends with."""
    hours, ten, noon = (15, "15:30:00", "17:30") if zone else (10, "10:00:00", "12:00")
    received = f"2026-01-10 {ten}{zone}"
    return [
        Case(
            "given", Clocks(f"2026-01-10 {noon}:00.456999{zone}", None, None, received), NOON + 456
        ),
        corrected(
            f"2031-07-01 {hours}:00:00.100{zone}",
            f"2031-07-01 {hours}:00:05.200{zone}",
            f"2026-01-10 {noon}:05.100{zone}",
            NOON,
        ),
        Case(
            "half known",
            Clocks(None, f"2026-01-10 {noon}:00.0009{zone}", None, received),
            NOON,
            "original_timestamp",
        ),
        Case(
            "never received",
            Clocks(None, f"2026-01-10 {noon}:00.1{zone}", f"2026-01-10 {noon}:05{zone}", None),
            NOON + 100,
            "original_timestamp",
        ),
        Case("received", Clocks(received=f"2026-01-10 {noon}{zone}"), NOON, "received_at"),
        # One that lies in 1970 as milliseconds and would lie in 2001 as seconds.
        Case("1970", Clocks(f"1970-01-12 14:00{zone}", None, None, received), reason=TOO_EARLY),
        Case("year 1", Clocks(f"0001-01-02 00:00{zone}", None, None, received), reason=TOO_EARLY),
        Case("next week", Clocks(f"2026-01-17 12:00{zone}", None, None, received), reason=TOO_LATE),
        Case("9999", Clocks(f"9999-12-31 23:59:59.999999{zone}"), reason=TOO_LATE),
        Case("receipt of year 1", Clocks(received=f"0001-01-02 00:00{zone}"), None, None),
    ]


INFINITE = [
    Case(
        "infinity",
        Clocks("infinity", None, None, "2026-01-10"),
        reason=NO_TIME,
        time_from="received_at",
    ),
    Case(
        "all infinite",
        Clocks("infinity", "infinity", "infinity", "infinity"),
        reason=NO_TIME,
        time_from=None,
    ),
    Case(
        "infinity corrected",
        Clocks("-infinity", "2026-01-10 12:00Z", "2026-01-10 12:01Z", "2026-01-10 12:02Z"),
        NOON + 60_000,
        "corrected",
    ),
]
TEXT = [
    *moments("+05:30"),
    Case("Postgres prints", Clocks("2026-01-10 12:00:00.4+00"), NOON + 400),
    Case("BigQuery prints", Clocks("2026-01-10 12:00:00.4 UTC"), NOON + 400),
    Case("Snowflake prints", Clocks("2026-01-10 04:00:00.4 -0800"), NOON + 400),
    Case("ISO", Clocks("2026-01-10T12:00:00.456999999Z"), NOON + 456),
    Case("digits", Clocks(str(NOON)), NOON),
    Case(
        "digits corrected",
        Clocks("", str(NOON), "2026-01-10 12:01Z", str(NOON // 1000 + 120)),
        NOON + 60_000,
        "corrected",
    ),
    *(
        Case(text, Clocks(text, None, None, "2026-01-10"), time_from="received_at", reason=NO_TIME)
        for text in ("2025-02-30", "24:00", "0000-00-00 00:00:00", "null", "yesterday", "' or 1=1")
    ),
    Case("no receipt", Clocks("2026-01-10 12:00", None, None, "yesterday"), NOON),
    Case("empty", Clocks("", "", "", "2026-01-10 12:00"), NOON, "received_at"),
]
CASES = {
    "timestamp": [*moments(""), *INFINITE],
    "timestamp with time zone": [*moments("+05:30"), *INFINITE],
    "text": TEXT,
    "date": [
        Case("given", Clocks("2026-01-10"), EPOCH_10_JAN),
        corrected("2031-07-01", "2031-07-02", "2026-01-11", EPOCH_10_JAN),
        Case("year 1", Clocks("0001-01-01"), reason=TOO_EARLY),
        Case("infinity", Clocks("infinity"), time_from=None, reason=NO_TIME),
    ],
    "bigint": [
        Case("seconds", Clocks(NOON // 1000, None, None, NOON // 1000), NOON),
        Case("milliseconds", Clocks(NOON + 456, None, None, NOON), NOON + 456),
        Case("microseconds", Clocks(NOON * 1000 + 456_999, None, None, NOON * 1000), NOON + 456),
        corrected(NOON + 9_000, NOON // 1000 + 10, NOON * 1000 + 1_000_000, NOON),
        Case("zero", Clocks(0, 0, 0, NOON), NOON, "received_at"),
        Case("large", Clocks(9_223_372_036_854_775_807, None, None, NOON), NOON, "received_at"),
    ],
    "double precision": [
        Case("seconds", Clocks(NOON / 1000 + 0.456), NOON + 456),
        Case("not a number", Clocks("nan", "inf", "-inf", NOON / 1000), NOON, "received_at"),
    ],
    "boolean": [
        Case("true", Clocks("true", "true", "true", "true"), time_from=None, reason=NO_TIME)
    ],
}
OF_DUCKDB = {
    "timestamp_s": [
        corrected("2031-07-01 10:00:00", "2031-07-01 10:00:05", "2026-01-10 12:00:05", NOON)
    ],
    "timestamp_ms": [Case("given", Clocks("2026-01-10 12:00:00.456"), NOON + 456)],
    "timestamp_ns": [
        Case("given", Clocks("2026-01-10 12:00:00.456999999"), NOON + 456),
        Case("infinity", Clocks("infinity"), time_from=None, reason=NO_TIME),
    ],
    "timestamptz_ns": [Case("given", Clocks("2026-01-10 17:30:00.456999999+05:30"), NOON + 456)],
}
# What a warehouse made a moment of, as a property: type, text and what it is rendered as.
PROPERTIES = [
    ("timestamp", "2026-01-10 12:00:00", "2026-01-10T12:00:00.000Z"),
    ("timestamp", "1969-12-31 23:59:59.9996", "1969-12-31T23:59:59.999Z"),
    ("timestamp", "9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999Z"),
    ("timestamp", "0001-01-01 00:00:00.000001", "0001-01-01T00:00:00.000Z"),
    ("timestamp", "infinity", None),
    ("timestamp", "10000-01-01 00:00:00", None),
    ("timestamp with time zone", "2026-01-10 02:00:00.4567+05:30", "2026-01-09T20:30:00.456Z"),
    ("timestamp with time zone", "infinity", None),
    ("date", "1985-10-26", "1985-10-26"),
    ("date", "0085-10-26", "0085-10-26"),
    ("date", "infinity", None),
    ("text", "1985-10-26T01:21:00+05:30", "1985-10-26T01:21:00+05:30"),
]
RAW_JSON = {
    "number": ({"originalTimestamp": "2031-07-01T10:00:00.100Z", "sentAt": 1_940_666_405_200,
                "receivedAt": "2026-01-10T12:00:05.100Z"}, NOON, "corrected"),
    "receipt": ({"receivedAt": NOON + 1}, NOON + 1, "received_at"),
    "receipt of year 1": ({"timestamp": NOON, "receivedAt": "0001-01-01"}, NOON, "timestamp"),
    "objects": ({"originalTimestamp": {}, "sentAt": [], "receivedAt": {"at": 1}}, None, None),
}  # fmt: skip
FOUND = """
select audited.message_id, rendered.payload, audited.time_from,
       coalesce(audited.reason, rendered.rejection_reason)
from amplitude.audit_messages as audited
left join amplitude.amplitude_rows as rendered on audited.message_key = rendered.message_key
"""


def literal(value: object, kind: str) -> str:
    """Write a value as SQL of a type."""
    text = "null" if value is None else "'" + str(value).replace("'", "''") + "'"
    return f"cast({text} as {kind})"


def raw_tables(cases: dict[str, list[Case]]) -> list[str]:
    """Write the statements that land a table for each type, one of traits and raw JSON."""
    statements = ["create schema times"]
    for kind, of_kind in cases.items():
        rows = ", ".join(
            f"({literal(f'{kind}: {case.name}', 'text')}, "
            + ", ".join(literal(value, kind) for value in case.clocks)
            + ")"
            for case in of_kind
        )
        statements.append(
            f'create table times."of_{kind.replace(" ", "_")}" as '
            "select id, 'Timed' as event_text, 'user-12345' as user_id, "
            "timestamp, original_timestamp, sent_at, received_at from (values "
            f"{rows}) as raw(id, timestamp, original_timestamp, sent_at, received_at)"
        )
    columns = ", ".join(
        f"{literal(text, kind)} as p{i}" for i, (kind, text, _) in enumerate(PROPERTIES)
    )
    lines = ", ".join(
        f"({i}, '"
        + json.dumps({"type": "page", "userId": "user-12345", "messageId": name, **at})
        + "')"
        for i, (name, (at, _, _)) in enumerate(RAW_JSON.items(), 1)
    )
    return [
        *statements,
        f"create table times.identifies as select 'traits' as id, {columns}, 'user-1' as user_id",
        f"create table times.lines as select * from (values {lines}) as lines(line, raw)",
    ]


def read(found):
    """Give what was found by message id: payload, time_from and reason."""
    return {row[0]: (json.loads(row[1]) if row[1] else {}, *row[2:]) for row in found}


@pytest.fixture(scope="module")
def on_duckdb(tmp_path_factory):
    folder = tmp_path_factory.mktemp("times")
    profiles = (REPOSITORY / "profiles.yml").read_text()
    assert "TimeZone: UTC" in profiles
    (folder / "profiles.yml").write_text(profiles.replace("TimeZone: UTC", f"TimeZone: {ZONE}"))
    path = folder / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(";".join(raw_tables(CASES | OF_DUCKDB)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        patch.chdir(folder)
        api.build(SETTINGS, tests=BuildTests.NONE)
        return read(tuple(row.values()) for row in api.query(FOUND).to_pylist())


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory):
    folder = tmp_path_factory.mktemp("times")
    with postgres_url(folder) as url, pytest.MonkeyPatch.context() as patch:
        for name, value in profile_variables(url).items():
            patch.setenv(name, value)
        with dbapi.connect(url) as connection, connection.cursor() as cursor:
            dropped = (f"drop schema if exists {name} cascade" for name in ("times", "amplitude"))
            for statement in (*dropped, *raw_tables(CASES)):
                cursor.execute(statement)
            connection.commit()
        patch.setenv("PGOPTIONS", f"-c timezone={ZONE}")
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(folder / "warehouse.duckdb"))
        api.build(SETTINGS, tests=BuildTests.NONE, target="postgres")
        with dbapi.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(FOUND)
            return read(cursor.fetchall())


@pytest.fixture(
    scope="module", params=["on_duckdb", pytest.param("on_postgres", marks=pytest.mark.full)]
)
def found(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("kind", CASES)
def test_a_time_of_any_type_is_the_same_moment_or_has_a_reason(found, kind):
    assert outcomes(found, kind, CASES[kind]) == wanted(CASES[kind])


@pytest.mark.parametrize("kind", OF_DUCKDB)
def test_duckdb_has_types_of_its_own(on_duckdb, kind):
    assert outcomes(on_duckdb, kind, OF_DUCKDB[kind]) == wanted(OF_DUCKDB[kind])


def test_moments_among_the_traits_are_rendered_one_way(found):
    payload, _, reason = found["traits"]
    assert reason is None
    assert payload["user_properties"] == {
        f"p{i}": rendered for i, (_, _, rendered) in enumerate(PROPERTIES) if rendered is not None
    }


@pytest.mark.parametrize("name", RAW_JSON)
def test_raw_json_is_corrected_by_the_same_rule(found, name):
    _, time, time_from = RAW_JSON[name]
    payload, source, reason = found[name]
    assert (payload["time"] if time else payload.get("time"), source, reason) == (
        time,
        time_from,
        None,
    )


def outcomes(found, kind, cases):
    told = {}
    for case in cases:
        payload, time_from, reason = found[f"{kind}: {case.name}"]
        told[case.name] = (None if reason else payload.get("time"), time_from, reason)
    return told


def wanted(cases):
    return {case.name: (case.time, case.time_from, case.reason) for case in cases}
