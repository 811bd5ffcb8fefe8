"""Where requests go, what one of them may hold, and that the sandbox takes it."""

from dataclasses import replace

import pytest

from outbox import (
    KEY,
    Row,
    ask,
    build,
    event,
    events,
    identification,
    run,
    spoiled,
    states,
    user_map,
)
from scripted import COMMIT_AND_CLOSE, Say, in_turn, scripted
from seg2amp.delivery.endpoints import ENDPOINTS, STREAMS
from seg2amp.errors import ConfigurationError


@pytest.mark.parametrize(
    ("endpoint", "region", "url"),
    [
        ("batch", "north_america", "https://api2.amplitude.com/batch"),
        ("batch", "europe", "https://api.eu.amplitude.com/batch"),
        ("httpapi", "north_america", "https://api2.amplitude.com/2/httpapi"),
        ("httpapi", "europe", "https://api.eu.amplitude.com/2/httpapi"),
        ("identify", "north_america", "https://api2.amplitude.com/identify"),
        ("identify", "europe", "https://api.eu.amplitude.com/identify"),
        ("groupidentify", "north_america", "https://api2.amplitude.com/groupidentify"),
        ("groupidentify", "europe", "https://api.eu.amplitude.com/groupidentify"),
        ("usermap", "north_america", "https://api.amplitude.com/usermap"),
        ("usermap", "europe", "https://api.eu.amplitude.com/usermap"),
    ],
)
def test_hosts_by_region(endpoint, region, url):
    assert ENDPOINTS[endpoint].url(region, None) == url
    local = "http://127.0.0.1:8765/"
    assert ENDPOINTS[endpoint].url(region, local) == local + ENDPOINTS[endpoint].path[1:]
    assert ENDPOINTS[endpoint].path == url.partition(".com")[2]


def test_an_unknown_region_is_named():
    with pytest.raises(ConfigurationError, match="`asia` is no `endpoint_region`"):
        ENDPOINTS["batch"].url("asia", None)


def test_identifications_go_first_then_events_then_groups_then_user_maps():
    assert list(ENDPOINTS) == ["identify", "batch", "httpapi", "groupidentify", "usermap"]
    assert sorted(name for stream in STREAMS for name in stream) == sorted(ENDPOINTS)


def on(endpoint: str, rows: list[Row]) -> list[Row]:
    return [replace(row, endpoint=endpoint) for row in rows]


def test_http_v2_gets_requests_within_its_limits(tmp_path, sandbox):
    rows = events(2_000, users=2_300) + events(300, users=2_300, first=2_000, text="x" * 20_000)
    rows = [replace(row, lane=0) for row in rows]
    path = build(tmp_path / "w.duckdb", on("httpapi", rows))
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 2_300
    assert {request.path for request in server.heard} == {"/2/httpapi"}
    assert max(len(request.rows) for request in server.heard) < 2_000
    assert max(len(request.body) for request in server.heard) < 1_000_000
    assert [row.item["insert_id"] for row in sandbox.store.rows] == [row.insert_id for row in rows]


def test_a_row_that_http_v2_never_takes_is_refused_by_name(tmp_path, sandbox):
    rows = on("httpapi", [event(0, users=1), event(1, users=1, text="x" * 995_000)])
    path = build(tmp_path / "w.duckdb", rows)
    summary = run(path, sandbox.url)
    assert (summary.delivered, summary.rejected) == (1, 1)
    found = ask(path, "select insert_id, field, reason from amplitude.delivery_rejections")
    assert found[0][:2] == ("m-000001", "payload")
    assert "990,000" in found[0][2]


def test_http_v2_is_left_alone_for_30_s_after_a_throttle_and_identify_for_15(tmp_path):
    # The load has not that much patience, and says how long it would have waited.
    throttled = Say(429, {"code": 429, "error": "Too many requests"})
    for endpoint, seconds in (("httpapi", 30), ("identify", 15)):
        assert ENDPOINTS[endpoint].throttle_seconds == seconds
        row = event(1) if endpoint == "httpapi" else identification(1)
        path = build(tmp_path / f"{endpoint}.duckdb", on(endpoint, [row]))
        with scripted(lambda _: throttled) as server, pytest.raises(Exception, match="429"):
            run(path, server.url)
        assert len(server.heard) == 1


def test_identifications_go_by_the_form_in_small_requests(tmp_path, sandbox):
    rows = [identification(number, users=3, paying="true") for number in range(500)]
    path = build(tmp_path / "w.duckdb", rows)
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 500
    assert {request.path for request in server.heard} == {"/identify"}
    assert max(len(request.rows) for request in server.heard) <= 100
    assert sandbox.store.warned.total() == 0
    people = sandbox.store.people[KEY]
    assert {person.user_id: person.properties["number"] for person in people} == {
        "user-0000": 498,
        "user-0001": 499,
        "user-0002": 497,
    }


def test_a_bad_identification_is_found_although_the_reply_names_none(tmp_path, sandbox):
    rows = [identification(number) for number in range(50)]
    rows[31] = spoiled(rows[31], user_properties={"$add": {"a": 1}, "plain": 2})
    path = build(tmp_path / "w.duckdb", rows)
    summary = run(path, sandbox.url)
    assert (summary.delivered, summary.rejected, summary.exit_code) == (49, 1, 3)
    assert ask(path, "select insert_id from amplitude.delivery_rejections") == [("i-000031",)]


def test_an_identification_of_unknown_outcome_is_sent_again_unchanged(tmp_path, sandbox):
    rows = [identification(number, users=1) for number in range(150)]
    path = build(tmp_path / "w.duckdb", rows)
    with scripted(in_turn(COMMIT_AND_CLOSE), behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 150
    assert server.heard[0].body == server.heard[1].body
    assert states(path) == {"delivered": 150}


@pytest.mark.parametrize("endpoint", ["batch", "httpapi", "identify"])
def test_rows_of_other_id_lengths_never_share_a_request(tmp_path, sandbox, endpoint):
    def row(number: int, user: str, shortest: int | None) -> Row:
        made = identification(number) if endpoint == "identify" else event(number)
        named = spoiled(made, user_id=user)
        return replace(named, endpoint=endpoint, lane=7, min_id_length=shortest)

    people = [("anna-1", None), ("b", 1), ("c", 1), ("dd", 2), ("emil-1", None), ("f", 1)]
    rows = [row(number, *person) for number, person in enumerate(people)]
    path = build(tmp_path / "w.duckdb", rows)
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 6
    asked = [(request.options, len(request.rows)) for request in server.heard]
    short, two = {"min_id_length": 1}, {"min_id_length": 2}
    assert asked == [(None, 1), (short, 2), (two, 1), (None, 1), (short, 1)]


def test_user_maps_are_made_and_unmade(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [user_map(1), user_map(2), user_map(3)])
    run(path, sandbox.url)
    path = build(tmp_path / "later.duckdb", [user_map(2, unmap=True)])
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 1
    assert server.heard[0].rows == [{"user_id": "old-0002", "unmap": True}]
    assert sandbox.store.user_maps == {"old-0001": "global-0001", "old-0003": "global-0003"}


def test_user_maps_keep_to_the_documented_rate():
    assert ENDPOINTS["usermap"].pace == (1_500, 30.0)
    assert ENDPOINTS["usermap"].rows <= 1_500
