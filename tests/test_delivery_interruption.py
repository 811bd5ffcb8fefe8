"""A loader that is stopped or killed in mid-load, and two loaders at once."""

import json
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from outbox import ask, build, events, group, run, states
from scripted import Heard, Say, scripted
from seg2amp.delivery import Patience
from seg2amp.errors import StoppedEarly
from seg2amp.warehouse import DuckDBWarehouse

LOADER = """
import sys
from pathlib import Path
from outbox import run
from seg2amp.delivery import Patience
drain = {"patience": Patience(drain=float(sys.argv[3]))} if sys.argv[3:] else {}
summary = run(Path(sys.argv[1]), sys.argv[2], concurrency=4, **drain)
print(summary.delivered, summary.left)
sys.exit(summary.exit_code)
"""


class Child:
    """A loader in a process of its own, and something done to it at its n-th request."""

    def __init__(self, path: Path, at: int, act) -> None:
        self.path, self._at, self._act = path, at, act
        self._heard, self._lock = 0, threading.Lock()
        self.process: subprocess.Popen[str] | None = None

    def start(self, url: str, *drain: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOADER, str(self.path), url, *drain],
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def answer(self, _heard: Heard) -> Say | None:
        with self._lock:
            self._heard += 1
            due = self._heard == self._at
        return self._act(self.process) if due else None

    def finish(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


def interrupt(number: int):
    def act(process: subprocess.Popen[str]) -> None:
        process.send_signal(number)

    return act


def kill_after_commit(process: subprocess.Popen[str]) -> Say:
    def kill() -> None:
        process.kill()
        process.wait()

    return Say(close=True, forward=True, then=kill)


def assert_once_and_in_order(sandbox, count: int) -> None:
    stored = Counter(row.item["insert_id"] for row in sandbox.store.rows)
    assert stored == Counter(f"m-{number:06d}" for number in range(count))
    by_user: dict[str, list[int]] = {}
    for row in sandbox.store.rows:
        numbers = by_user.setdefault(row.item["user_id"], [])
        numbers.append(row.item["event_properties"]["number"])
    assert all(numbers == sorted(numbers) for numbers in by_user.values())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["sigint", "sigterm"])
def test_a_signal_stops_after_a_checkpoint_and_a_later_load_sends_the_rest(
    tmp_path, sandbox, number
):
    path = build(tmp_path / "w.duckdb", [*events(6_000, users=60), *map(group, range(5))])
    child = Child(path, 3, interrupt(number))
    with scripted(child.answer, behind=sandbox.url) as server:
        child.start(server.url)
        code, out, err = child.finish()
    assert (code, err) == (128 + number, "")
    delivered, left = map(int, out.split())
    assert delivered + left == 6_005
    assert 0 < len(sandbox.store.rows) == delivered < 6_000
    assert ask(path, "select outcome from amplitude.delivery_runs") == [("stopped",)]
    assert run(path, sandbox.url).delivered == left
    assert_once_and_in_order(sandbox, 6_000)
    assert not sandbox.store.duplicates
    assert states(path) == {"delivered": 6_005}


def test_sigterm_ends_a_load_whose_requests_are_never_answered(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(400, users=40))
    ended = threading.Event()
    child = Child(path, 4, interrupt(signal.SIGTERM))

    def answer(heard: Heard) -> Say:
        child.answer(heard)
        ended.wait(timeout=60)
        return Say(close=True)

    with scripted(answer) as server:
        child.start(server.url, "0.2")
        code, out, err = child.finish()
        ended.set()
    assert (code, out, err) == (143, "0 400\n", "")
    assert states(path) == {"pending": 400}
    left = "select outcome, error, count(*) from amplitude.delivery_requests group by all"
    assert ask(path, left) == [("unknown", "cut off by the stop", 4)]
    assert ask(path, "select outcome from amplitude.delivery_runs") == [("stopped",)]
    assert run(path, sandbox.url).delivered == 400
    assert_once_and_in_order(sandbox, 400)


def test_a_killed_loader_loses_nothing_and_stores_nothing_twice(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(6_000, users=60))
    child = Child(path, 4, kill_after_commit)
    with scripted(child.answer, behind=sandbox.url) as server:
        child.start(server.url)
        assert child.finish()[0] == -signal.SIGKILL
    assert ask_after_crash(path) == [("running",)]
    run(path, sandbox.url)
    assert_once_and_in_order(sandbox, 6_000)
    assert sandbox.store.duplicates
    assert states(path) == {"delivered": 6_000}
    found = ask(path, "select outcome from amplitude.delivery_runs order by started_at")
    assert found == [("stopped",), ("completed",)]


def ask_after_crash(path: Path) -> list[tuple]:
    """Read with write access, which replays the log that the killed process left."""
    with DuckDBWarehouse(path) as warehouse:
        table = warehouse.read("select outcome from amplitude.delivery_runs")
    return [tuple(row.values()) for row in table.to_pylist()]


def test_rows_refused_before_a_kill_are_not_refused_again(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(50, users=1))
    said = {"error": "bad", "events_with_invalid_fields": {"time": [4, 49]}}
    replies = iter([Say(400, said)])
    child = Child(path, 2, kill_after_commit)

    def answer(heard: Heard) -> Say | None:
        return child.answer(heard) or next(replies, None)

    with scripted(answer, behind=sandbox.url) as server:
        child.start(server.url)
        child.finish()
    summary = run(path, sandbox.url)
    assert (summary.pending, summary.delivered, summary.rejected) == (48, 48, 0)
    assert len(sandbox.store.rows) == 48
    assert states(path) == {"delivered": 48, "rejected": 2}


def test_a_second_signal_ends_at_once(tmp_path):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    released = threading.Event()

    def act(process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGTERM)
        threading.Timer(0.3, process.send_signal, [signal.SIGTERM]).start()
        released.wait(20)

    child = Child(path, 1, act)
    with scripted(child.answer) as server:
        child.start(server.url)
        code, out, _ = child.finish()
        released.set()
    assert (code, out) == (128 + signal.SIGTERM, "")


def test_of_two_loaders_the_second_stops_and_names_the_first(tmp_path):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    errors: list[Exception] = []

    def act(_process: subprocess.Popen[str]) -> None:
        try:
            run(path, "http://127.0.0.1:9")
        except StoppedEarly as error:
            errors.append(error)

    child = Child(path, 1, act)
    with scripted(child.answer) as server:
        child.start(server.url)
        assert child.finish() == (0, "10 0\n", "")
    assert f"is held by process {child.process.pid}" in str(errors[0])
    assert "\n" not in str(errors[0])


def test_a_signal_while_waiting_wakes_the_loader(tmp_path):
    path = build(tmp_path / "w.duckdb", events(10, users=1))

    def act(process: subprocess.Popen[str]) -> Say:
        threading.Timer(0.3, process.send_signal, [signal.SIGINT]).start()
        return Say(429, json.dumps({"error": "slow"}), {"retry-after": "4"})

    child = Child(path, 1, act)
    with scripted(child.answer) as server:
        child.start(server.url)
        assert child.finish() == (130, "0 10\n", "")


def test_loading_outside_the_main_thread_needs_no_signals(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(10))
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.append(run(path, sandbox.url).delivered))
    thread.start()
    thread.join()
    assert done == [10]


def test_a_stop_does_not_wait_for_a_request_without_rows(tmp_path):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    over = threading.Event()
    waited: list[bool] = []

    def answer(heard: Heard) -> Say:
        if not heard.rows:
            waited.append(over.wait(30))
        return Say(403, "<html>Forbidden</html>")

    with scripted(answer) as server:
        summary = run(path, server.url, time_limit=0.2, patience=Patience(drain=0.2))
        assert not waited
        over.set()
    assert summary.left == 10
