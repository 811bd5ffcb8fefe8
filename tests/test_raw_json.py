"""The raw JSON door: files and a relation of messages, read once, accounted for line by line."""

import gzip
import json
import os

import duckdb
import pytest

from seg2amp import api
from seg2amp.errors import ConfigurationError, Seg2ampError
from seg2amp.sandbox.server import serving
from seg2amp.settings import Environment
from seg2amp.transform import BuildTests
from seg2amp.transform.raw_lines import NO_LINES
from seg2amp.transform.scratch import scratch

FIRST_DAY = 1_767_225_600  # 2026-01-01
DAY = 86_400
HELD = """
select source_relation, source_table, source_line, message_id, unreadable_reason, loaded_at,
       content_hash
from amplitude.stg_segment__raw_json
order by all
"""
_CHOICE = {
    "type": "track",
    "event": "Chosen",
    "userId": "user-1",
    "timestamp": "2026-01-10T09:00:00Z",
}
# What a warehouse has lost of messages: opt-outs, consent that is empty, casing, nesting, nulls.
CHOICES = [
    _CHOICE | {"messageId": "opted out", "integrations": {"All": True, "Amplitude": False}},
    _CHOICE
    | {
        "messageId": "opted in",
        "integrations": {"All": False, "Actions Amplitude": True},
        "context": {"consent": {"categoryPreferences": {"advertising": True}}},
        "properties": {
            "firstChoice": {"Sub Type": [1, {"deepEr": None}]},
            "first_choice": "",
            "price($)": 1,
        },
    },
    _CHOICE
    | {
        "messageId": "no consent",
        "context": {"consent": {"categoryPreferences": {"advertising": False}}},
    },
    _CHOICE
    | {"messageId": "consent of nothing", "context": {"consent": {"categoryPreferences": {}}}},
]


class Door:
    """An archive in a folder, and dbt up to the model that stages raw JSON."""

    def __init__(self, project, manifest, folder):
        self.project, self.manifest, self.folder = project, manifest, folder
        self.settings = {"segment_schemas": []}

    def put(self, name, lines, day):
        """Write a file as it was on a day of January 2026, packed where its name says so."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
        path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
        os.utime(path, (FIRST_DAY + day * DAY,) * 2)
        return path

    def stage(self, *flags, select="+stg_segment__raw_json", **settings):
        command = ["build", "--select", select, *flags, *BuildTests.NONE.left_out]
        self.project.invoke(command, self.settings | settings, self.manifest)

    def ask(self, sql):
        with duckdb.connect(str(self.project.database)) as connection:
            return connection.execute(sql).fetchall()

    def held(self, sql=HELD):
        """Give what staging holds, files without their folder."""
        prefix = f"{self.folder}/"
        return [
            tuple(
                str(cell).removeprefix(prefix) if column == 1 else cell
                for column, cell in enumerate(row)
            )
            for row in self.ask(sql)
        ]


@pytest.fixture
def door(tmp_path):
    with scratch(Environment().project_dir) as (project, manifest):
        yield Door(project, manifest, tmp_path)


def archived(source, day, name):
    return f"segment-logs/{source}/{(FIRST_DAY + (day - 1) * DAY) * 1000}/{name}"


def message(name, day, **more):
    received = f"2026-01-{day:02}T05:00:00.000Z"
    return json.dumps(
        {"type": "track", "event": "Seen", "messageId": name, "receivedAt": received} | more
    )


def test_what_builds_read_bit_by_bit_is_what_one_build_reads(door):
    door.put("segment-logs/dummy-object.txt", ["made when the archive was set up"], 1)
    kept = door.put(archived("web", 1, "a.gz"), [message("web-1", 1), "", message("web-2", 1)], 2)
    gone = door.put(archived("web", 2, "b.gz"), [message("web-3", 2)], 3)
    grown = door.put(archived("app", 1, "a.gz"), [message("app-1", 1)], 2)
    door.put("export/it's.ndjson", [message("file-1", 1)], 2)
    rows = [("lake-1", 1, 5), ("lake-2", 2, 6), ("lake-3", 3, 7)]
    values = ", ".join(
        f"('{message(name, 5)}', {line}, timestamptz '2026-01-0{day} 00:00Z')"
        for name, line, day in rows
    )
    door.ask("create schema lake")
    door.ask(f'create table lake."Messages" as from (values {values}) as t ("Raw", line, uuid_ts)')
    door.settings |= {
        "raw_json_path": [
            str(door.folder / "segment-logs/**"),
            str(door.folder / "export/it's.ndjson"),
        ],
        "raw_json_relation": "lake.Messages",
    }
    door.stage()
    assert [row[:4] for row in door.held()] == [
        ("app", archived("app", 1, "a.gz"), 1, "app-1"),
        *(("lake.Messages", "raw_json", line, name) for name, line, _ in rows),
        ("raw_json", "export/it's.ndjson", 1, "file-1"),
        ("web", archived("web", 1, "a.gz"), 1, "web-1"),
        ("web", archived("web", 1, "a.gz"), 3, "web-2"),
        ("web", archived("web", 2, "b.gz"), 1, "web-3"),
    ]

    landed = door.held(HELD.replace("content_hash", "row_id, landed_in"))
    door.stage()
    read = "select count(*) from amplitude.stg_segment__raw_json_files where to_read"
    assert door.ask(read) == [(0,)]
    assert door.held(HELD.replace("content_hash", "row_id, landed_in")) == landed

    # The third has the size and the time that it had: nobody looks into it.
    gone.unlink()
    door.put(str(grown), [message("app-1", 1), message("app-2", 1)], 2)
    door.put(str(kept), [message("web-X", 1), "", message("web-Y", 1)], 2)
    door.put(archived("app", 3, "b.gz"), [message("app-3", 3)], 4)
    door.ask('delete from lake."Messages" where line = 1')
    late = "('[1]', 4, timestamptz '2026-01-01 00:00Z'), (null, 5, timestamptz '2026-01-02 00:00Z')"
    door.ask(f'insert into lake."Messages" values {late}')
    door.stage()
    names = [row[3] for row in door.held()]
    expected = "app-1 app-2 app-3 lake-2 lake-3 None None file-1 web-1 web-2"
    assert " ".join(map(str, names)) == expected
    assert door.ask(read) == [(2,)]
    assert door.ask("select count(*) from amplitude.stg_segment__raw_json_lines") == [(0,)]

    door.put(str(kept), [message("web-1", 1), "", message("web-2", 1)], 2)
    bit_by_bit = door.held()
    door.stage("--full-refresh")
    assert door.held() == bit_by_bit


def test_whatever_is_broken_is_a_line_with_a_reason_and_stops_nothing(door):
    whole = gzip.compress(b"\n".join(message(f"m{n}", 1).encode() for n in range(40_000)))
    door.put("a.gz", [], 1).write_bytes(whole[: len(whole) // 2])
    deep = '{"a":' * 20_000 + "1" + "}" * 20_000
    wide = message("wide", 1, properties={"list": [{}] * 6_000})
    lines = [
        message("first", 1),
        "nope",
        b'{"a":"\xff"}',
        '{"a":"\\ud800"}',
        deep,
        wide,
        message("last", 1),
    ]
    door.put("b.ndjson", lines, 1)
    door.put("c.json", json.dumps([{"type": "track"}], indent=1).splitlines(), 1)
    door.stage(raw_json_path=str(door.folder / "**"))
    held = door.held()
    whole_lines = [row for row in held if row[1] == "a.gz"]
    assert 1_000 < len(whole_lines) < 40_000
    assert [row[3] for row in whole_lines[:-1]] == [f"m{n}" for n in range(len(whole_lines) - 1)]
    assert whole_lines[-1][4].startswith("the file cannot be read from here on")
    assert [row[2:5] for row in held if row[1] != "a.gz"] == [
        (1, "first", None),
        (2, None, "the line is not JSON"),
        (3, None, "the line is not UTF-8 text"),
        (4, None, "the line is not JSON"),
        (5, None, "the line nests objects and arrays too deep"),
        (6, "wide", None),
        (7, "last", None),
        (1, None, NO_LINES),
    ]


def test_windows_read_the_days_they_need_and_come_to_the_same_in_the_end(door):
    for day in (1, 5, 9):
        lines = [message(f"on-{day}", day), message(f"after-{day}", day + 1), "nope"]
        door.put(archived("web", day, "a.gz"), lines, 20)
    door.ask("create schema lake")
    bodies = ", ".join(
        f"({{'messageId': 'l{day}', 'receivedAt': '2026-01-0{day}T05:00:00Z'}})"
        for day in (4, 5, 6)
    )
    door.ask(f"create view lake.bodies as from (values {bodies}) as t (body)")
    settings = {
        "raw_json_path": str(door.folder / "segment-logs/**"),
        "raw_json_relation": "lake.bodies",
        "raw_json_column": "body",
    }
    door.stage(**settings, read_since="2026-01-05", read_until="2026-01-06")
    assert [(row[3], row[4] and row[2]) for row in door.held()] == [
        ("l5", None),
        ("on-5", None),
        (None, 3),
    ]
    read = "select count(*) from amplitude.stg_segment__raw_json_files where to_read"
    assert door.ask(read) == [(1,)]
    door.stage(**settings, read_since="2026-01-06")
    assert [row[3] for row in door.held() if row[3]] == [
        "l5",
        "l6",
        "on-5",
        "after-5",
        "on-9",
        "after-9",
    ]
    door.stage(**settings)
    by_windows = door.held()
    assert len(by_windows) == 12
    assert door.ask(read) == [(3,)]
    door.stage("--full-refresh", **settings)
    assert door.held() == by_windows


def test_lines_that_were_not_read_are_not_taken_for_none(door):
    path = door.put("a.ndjson", [message("m1", 1)], 1)
    door.settings["raw_json_path"] = str(path)
    door.stage()
    door.stage(select="stg_segment__raw_json")
    assert [row[3] for row in door.held()] == ["m1"]
    door.put("a.ndjson", [message("m1", 1), message("m2", 1)], 2)
    door.stage(select="stg_segment__raw_json_files")
    for flags in ((), ("--full-refresh",)):
        with pytest.raises(ConfigurationError, match=r"a.ndjson` .* was not read; build `\+stg_"):
            door.stage(*flags, select="stg_segment__raw_json")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"raw_json_path": "/nowhere/*.gz"}, r"`raw_json_path`: there is no file `/nowhere/\*.gz`"),
        ({"raw_json_relation": "lake.nothing"}, "`raw_json_relation`: there is no table `lake.not"),
        (
            {"raw_json_path": "/proc/self/mem"},
            r"File `/proc/self/mem` is out of reach .* is not\.$",
        ),
        ({"raw_json_relation": "lake.rows"}, "`lake.rows` has no column `raw`; the setting"),
    ],
)
def test_a_door_that_leads_nowhere_is_named(door, settings, words):
    door.ask("create schema lake")
    door.ask("create table lake.rows (line int, json text)")
    with pytest.raises(Seg2ampError, match=words):
        door.stage(**settings)


def choices(table):
    ids = ", ".join(f"'{choice['messageId']}'" for choice in CHOICES)
    return api.query(f"select * from amplitude.{table} where message_id in ({ids})").to_pylist()


def test_an_archive_is_mapped_delivered_and_accounted_for(tmp_path, warehouse_path, monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    api.sample(1_000, 5, out=tmp_path)
    lines = (tmp_path / "messages.ndjson").read_text().splitlines()
    more = tmp_path / "segment-logs" / "web" / f"{FIRST_DAY}000" / "a.gz"
    more.parent.mkdir(parents=True)
    with gzip.open(more, "wt", encoding="utf-8") as archive:
        archive.write("\n".join(["no JSON", "", "[1]", *map(json.dumps, CHOICES), ""]))
    settings = {
        "segment_schemas": [],
        "raw_json_path": str(tmp_path / "segment-logs" / "**"),
        "consent_categories": ["advertising"],
    }
    api.build(settings, tests=BuildTests.DATA)

    claims = api.query("select * from amplitude.audit_reconciliation").to_pylist()
    assert claims[0]["left_side"] == 1_002 + len(CHOICES)
    assert [claim for claim in claims if claim["left_side"] != claim["right_side"]] == []
    unreadable = api.query(
        "select source_relation, source_table, source_line, reason from amplitude.audit_messages "
        "where rule_id = 'unreadable' order by source_line"
    )
    places = [tuple(row.values())[:3] for row in unreadable.to_pylist()]
    assert places == [("web", str(more), line) for line in (1, 3)]
    assert {row["message_id"]: row["rule_id"] for row in choices("audit_messages")} == {
        "opted out": "opted_out",
        "opted in": "track",
        "no consent": "no_consent",
        "consent of nothing": "no_consent",
    }
    (sent,) = choices("amplitude_outbox")
    properties = json.loads(sent["payload"])["event_properties"]
    assert properties == CHOICES[1]["properties"]

    with serving() as sandbox:
        summary = api.load(base_url=sandbox.url, yes=True)
        stored = {row.item["insert_id"] for row in sandbox.store.rows}
    assert (summary.left, summary.rejected) == (0, 0)
    tracked = {
        message["messageId"]
        for message in map(json.loads, lines)
        if message["type"] == "track" and message["event"] == "Product Viewed"
    }
    assert tracked
    assert tracked <= stored
