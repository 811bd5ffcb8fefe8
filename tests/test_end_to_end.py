"""The whole way: raw Segment tables, dbt, Arrow, a sandbox that enforces the contract."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict

import duckdb
import pytest

from seg2amp import api
from seg2amp.sandbox.server import serving
from seg2amp.transform import BuildTests

MESSAGES = 10_000


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Give a warehouse of 10,000 sampled messages, mapped and not yet loaded."""
    path = tmp_path_factory.mktemp("shop") / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
        api.sample(MESSAGES, 7, land="shop")
        api.build({"segment_schemas": ["shop"]}, tests=BuildTests.NONE)
    return path


@pytest.fixture
def loadable(shop, warehouse_path, monkeypatch):
    """Give a copy of it that this test may load."""
    warehouse_path.write_bytes(shop.read_bytes())
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    return warehouse_path


def query(path, sql):
    with duckdb.connect(str(path)) as connection:
        return connection.execute(sql).fetchall()


def outbox_ids(path, endpoint):
    found = query(
        path, f"select insert_id from amplitude.amplitude_outbox where endpoint = '{endpoint}'"
    )
    return sorted(row[0] for row in found)


def stored_ids(sandbox):
    return sorted(row.item["insert_id"] for row in sandbox.store.rows)


def test_every_row_arrives_exactly_once_and_a_second_load_sends_none(loadable):
    with serving() as sandbox:
        first = api.load(base_url=sandbox.url, yes=True)
        again = api.load(base_url=sandbox.url, yes=True)
        assert stored_ids(sandbox) == outbox_ids(loadable, "batch")
        assert len(sandbox.store.form_items) == len(outbox_ids(loadable, "groupidentify"))
        assert not sandbox.store.duplicates
    assert (first.left, first.rejected, again.pending) == (0, 0, 0)


def test_the_sums_close_before_and_after_the_load(loadable):
    with serving() as sandbox:
        for _ in range(2):
            claims = query(loadable, "select * from amplitude.audit_reconciliation")
            assert claims
            assert [c for c in claims if c[1] != c[2]] == []
            api.load(base_url=sandbox.url, yes=True)
    states = query(
        loadable, "select state, count(*) from amplitude.audit_deliveries group by state"
    )
    assert [state for state, _ in states] == ["delivered"]


def test_a_second_build_appends_nothing(loadable):
    before = query(loadable, "select max(load_id), count(*) from amplitude.amplitude_outbox")
    api.build({"segment_schemas": ["shop"]}, tests=BuildTests.NONE)
    after = query(loadable, "select max(load_id), count(*) from amplitude.amplitude_outbox")
    assert after == before


def test_each_person_arrives_in_the_order_of_time(loadable):
    with serving() as sandbox:
        api.load(base_url=sandbox.url, yes=True)
        times = defaultdict(list)
        for row in sandbox.store.rows:
            person = row.item.get("user_id") or row.item.get("device_id")
            times[person].append(row.item["time"])
    assert len(times) > 100
    assert [person for person, moments in times.items() if moments != sorted(moments)] == []


def test_control_c_in_the_middle_loses_nothing_and_repeats_nothing(loadable):
    with serving() as sandbox:
        command = [sys.executable, "-c", "from seg2amp.cli import main; main()"]
        arguments = ["load", "--yes", "--concurrency", "1", "--base-url", sandbox.url]
        process = subprocess.Popen([*command, *arguments], env=os.environ, text=True)
        deadline = time.monotonic() + 60
        while not sandbox.store.rows and time.monotonic() < deadline:
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)
        stored_first = len(sandbox.store.rows)
        summary = api.load(base_url=sandbox.url, yes=True)
        assert code in (0, 130)
        assert stored_first > 0
        assert summary.left == 0
        assert stored_ids(sandbox) == outbox_ids(loadable, "batch")
        assert not sandbox.store.duplicates


def test_who_signs_up_is_one_user_with_both_halves_in_order(
    seeds_warehouse, warehouse_path, monkeypatch
):
    warehouse_path.write_bytes(seeds_warehouse.read_bytes())
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    with serving() as sandbox:
        api.load(base_url=sandbox.url, yes=True)
        rows = [row.as_json() for row in sandbox.store.rows]
    people = Counter(row["amplitude_id"] for row in rows if row.get("user_id") == "user-ana")
    assert len(people) == 1
    story = [row for row in rows if row["amplitude_id"] in people]
    kinds = [("user_id" in row, row["event_type"]) for row in story]
    sign_up = kinds.index((True, "$identify"))
    assert [known for known, _ in kinds] == [False] * sign_up + [True] * (len(kinds) - sign_up)
    assert sign_up >= 5
    assert (True, "Product Purchased") in kinds
    assert [row["time"] for row in story] == sorted(row["time"] for row in story)


def test_payloads_hold_no_key_without_a_value(seeds_warehouse):
    payloads = query(seeds_warehouse, "select payload from amplitude.amplitude_outbox")
    assert payloads
    for (payload,) in payloads:
        assert None not in json.loads(payload).values()
