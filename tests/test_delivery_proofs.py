"""The proofs of delivery: killed at any moment or under every fault, each row is stored once."""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path

import pytest

from outbox import KEY, ask, build, change, event, events, run, states
from seg2amp.delivery import Patience
from seg2amp.errors import Seg2ampError
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fault_plan import read_plan
from seg2amp.sandbox.server import serving

LOADER = """
import sys
from pathlib import Path
from outbox import run
sys.exit(run(Path(sys.argv[1]), sys.argv[2], concurrency=2).exit_code)
"""
SAMPLE = pytest.param(4_000, 6, id="sample")
WHOLE = pytest.param(50_000, 50, id="whole", marks=pytest.mark.full)
QUICK = Patience(first_wait=0.01, longest_wait=0.2, give_up_after=120)


def outbox(path: Path, count: int) -> Path:
    """Make an outbox of so many rows of some hundred people."""
    return build(path, events(count, users=400))


def assert_exactly_once(sandbox, path: Path, expected: set[str]) -> None:
    stored = Counter(row.item["insert_id"] for row in sandbox.store.rows)
    assert set(stored) == expected
    assert set(stored.values()) == {1}
    numbers = defaultdict(list)
    for row in sandbox.store.rows:
        numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert all(found == sorted(found) for found in numbers.values())
    delivered = ask(
        path, "select insert_id from amplitude.audit_deliveries where state = 'delivered'"
    )
    assert {insert_id for (insert_id,) in delivered} == expected


@pytest.mark.parametrize(("rows", "kills"), [SAMPLE, WHOLE])
def test_killed_at_random_instants_a_load_stores_every_row_once(tmp_path, rows, kills):
    path, dice, killed = outbox(tmp_path / "w.duckdb", rows), random.Random(rows), 0
    # Many small requests, so that there are many instants to be killed at.
    slow = [{"fault": "too_large", "events": 100}, {"fault": "delay", "seconds": 0.05}]
    plan = read_plan(json.dumps({"rules": slow}))
    with serving(SandboxConfig(api_keys=frozenset({KEY}), faults=plan)) as sandbox:
        while killed < kills:
            child = subprocess.Popen(
                [sys.executable, "-c", LOADER, str(path), sandbox.url], cwd=Path(__file__).parent
            )
            heard = sandbox.store.responses.total()
            while child.poll() is None and sandbox.store.responses.total() == heard:
                time.sleep(0.01)
            time.sleep(dice.uniform(0, 0.4))
            child.kill()
            assert child.wait() == -signal.SIGKILL, "the load was over too soon"
            killed += 1
        assert len(sandbox.store.rows) < rows
        run(path, sandbox.url)
        assert_exactly_once(sandbox, path, {f"m-{number:06d}" for number in range(rows)})
    assert states(path) == {"delivered": rows}


def every_fault(silenced: list[str], poisoned: list[str]) -> dict:
    """Give a plan with every fault that a load can meet and survive."""
    batch = {"endpoint": "/batch"}
    return {
        "seed": 5,
        "rules": [
            {"fault": "first_index_only", **batch},
            {"fault": "delay", "seconds": 0.05, "probability": 0.1, **batch},
            {"fault": "reset_before_commit", "probability": 0.04, **batch},
            {"fault": "reset_after_commit", "probability": 0.04, **batch},
            {"fault": "status", "status": 500, "body": "<html>oops</html>", "every": 17, **batch},
            {"fault": "status", "status": 502, "body": "", "every": 19, **batch},
            {"fault": "status", "status": 503, "body": "busy", "every": 13, **batch},
            {"fault": "status", "status": 504, "after_commit": True, "every": 23, **batch},
            {"fault": "status", "status": 408, "every": 29, **batch},
            {"fault": "status", "status": 403, "body": "<html>Forbidden</html>",
             "content_type": "text/html", "contains": "<script>", **batch},
            {"fault": "non_json_200", "body": "<html>fine</html>", "every": 31, **batch},
            {"fault": "lose_count", "by": 1, "every": 37, **batch},
            {"fault": "truncated_body", "every": 41, **batch},
            {"fault": "spent_budget", "share": 0.1, **batch},
            {"fault": "daily_quota", "share": 0.01, "for_seconds": 2, **batch},
            {"fault": "too_large", "bytes": 30_000, **batch},
            {"fault": "silence", "device_ids": silenced, **batch},
            {"fault": "unindexed_400", "insert_ids": poisoned, **batch},
            {"fault": "throttle", "share": 0.02, "for_seconds": 2, **batch},
            {"fault": "project_throttle", "times": 2, "every": 11, **batch},
        ],
    }  # fmt: skip


def load_until_done(path: Path, url: str) -> None:
    """Load again, as a scheduler does, until nothing is left; nobody waits for another day."""
    for _ in range(100):
        change(path, "update amplitude.delivery_parked set retry_at = now()::timestamp")
        with suppress(Seg2ampError):
            if not run(path, url, patience=QUICK).left:
                return
    raise AssertionError("rows are left")


@pytest.mark.parametrize("rows", [3_000, pytest.param(50_000, marks=pytest.mark.full)])
def test_under_every_fault_each_good_row_is_stored_once_and_each_bad_one_named(tmp_path, rows):
    dice = random.Random(rows)
    bad = dice.sample(range(rows), 40)
    refused, silenced, poisoned, forbidden = (bad[part::4] for part in range(4))
    faults = {key: {"time": "yesterday"} for key in refused}
    faults |= {number: {"device_id": f"muted-{number}"} for number in silenced}
    faults |= {key: {"note": "<script>"} for key in forbidden}
    rows_made = [event(number, users=400, **faults.get(number, {})) for number in range(rows)]
    path = build(tmp_path / "w.duckdb", rows_made)
    named = [f"muted-{number}" for number in silenced], [f"m-{number:06d}" for number in poisoned]
    config = SandboxConfig(
        api_keys=frozenset({KEY}), faults=read_plan(json.dumps(every_fault(*named)))
    )
    with serving(config) as sandbox:
        load_until_done(path, sandbox.url)
        good = {f"m-{number:06d}" for number in range(rows) if number not in bad}
        assert_exactly_once(sandbox, path, good)
    assert states(path) == {"delivered": len(good), "rejected": 40}
    reasons = dict(
        ask(
            path,
            "select insert_id, reason from amplitude.audit_deliveries where state = 'rejected'",
        )
    )
    words = ((refused, "invalid value"), (silenced, "silenced"), (forbidden, "403"))
    for numbers, word in words:
        assert all(word in reasons[f"m-{number:06d}"] for number in numbers)
    assert all(reasons[f"m-{number:06d}"] for number in poisoned)


@pytest.mark.parametrize(
    ("rows", "seconds"), [(8_000, 3), pytest.param(50_000, 60, marks=pytest.mark.full)]
)
def test_everybody_else_is_delivered_before_throttled_people_are_released(tmp_path, rows, seconds):
    path = outbox(tmp_path / "w.duckdb", rows)
    throttle = {"fault": "throttle", "share": 0.02, "for_seconds": seconds}
    config = SandboxConfig(
        api_keys=frozenset({KEY}), faults=read_plan(json.dumps({"seed": 3, "rules": [throttle]}))
    )
    patience = Patience(first_wait=0.5, longest_wait=2, give_up_after=300)
    with serving(config) as sandbox:
        assert run(path, sandbox.url, patience=patience).delivered == rows
        assert_exactly_once(sandbox, path, {f"m-{number:06d}" for number in range(rows)})
        waited = {key for (key,) in ask(path, "select person_key from amplitude.delivery_parked")}
        assert 1 <= len(waited) <= 30
        order = [row.item["user_id"] in waited for row in sandbox.store.rows]
    assert order.index(True) == rows - sum(order)
