"""A person's rows keep their order, whichever endpoints the settings chose for them."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from outbox import (
    KEY,
    Row,
    append,
    build,
    change,
    event,
    events,
    group,
    identification,
    lane_of,
    run,
    states,
)
from scripted import Heard, Say, scripted
from seg2amp.errors import ConfigurationError, StoppedEarly
from seg2amp.sandbox.server import Serving


def on(endpoint: str, rows: list[Row]) -> list[Row]:
    return [replace(row, endpoint=endpoint) for row in rows]


def paths(heard: list[Heard], person: str | None = None) -> list[str]:
    """Name the paths in the order they were asked, for one person or all; neighbours once."""
    asked = [
        request.path
        for request in heard
        if person is None or any(row["user_id"] == person for row in request.rows)
    ]
    return [path for place, path in enumerate(asked) if not place or asked[place - 1] != path]


def assert_order(sandbox: Serving, count: int) -> None:
    numbers = defaultdict(list)
    for row in sandbox.store.rows:
        numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert all(order == sorted(order) for order in numbers.values())
    assert sum(map(len, numbers.values())) == count


@pytest.mark.parametrize("first", ["batch", "httpapi"])
def test_a_setting_that_flips_while_rows_wait_keeps_everybodys_order(tmp_path, sandbox, first):
    second = "httpapi" if first == "batch" else "batch"
    path = build(tmp_path / "w.duckdb", on(first, events(300, users=40)))
    append(path, on(first, events(300, users=40, first=300)))
    append(path, on(second, events(300, users=40, first=600)))
    append(path, on(first, events(300, users=40, first=900)))
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 1_200
    named = {"batch": "/batch", "httpapi": "/2/httpapi"}
    for number in range(40):
        in_turn = paths(server.heard, f"user-{number:04d}")
        assert in_turn == [named[first], named[second], named[first]]
    assert_order(sandbox, 1_200)
    assert states(path) == {"delivered": 1_200}


def plan(number: int, **operations: object) -> Row:
    """Give an `$identify` of the stream."""
    return replace(
        event(number, users=1, event_type="$identify", user_properties=operations), kind="identify"
    )


def test_identifications_go_before_the_events_of_their_build_and_after_those_before(
    tmp_path, sandbox
):
    # The properties tell the order: what each event saw is what the person had by then.
    path = build(tmp_path / "w.duckdb", [event(0, users=1), plan(1, **{"$set": {"plan": "one"}})])
    later = identification(2, users=1, user_properties={"$set": {"plan": "two"}})
    append(path, [event(3, users=1), later, group(1)])
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 5
    assert paths(server.heard) == ["/batch", "/identify", "/batch", "/groupidentify"]
    (person,) = sandbox.store.people[KEY]
    assert person.properties == {"plan": "two"}


def test_a_phase_that_does_not_end_keeps_the_next_from_starting(tmp_path):
    path = build(tmp_path / "w.duckdb", events(30, users=1))
    append(path, on("httpapi", events(30, users=1, first=30)))

    def answer(heard: Heard) -> Say | None:
        return Say(503) if heard.path == "/batch" else None

    with scripted(answer) as server, pytest.raises(StoppedEarly, match="503"):
        run(path, server.url)
    assert paths(server.heard) == ["/batch"]
    assert states(path) == {"pending": 60}


@pytest.mark.parametrize("rows_of_waiting", [0, 20])
def test_who_waits_at_one_endpoint_is_not_overtaken_at_another(tmp_path, sandbox, rows_of_waiting):
    path = build(tmp_path / "w.duckdb", events(100, users=20))
    exceeded = {"exceeded_daily_quota_users": {"user-0003": 500_001}}

    def answer(heard: Heard) -> Say | None:
        throttled = heard.path == "/batch" and any(r["user_id"] == "user-0003" for r in heard.rows)
        return Say(429, {"code": 429} | exceeded) if throttled else None

    with scripted(answer, behind=sandbox.url) as server:
        assert run(path, server.url).left == 5
        append(path, on("httpapi", events(100, users=20, first=100)))
        # The endpoint at which somebody waits may get more rows later, or none.
        append(path, events(rows_of_waiting, users=20, first=200))
        beside = [n for n in range(20) if lane_of(f"user-{n:04d}") == lane_of("user-0003")]
        summary = run(path, server.url)
        assert summary.left == 5 + len(beside) * (5 + rows_of_waiting // 20)
    change(path, "update amplitude.delivery_parked set retry_at = now()::timestamp")
    assert run(path, sandbox.url).left == 0
    assert_order(sandbox, 200 + rows_of_waiting)


def test_a_stop_at_one_endpoint_is_a_stop_at_all_of_the_stream(tmp_path, sandbox):
    rows = [event(0, users=1, age_days=3), event(1, users=1, age_days=1)]
    path = build(tmp_path / "w.duckdb", rows)
    append(path, on("httpapi", [event(2, users=1, age_days=2)]))
    yesterday = datetime.now(UTC) - timedelta(days=1.5)
    assert run(path, sandbox.url, until=yesterday).delivered == 1
    assert run(path, sandbox.url).delivered == 2
    assert_order(sandbox, 3)


def test_all_endpoints_of_events_count_where_old_ones_are_asked_about(tmp_path):
    path = build(tmp_path / "w.duckdb", events(5, age_days=20))
    append(path, on("httpapi", events(10, first=5, age_days=40)))
    with pytest.raises(ConfigurationError, match=r"15 billable events .* 15 of them older"):
        run(path, "http://127.0.0.1:9")
