"""A person's rows keep their order, whichever endpoints the settings chose for them."""

from collections import defaultdict
from dataclasses import replace

import pytest

from outbox import KEY, Row, append, build, event, events, group, identification, run, states
from scripted import Heard, Say, scripted
from seg2amp.errors import ConfigurationError, StoppedEarly


def on(endpoint: str, rows: list[Row]) -> list[Row]:
    return [replace(row, endpoint=endpoint) for row in rows]


def paths(heard: list[Heard]) -> list[str]:
    """Name the paths in the order they were asked, neighbours once."""
    asked = [request.path for request in heard]
    return [path for place, path in enumerate(asked) if not place or asked[place - 1] != path]


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
    assert paths(server.heard) == [named[first], named[second], named[first]]
    numbers = defaultdict(list)
    for row in sandbox.store.rows:
        numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert len(numbers) == 40
    assert all(order == sorted(order) and len(order) == 30 for order in numbers.values())
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


def test_all_endpoints_of_events_count_where_old_ones_are_asked_about(tmp_path):
    path = build(tmp_path / "w.duckdb", events(5, age_days=20))
    append(path, on("httpapi", events(10, first=5, age_days=40)))
    with pytest.raises(ConfigurationError, match=r"15 billable events .* 15 of them older"):
        run(path, "http://127.0.0.1:9")
