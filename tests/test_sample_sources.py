"""The sample at scale: several sources, the archive of each, and what the warehouse had when."""

import gzip
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow.parquet as pq
import pytest

from command import run
from seg2amp.errors import ConfigurationError
from seg2amp.sample import DEFAULT_END, generate, land_sample, schemas_of, write_sample
from seg2amp.sample.rows import TABLES
from seg2amp.sample.sources import source_of

MESSAGES = 6_000
SCHEMAS = ["shop_web", "shop_ios", "shop_server"]
# The last sync but one of the site is before it, that of the app after it.
MOMENT = DEFAULT_END - timedelta(minutes=90)
STANDARD = {*TABLES.values(), "users"}


@pytest.fixture(scope="module")
def messages():
    return list(generate(MESSAGES, seed=3, sources=True))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Give a warehouse in which all sources landed at once."""
    path = tmp_path_factory.mktemp("whole") / "warehouse.duckdb"
    land_sample(MESSAGES, 3, DEFAULT_END, path, "shop", sources=True)
    return path


@pytest.fixture(scope="module")
def sliced(tmp_path_factory):
    """Give a warehouse in which they landed up to a moment, and then the rest; with both counts."""
    path = tmp_path_factory.mktemp("sliced") / "warehouse.duckdb"
    until, after = (
        land_sample(MESSAGES, 3, DEFAULT_END, path, "shop", sources=True, **part)
        for part in ({"synced_until": MOMENT}, {"synced_after": MOMENT})
    )
    return path, until, after


def query(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def landed(path):
    """Give the columns of each (schema, table), with their types."""
    found = {}
    for schema, table, column, kind in query(
        path,
        "select schema_name, table_name, column_name, data_type from duckdb_columns()"
        " where schema_name like 'shop_%' order by all",
    ):
        found.setdefault((schema, table), {})[column] = kind
    return found


class TestSources:
    @pytest.mark.parametrize(
        ("schema", "libraries"),
        [
            ("shop_web", {"analytics.js"}),
            ("shop_ios", {"analytics-swift", "analytics-ios"}),
            ("shop_server", {"analytics-python"}),
        ],
    )
    def test_a_source_has_the_messages_of_its_libraries(self, whole, messages, schema, libraries):
        calls = {table for name, table in landed(whole) if name == schema} & set(TABLES.values())
        rows = [
            row
            for call in calls
            for row in query(whole, f"select id, context_library_name from {schema}.{call}")
        ]
        sent = [m["messageId"] for m in messages if m["context"]["library"]["name"] in libraries]
        assert {library for _, library in rows} == libraries
        assert Counter(name for name, _ in rows) == Counter(sent)

    def test_there_are_more_than_forty_event_tables(self, whole):
        events = [table for _, table in landed(whole) if table not in STANDARD]
        assert len(events) > 40

    def test_more_than_forty_have_rows_enough_to_matter(self):
        traffic = generate(20_000, seed=3, sources=True)
        sent = [message for message in traffic if message["type"] == "track"]
        counts = Counter((message["projectId"], message["event"]) for message in sent)
        assert sum(count >= 10 for count in counts.values()) > 40

    def test_names_and_types_are_as_uneven_as_real_ones(self, whole):
        tables = landed(whole)
        steps = {tables[schema, "checkout_step_viewed"]["step"] for schema in SCHEMAS[:2]}
        texts = query(whole, "select distinct event_text from shop_web.coupon_applied order by 1")
        assert steps == {"BIGINT", "VARCHAR"}
        assert {"group", "order", "from"} <= tables["shop_web", "select"].keys()
        assert {"_id", "_timestamp"} <= tables["shop_ios", "profile_updated"].keys()
        assert texts == [("Coupon Applied",), ("coupon_applied",)]

    def test_sources_are_synced_at_minutes_of_their_own(self, whole):
        for schema, minute in zip(SCHEMAS, (45, 25, 5), strict=True):
            minutes = query(
                whole,
                f"select distinct minute(uuid_ts) from {schema}.tracks"
                f" where uuid_ts < timestamptz '{DEFAULT_END}' - interval 1 day",
            )
            assert minutes == [(minute,)]

    def test_without_the_option_there_is_one_source(self):
        assert {source_of(message).name for message in generate(500, 3)} == {""}

    def test_a_smaller_sample_replaces_all_schemas(self, tmp_path):
        path = tmp_path / "warehouse.duckdb"
        land_sample(500, 3, DEFAULT_END, path, "shop", sources=True)
        counts = land_sample(1, 3, DEFAULT_END, path, "shop", sources=True)
        assert {f"{schema}.{table}" for schema, table in landed(path)} == {
            f"shop_{place}" for place in counts
        }

    def test_one_schema_of_somebody_else_keeps_all_as_they_are(self, tmp_path):
        path = tmp_path / "warehouse.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute("create schema shop_ios")
            connection.execute("create table shop_ios.tracks (id text)")
        with pytest.raises(ConfigurationError, match="schema `shop_ios` holds `tracks`"):
            land_sample(100, 3, DEFAULT_END, path, "shop", sources=True)
        assert landed(path) == {("shop_ios", "tracks"): {"id": "VARCHAR"}}

    def test_files_of_each_source_stand_in_a_folder_of_their_own(self, tmp_path):
        counts = write_sample(500, 3, DEFAULT_END, tmp_path, sources=True)
        files = {
            f"{path.parent.name}.{path.stem}": pq.read_metadata(path).num_rows
            for path in (tmp_path / "tables").rglob("*.parquet")
        }
        assert files == counts
        assert {place.partition(".")[0] for place in counts} == {"web", "ios", "server"}

    def test_the_command_lands_them(self, capsys, warehouse_path):
        ended = run(capsys, "sample", "--messages", "300", "--land", "shop", "--sources")
        assert ended.code == 0
        assert "schemas shop_*" in ended.err
        assert {schema for schema, _ in landed(warehouse_path)} == set(SCHEMAS)

    @pytest.mark.usefixtures("warehouse_path")
    def test_no_source_lands_among_the_models(self, capsys, monkeypatch):
        monkeypatch.setenv("SEG2AMP_SCHEMA", "shop_web")
        ended = run(capsys, "sample", "--messages", "10", "--land", "shop", "--sources")
        assert ended.code == 2
        assert "`shop_web`" in ended.err


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give the files of a sample with several sources."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(2_000, 5, DEFAULT_END, folder, sources=True)
    return folder


class TestArchive:
    def objects(self, folder):
        return {
            path: [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
            for path in sorted((folder / "segment-logs").rglob("*.gz"))
        }

    def test_a_message_stands_below_its_source_and_day_of_receipt(self, folder):
        objects = self.objects(folder)
        assert objects
        for path, held in objects.items():
            source, day = path.relative_to(folder / "segment-logs").parts[:2]
            midnight = datetime.fromtimestamp(int(day) / 1000, UTC)
            assert midnight.time() == datetime.min.time()
            assert {message["projectId"] for message in held} == {source}
            assert {message["receivedAt"][:10] for message in held} == {f"{midnight:%Y-%m-%d}"}

    def test_it_holds_the_lines_of_the_plain_file(self, folder):
        plain = (folder / "messages.ndjson").read_bytes().splitlines()
        packed = [
            line
            for path in (folder / "segment-logs").rglob("*.gz")
            for line in gzip.decompress(path.read_bytes()).splitlines()
        ]
        assert Counter(packed) == Counter(plain)

    def test_another_sample_replaces_it(self, tmp_path):
        write_sample(500, 5, DEFAULT_END, tmp_path, sources=True)
        write_sample(20, 6, DEFAULT_END, tmp_path)
        held = [message for part in self.objects(tmp_path).values() for message in part]
        assert len(held) == 20
        assert {source_of(message).name for message in held} == {""}

    @pytest.mark.parametrize("name", ["00000.gz", "dummy-object.txt"])
    def test_a_foreign_file_is_never_removed(self, tmp_path, name):
        foreign = tmp_path / "segment-logs" / "source" / name
        foreign.parent.mkdir(parents=True)
        foreign.write_bytes(gzip.compress(b"{}"))
        with pytest.raises(ConfigurationError, match=name):
            write_sample(10, 1, DEFAULT_END, tmp_path)
        assert gzip.decompress(foreign.read_bytes()) == b"{}"


class TestSlices:
    def test_the_first_half_is_what_the_warehouse_had_by_then(self, tmp_path):
        path = tmp_path / "warehouse.duckdb"
        land_sample(2_000, 3, DEFAULT_END, path, "shop", synced_until=MOMENT)
        latest = [query(path, f"select max(uuid_ts) from shop.{table}") for table in STANDARD]
        assert max(latest) <= [(MOMENT,)]

    def test_the_second_half_is_about_a_hundredth_and_every_source_has_some(self, sliced):
        _, until, after = sliced
        calls = [
            sum(rows for place, rows in part.items() if place.partition(".")[2] in TABLES.values())
            for part in (until, after)
        ]
        assert sum(calls) == MESSAGES
        assert 0.005 < calls[1] / MESSAGES < 0.02
        assert {place.partition(".")[0] for place in after} == {"web", "ios", "server"}

    def test_both_together_are_the_whole(self, sliced, whole):
        tables = landed(whole)
        assert landed(sliced[0]) == tables
        with duckdb.connect() as connection:
            connection.execute(f"attach '{whole}' as whole (read_only)")
            connection.execute(f"attach '{sliced[0]}' as sliced (read_only)")
            for (schema, table), columns in tables.items():
                if table == "users":
                    continue
                listed = ", ".join(f'"{column}"' for column in columns)
                halves = [
                    f'select {listed} from {name}.{schema}."{table}"'
                    for name in ("whole", "sliced")
                ]
                for one, other in (halves, halves[::-1]):
                    assert not connection.execute(f"{one} except all {other}").fetchone()

    def test_users_are_brought_up_to_date(self, sliced, whole):
        path, _, after = sliced
        assert after["web.users"] > 0
        ids = "select id from shop_web.users order by 1"
        assert query(path, ids) == query(whole, ids)
        newest = "select count(*) from shop_web.users where uuid_ts > timestamptz"
        assert query(path, f"{newest} '{MOMENT}'") == [(after["web.users"],)]

    def test_a_column_of_the_second_half_is_added_and_a_narrow_one_widened(self, tmp_path):
        path = tmp_path / "warehouse.duckdb"
        arguments = (2_000, 3, DEFAULT_END, path, "shop")
        begin = DEFAULT_END - timedelta(days=5)
        early = begin + timedelta(hours=3)
        land_sample(*arguments, synced_until=early)
        before = landed_in(path)
        land_sample(*arguments, synced_after=early)
        after = landed_in(path)
        other = tmp_path / "other.duckdb"
        land_sample(2_000, 3, DEFAULT_END, other, "shop")
        assert after == landed_in(other)
        assert any(before[table].keys() < after[table].keys() for table in before)
        assert any(
            after[table][column] != kind
            for table in before
            for column, kind in before[table].items()
        )

    def test_schemas_are_named(self):
        assert schemas_of("shop", sources=True) == SCHEMAS
        assert schemas_of("shop") == ["shop"]


def landed_in(path):
    found = {}
    for table, column, kind in query(
        path,
        "select table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'shop' order by all",
    ):
        found.setdefault(table, {})[column] = kind
    return found


LANDING = """
import resource, sys
from pathlib import Path
from seg2amp.sample import DEFAULT_END, land_sample
land_sample(int(sys.argv[2]), 1, DEFAULT_END, Path(sys.argv[1]), "shop", sources=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


# Of what it prints the figure is last: without a script DuckDB shows its progress there.
@pytest.mark.full
def test_memory_is_flat(tmp_path):
    small, large = (
        int(
            subprocess.run(
                [sys.executable, "-c", LANDING, str(tmp_path / "w.duckdb"), str(messages)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()[-1]
        )
        for messages in (100_000, 400_000)
    )
    assert large <= small * 1.3
