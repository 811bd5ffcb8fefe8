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
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from outbox import DAY, KEY, LANES, append, ask, build, event, run, states
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


MOMENTS = {
    "delivery_runs": ("started_at", "finished_at"),
    "delivery_requests": ("sent_at",),
    "delivery_rejections": ("rejected_at", "retried_at"),
    "delivery_parked": ("retry_at", "parked_at", "released_at"),
    "amplitude_outbox": ("appended_at",),
}
LISTED = "select 1 from amplitude.amplitude_suppressions"


class Kill:
    """The n-th request is the last that a load lives to hear of: the files stay as they were."""

    def __init__(self, path: Path, request: int | None) -> None:
        self.files = (path, path.with_name(path.name + ".wal"))
        self.request = request
        self.heard = 0
        self.kept: dict[Path, bytes] = {}

    def strike(self) -> None:
        self.heard += 1
        if self.heard == self.request:
            self.kept = {file: file.read_bytes() for file in self.files if file.exists()}

    def leave(self) -> None:
        if not self.kept:
            return
        for file in self.files:
            file.unlink(missing_ok=True)
        for file, content in self.kept.items():
            file.write_bytes(content)


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
        self.lanes = LANES

    @initialize(lanes=st.sampled_from([1, 2, LANES]))
    def share_lanes(self, lanes: int) -> None:
        self.lanes = lanes

    @rule(
        count=st.integers(1, 60),
        bad=st.sets(st.integers(0, 59), max_size=3),
        endpoint=st.sampled_from(["batch", "batch", "httpapi"]),
    )
    def more_rows(self, count: int, bad: set[int], endpoint: str) -> None:
        numbers = range(self.rows, self.rows + count)
        wrong = {numbers[place] for place in bad if place < count}
        rows = [event(n, USERS, **({"time": "soon"} if n in wrong else {})) for n in numbers]
        placed = [replace(row, endpoint=endpoint, lane=row.lane % self.lanes) for row in rows]
        append(self.path, placed)
        self.moments += [row.event_time for row in rows]
        self.bad |= {f"m-{number:06d}" for number in wrong}
        self.rows += count

    @rule(
        moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=12),
        patience=st.sampled_from([HASTY, IMPATIENT]),
        user_rate=st.sampled_from([None, 50, 500]),
        until=st.none() | st.floats(0, 1),
        time_limit=st.sampled_from([None, None, 0, 0.02]),
        mute=st.none() | st.integers(0, 200),
        killed_at=st.none() | st.integers(1, 9),
    )
    def load(
        self,
        moves: list[str],
        until: float | None,
        mute: int | None,
        killed_at: int | None,
        **more: object,
    ) -> None:
        left = [MOVES[move] for move in moves]
        kill = Kill(self.path, killed_at)
        if until is not None and self.moments:
            moment = self.moments[int(until * (self.rows - 1))]
            more["until"] = datetime.fromtimestamp(moment / 1000, UTC)

        def answer(heard: Heard) -> Say | None:
            kill.strike()
            if any(row["event_properties"]["number"] == mute for row in heard.rows):
                return Say(500, "<html>oops</html>")
            return left.pop(0)(heard) if left else None

        # What does not end well says so, and is tried again by the next load.
        with scripted(answer, behind=self.sandbox.url) as server, suppress(Seg2ampError):
            run(self.path, server.url, concurrency=1, yes=True, **more)
        kill.leave()

    @rule()
    def lose_checkpoints(self) -> None:
        self.change("delete from amplitude.delivery_checkpoints")

    @rule()
    def wait_for_whoever_is_parked(self) -> None:
        self.change("update amplitude.delivery_parked set retry_at = timestamp '2026-01-01'")

    @rule(days=st.sampled_from([1, 3, 8]))
    def grow_old(self, days: int) -> None:
        self.sandbox.clock.advance(days * DAY)
        for table, columns in MOMENTS.items():
            past = ", ".join(f"{column} = {column} - interval {days} day" for column in columns)
            self.change(f"update amplitude.{table} set {past}")

    @rule(user=st.integers(0, USERS - 1))
    def list_or_take_off_the_list(self, user: int) -> None:
        person = f"'user-{user:04d}'"
        if ask(self.path, f"{LISTED} where person_key = {person}"):
            self.change(f"delete from amplitude.amplitude_suppressions where person_key = {person}")
        else:
            row = f"({person}, null, 'asked', now()::timestamp)"
            self.change(f"insert into amplitude.amplitude_suppressions values {row}")

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
        self.change("delete from amplitude.amplitude_suppressions")
        self.wait_for_whoever_is_parked()
        summary = run(self.path, self.sandbox.url, patience=HASTY, yes=True)
        assert summary.left == 0
        found = Counter(states(self.path))
        assert found.keys() <= {"delivered", "rejected", "unknown"}
        assert found.total() == self.rows
        # Of an unknown outcome is what a load that ended may have stored more than six days ago.
        stored = len(self.sandbox.store.rows)
        assert found["delivered"] <= stored <= found["delivered"] + found["unknown"]
        assert found["rejected"] <= len(self.bad) <= found["rejected"] + found["unknown"]
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
