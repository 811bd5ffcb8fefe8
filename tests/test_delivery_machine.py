"""Whatever a server says, in whatever order: nothing is lost, nothing twice, every load ends."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from outbox import KEY, append, ask, build, event, run, states
from scripted import CLOSE, COMMIT_AND_CLOSE, Heard, Say, scripted
from seg2amp.delivery import Patience, retry
from seg2amp.delivery.retention import forget
from seg2amp.errors import Seg2ampError
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving
from seg2amp.warehouse import DuckDBWarehouse

USERS = 7
HASTY = Patience(first_wait=0.001, longest_wait=0.002, give_up_after=0.2, rate_seconds=0.02)
# One that gives up leaves people waiting whom a later load finds.
IMPATIENT = replace(HASTY, give_up_after=0.005)
SOON = {"retry-after": "0"}


def pass_on(_heard: Heard) -> None:
    return None


def always(say: Say):
    return lambda _heard: say


def some_users(heard: Heard) -> list[str]:
    return sorted({row["user_id"] for row in heard.rows})[:2]


def throttle_some(heard: Heard, headers: Mapping[str, str] = SOON) -> Say:
    named = some_users(heard)
    places = [place for place, row in enumerate(heard.rows) if row["user_id"] in named]
    said = {"code": 429, "throttled_users": dict.fromkeys(named, 31), "throttled_events": places}
    return Say(429, said, headers)


def exceed_quota(heard: Heard) -> Say:
    exceeded = dict.fromkeys(some_users(heard), 500_001)
    return Say(429, {"code": 429, "exceeded_daily_quota_users": exceeded})


def too_large(heard: Heard) -> Say | None:
    return Say(413, {"code": 413, "error": "Payload too large"}) if len(heard.rows) > 1 else None


MOVES = {
    "passes": pass_on,
    "reset": always(CLOSE),
    "stored, then reset": always(COMMIT_AND_CLOSE),
    "500": always(Say(500, "<html>oops</html>")),
    "stored, then 504": always(Say(504, "", forward=True)),
    "503": always(Say(503, "busy")),
    "408": always(Say(408)),
    "413": too_large,
    "throttled users": throttle_some,
    "users throttled for long": partial(throttle_some, headers={"retry-after": "600"}),
    "daily quota": exceed_quota,
    "throttled project": always(Say(429, {"code": 429, "error": "Too many requests"}, SOON)),
    "stored, then no JSON": always(Say(200, "<html>fine</html>", forward=True)),
    "stored, then another count": always(
        Say(200, {"code": 200, "events_ingested": 1_000_000}, forward=True)
    ),
    "not stored, then no JSON": always(Say(200, "")),
}


class Delivery(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.path = build(Path(self._folder.name) / "w.duckdb", [])
        self._serving = serving(SandboxConfig(api_keys=frozenset({KEY})))
        self.sandbox = self._serving.__enter__()
        self.rows = 0
        self.bad: set[str] = set()
        self.moments: list[int] = []

    @rule(
        count=st.integers(1, 60),
        bad=st.sets(st.integers(0, 59), max_size=3),
        endpoint=st.sampled_from(["batch", "batch", "httpapi"]),
    )
    def more_rows(self, count: int, bad: set[int], endpoint: str) -> None:
        numbers = range(self.rows, self.rows + count)
        wrong = {numbers[place] for place in bad if place < count}
        rows = [event(n, USERS, **({"time": "soon"} if n in wrong else {})) for n in numbers]
        append(self.path, [replace(row, endpoint=endpoint) for row in rows])
        self.moments += [row.event_time for row in rows]
        self.bad |= {f"m-{number:06d}" for number in wrong}
        self.rows += count

    @rule(
        moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=12),
        patience=st.sampled_from([HASTY, IMPATIENT]),
        user_rate=st.sampled_from([None, 50, 500]),
        until=st.none() | st.floats(0, 1),
        time_limit=st.sampled_from([None, None, 0, 0.02]),
    )
    def load(self, moves: list[str], until: float | None, **more: object) -> None:
        left = [MOVES[move] for move in moves]
        if until is not None and self.moments:
            moment = self.moments[int(until * (self.rows - 1))]
            more["until"] = datetime.fromtimestamp(moment / 1000, UTC)

        def answer(heard: Heard) -> Say | None:
            return left.pop(0)(heard) if left else None

        # What does not end well says so, and is tried again by the next load.
        with scripted(answer, behind=self.sandbox.url) as server, suppress(Seg2ampError):
            run(self.path, server.url, concurrency=1, **more)

    @rule()
    def lose_checkpoints(self) -> None:
        self.change("delete from amplitude.delivery_checkpoints")

    @rule()
    def be_killed(self) -> None:
        """Leave the last run as a kill does: nobody wrote down how it ended."""
        self.change(
            "update amplitude.delivery_runs set outcome = 'running', finished_at = null "
            "where run_id = (select max(run_id) from amplitude.delivery_runs)"
        )

    @rule()
    def wait_for_whoever_is_parked(self) -> None:
        self.change("update amplitude.delivery_parked set retry_at = timestamp '2026-01-01'")

    @rule(days=st.integers(0, 30))
    def forget_and_retry(self, days: int) -> None:
        with DuckDBWarehouse(self.path) as warehouse:
            forget(warehouse, "amplitude", days)
            retry(warehouse, "amplitude", rejected=True, unknown=False)

    def change(self, sql: str) -> None:
        with duckdb.connect(str(self.path)) as connection:
            connection.execute(sql)

    @invariant()
    def nothing_is_stored_twice_or_out_of_order(self) -> None:
        stored = Counter(row.item["insert_id"] for row in self.sandbox.store.rows)
        assert set(stored.values()) <= {1}
        assert not self.bad.intersection(stored)
        numbers = defaultdict(list)
        for row in self.sandbox.store.rows:
            numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
        assert all(found == sorted(found) for found in numbers.values())

    @invariant()
    def what_is_called_delivered_is_stored(self) -> None:
        delivered = {
            insert_id
            for (insert_id,) in ask(
                self.path,
                "select insert_id from amplitude.audit_deliveries where state = 'delivered'",
            )
        }
        assert delivered <= {row.item["insert_id"] for row in self.sandbox.store.rows}

    def teardown(self) -> None:
        self.wait_for_whoever_is_parked()
        summary = run(self.path, self.sandbox.url, patience=HASTY)
        assert summary.left == 0
        good = self.rows - len(self.bad)
        expected = {"delivered": good, "rejected": len(self.bad)}
        assert states(self.path) == {state: rows for state, rows in expected.items() if rows}
        assert len(self.sandbox.store.rows) == good
        self.nothing_is_stored_twice_or_out_of_order()
        self._serving.__exit__(None, None, None)
        self._folder.cleanup()


@pytest.mark.parametrize("examples", [8, pytest.param(150, marks=pytest.mark.full)])
def test_whatever_a_server_says(examples):
    run_state_machine_as_test(
        Delivery,
        settings=settings(
            max_examples=examples,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
