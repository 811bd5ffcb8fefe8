"""Throttled people wait with all their rows, others overtake them, everybody keeps order."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import pytest

from outbox import append, ask, build, change, event, events, lane_of, run, states
from scripted import Heard, Say, ingested, scripted
from seg2amp import api
from seg2amp.delivery import Patience

SHORT = {"retry-after": "0"}


class Throttle:
    """Answers as a server does that throttles some users until it is told; others pass."""

    def __init__(
        self,
        users: set[str],
        until: Callable[[int], bool],
        *,
        quota: bool = False,
        seconds: int = 0,
    ):
        self.users, self.until, self.quota = users, until, quota
        self.headers = {"retry-after": f"{seconds}"}
        self.refused = 0
        self._lock = threading.Lock()

    def __call__(self, heard: Heard) -> Say | None:
        rows = [row["user_id"] for row in heard.rows]
        named = self.users.intersection(rows)
        with self._lock:
            if not named or self.until(self.refused):
                return None
            self.refused += 1
        said = {"code": 429, "error": "Too many requests for some devices and users"}
        if self.quota:
            said |= {"exceeded_daily_quota_users": dict.fromkeys(named, 500_001)}
        else:
            places = [place for place, user in enumerate(rows) if user in named]
            said |= {"throttled_users": dict.fromkeys(named, 31), "throttled_events": places}
        return Say(429, said, self.headers)


def times(count: int) -> Callable[[int], bool]:
    return lambda refused: refused >= count


def assert_order(sandbox, count: int) -> None:
    numbers = defaultdict(list)
    for row in sandbox.store.rows:
        numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert sum(map(len, numbers.values())) == count
    assert all(seen == sorted(seen) for seen in numbers.values())
    assert not sandbox.store.duplicates


def test_throttled_users_wait_and_all_others_overtake_them(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(6_000, users=100))
    users = {"user-0003", "user-0017"}
    throttle = Throttle(users, lambda _: len(sandbox.store.rows) >= 5_880)
    with scripted(throttle, behind=sandbox.url) as server:
        summary = run(path, server.url)
    assert (summary.delivered, summary.left, summary.exit_code) == (6_000, 0, 0)
    assert throttle.refused
    assert_order(sandbox, 6_000)
    waited = [row.item["user_id"] in users for row in sandbox.store.rows]
    assert waited.index(True) == 5_880
    assert states(path) == {"delivered": 6_000}
    parked = ask(path, "select count(*), count(released_at) from amplitude.delivery_parked")
    assert parked[0][0] == parked[0][1] > 0
    assert run(path, sandbox.url).pending == 0


def test_the_ledger_names_the_request_that_each_row_went_with(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(3_000, users=40))
    with scripted(Throttle({"user-0003"}, times(2)), behind=sandbox.url) as server:
        run(path, server.url)
    rows = ask(
        path,
        """
        select d.insert_id, q.group_id is not null
        from amplitude.audit_deliveries d join amplitude.delivery_requests q using (request_id)
        """,
    )
    grouped = {insert_id for insert_id, own in rows if own}
    whose = {f"m-{number:06d}" for number in range(3_000) if number % 40 == 3}
    assert grouped == whose
    counts = ask(
        path,
        """
        select count(*) from amplitude.delivery_requests q
        where outcome = 'delivered' and row_count <> (
          select count(*) from amplitude.audit_deliveries d where d.request_id = q.request_id
        )
        """,
    )
    assert counts == [(0,)]


def test_a_daily_quota_is_left_for_a_later_run(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(2_000, users=20))
    with scripted(Throttle({"user-0003"}, times(99), quota=True), behind=sandbox.url) as server:
        summary = run(path, server.url)
        assert (summary.delivered, summary.left, summary.exit_code) == (1_900, 100, 75)
        append(path, events(200, users=20, first=2_000))
        summary = run(path, server.url)
        assert (summary.pending, summary.delivered, summary.left) == (300, 190, 110)
    assert states(path) == {"delivered": 2_090, "pending": 110}
    change(path, "update amplitude.delivery_parked set retry_at = timestamp '2026-01-01'")
    assert run(path, sandbox.url).delivered == 110
    assert_order(sandbox, 2_200)
    assert states(path) == {"delivered": 2_200}


def test_a_dry_run_tells_of_rows_that_wait(tmp_path, sandbox, monkeypatch):
    path = build(tmp_path / "w.duckdb", events(200, users=20))
    with scripted(Throttle({"user-0003"}, times(99), quota=True), behind=sandbox.url) as server:
        assert run(path, server.url).left == 10
    append(path, events(20, users=20, first=200))
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
    told = [json.loads(line) for line in api.dry_run()]
    assert told[:2] == [
        {"endpoint": "batch", "kind": "event", "rows": 19},
        {"endpoint": "batch", "waiting": "daily_quota", "rows": 11},
    ]
    assert len(told) == 5


def test_who_waited_is_the_lanes_again_wherever_their_later_rows_stand(tmp_path, sandbox):
    # One lane, and the person's later rows stand last in their builds.
    waiting, other = (replace(event(0, 20), lane=0), replace(event(1, 20), lane=0))
    assert waiting.person == "user-0000"
    path = build(tmp_path / "w.duckdb", [other, waiting])
    with scripted(Throttle({waiting.person}, times(1), quota=True), behind=sandbox.url) as server:
        assert run(path, server.url).left == 1
    for first in (20, 40):
        rows = [event(number, 20) for number in (first + 1, first)]
        append(path, [replace(row, lane=0) for row in rows])
    change(path, "update amplitude.delivery_parked set retry_at = timestamp '2026-01-01'")
    summary = run(path, sandbox.url)
    assert (summary.pending, summary.delivered, summary.exit_code) == (5, 5, 0)
    assert_order(sandbox, 6)
    assert states(path) == {"delivered": 6}


def test_who_is_throttled_when_tried_again_waits_with_later_rows(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(100, users=20))
    listed = (
        "insert into amplitude.amplitude_suppressions values ('user-0003', null, 'asked', now())"
    )
    change(path, listed)
    assert run(path, sandbox.url).delivered == 95
    change(path, "delete from amplitude.amplitude_suppressions")
    append(path, events(100, users=20, first=100))
    with scripted(Throttle({"user-0003"}, times(1), seconds=1), behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 105
    assert_order(sandbox, 200)
    assert states(path) == {"delivered": 200}


def test_who_is_throttled_too_long_stays_pending(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(400, users=20))
    patience = Patience(first_wait=0.01, longest_wait=0.05, give_up_after=0.2)
    throttle = Throttle({"user-0003"}, times(10_000))
    with scripted(throttle, behind=sandbox.url) as server:
        summary = run(path, server.url, patience=patience)
    assert (summary.delivered, summary.left, summary.exit_code) == (380, 20, 75)
    assert run(path, sandbox.url).delivered == 20
    assert_order(sandbox, 400)
    assert states(path) == {"delivered": 400}


def test_a_bad_row_of_a_parked_person_is_refused_alone(tmp_path, sandbox):
    rows = events(400, users=20)
    rows[43] = event(43, 20, time="yesterday")
    path = build(tmp_path / "w.duckdb", rows)
    with scripted(Throttle({"user-0003"}, times(2)), behind=sandbox.url) as server:
        summary = run(path, server.url)
    assert (summary.delivered, summary.rejected, summary.exit_code) == (399, 1, 3)
    assert states(path) == {"delivered": 399, "rejected": 1}
    assert_order(sandbox, 399)


def test_a_throttle_that_names_nobody_of_the_request_lets_all_of_it_wait(tmp_path):
    path = build(tmp_path / "w.duckdb", events(50, users=1))
    replies = iter([Say(429, {"throttled_users": {"stranger": 31}}, SHORT)])
    with scripted(lambda heard: next(replies, ingested(heard))) as server:
        assert run(path, server.url).delivered == 50
    assert states(path) == {"delivered": 50}


def test_a_throttled_project_stops_every_lane_until_it_may_send(tmp_path):
    path = build(tmp_path / "w.duckdb", events(600, users=60))
    heard_at: list[float] = []

    def answer(heard: Heard) -> Say:
        heard_at.append(monotonic())
        if len(heard_at) == 1:
            return Say(429, {"code": 429, "error": "Too many requests"}, {"retry-after": "1"})
        return ingested(heard)

    with scripted(answer) as server:
        assert run(path, server.url, concurrency=1).delivered == 600
    assert heard_at[1] - heard_at[0] >= 1


@pytest.mark.parametrize("lane", [lane_of("user-0003")])
def test_a_lost_checkpoint_table_costs_nothing(tmp_path, sandbox, lane):
    path = build(tmp_path / "w.duckdb", events(2_000, users=20))
    with scripted(Throttle({"user-0003"}, times(1)), behind=sandbox.url) as server:
        run(path, server.url)
    change(path, "delete from amplitude.delivery_checkpoints")
    append(path, events(100, users=20, first=2_000))
    assert run(path, sandbox.url).pending == 100
    assert_order(sandbox, 2_100)
    assert states(path) == {"delivered": 2_100}
