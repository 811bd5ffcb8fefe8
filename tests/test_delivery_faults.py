"""Loads against servers that refuse, lie, break off or vanish: nothing is lost or sent twice."""

import json
import socket
from dataclasses import replace

import pytest
from pydantic import SecretStr

from outbox import KEY, append, ask, build, change, event, events, group, run, states, user_map
from scripted import CLOSE, COMMIT_AND_CLOSE, Heard, Say, in_turn, ingested, scripted
from seg2amp.delivery import Patience
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly

DATE = {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}
HASTY = Patience(first_wait=0.01, longest_wait=0.02, give_up_after=0.05)
UNAVAILABLE = Say(503, "<html>busy</html>")


def ids(heard: list[Heard]) -> list[str]:
    return [row["insert_id"] for request in heard for row in request.rows]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(CLOSE, id="reset-before-commit"),
        pytest.param(COMMIT_AND_CLOSE, id="reset-after-commit"),
        pytest.param(UNAVAILABLE, id="503"),
        pytest.param(Say(500, "", forward=True), id="500-after-commit"),
        pytest.param(Say(408), id="408"),
        pytest.param(Say(429, {"code": 429, "error": "Too many"}, {"retry-after": "0"}), id="429"),
        pytest.param(Say(429, {"code": 429, "error": "Too many"}, DATE), id="429 until a date"),
        pytest.param(Say(503, "", {"retry-after": "²"}), id="503 after no number"),
        pytest.param(Say(200, "<html>welcome</html>"), id="200-html"),
        pytest.param(Say(200, "", forward=True), id="200-empty-after-commit"),
    ],
)
def test_a_fault_that_passes_costs_nothing(tmp_path, sandbox, fault):
    path = build(tmp_path / "w.duckdb", events(300))
    with scripted(in_turn(*[fault] * 4), behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 300
        stored = [row.item["insert_id"] for row in sandbox.store.rows]
    assert sorted(stored) == [f"m-{number:06d}" for number in range(300)]
    assert states(path) == {"delivered": 300}
    assert run(path, server.url).pending == 0


@pytest.mark.parametrize(
    "lie",
    [
        pytest.param("", id="empty"),
        pytest.param("<html>ok</html>", id="html"),
        pytest.param("success", id="word"),
        pytest.param("[]", id="list"),
        pytest.param({"code": 200}, id="no-count"),
        pytest.param({"code": 200, "events_ingested": 0}, id="none-ingested"),
        pytest.param({"code": 200, "events_ingested": 29}, id="one-short"),
        pytest.param({"code": 200, "events_ingested": 31}, id="one-more"),
        pytest.param({"code": 200, "events_ingested": True}, id="true"),
        pytest.param({"code": 200, "events_ingested": "30"}, id="text"),
        pytest.param({"code": 500, "events_ingested": 30}, id="other-code"),
    ],
)
def test_a_200_that_confirms_nothing_is_never_a_success(tmp_path, lie):
    path = build(tmp_path / "w.duckdb", events(30, users=1))
    with (
        scripted(lambda _: Say(200, lie)) as server,
        pytest.raises(Seg2ampError, match="does not answer as Amplitude does") as caught,
    ):
        run(path, server.url)
    assert caught.value.exit_code == 1
    assert states(path) == {"pending": 30}
    assert len(server.heard) == 3
    assert len({request.body for request in server.heard}) == 1
    assert ask(path, "select distinct outcome from amplitude.delivery_requests") == [("unknown",)]
    assert ask(path, "select outcome from amplitude.delivery_runs") == [("failed",)]


def test_a_form_endpoint_counts_only_when_its_body_says_so(tmp_path):
    path = build(tmp_path / "w.duckdb", [group(0), user_map(0)])
    with scripted(lambda _: Say(200, "invalid_api_key?")) as server, pytest.raises(Seg2ampError):
        run(path, server.url)
    assert states(path) == {"pending": 2}
    with scripted(lambda _: Say(200, "success\n")) as server:
        assert run(path, server.url).delivered == 2
    assert [request.path for request in server.heard] == ["/groupidentify", "/usermap"]


def test_an_unreachable_endpoint_stops_at_once(tmp_path):
    path = build(tmp_path / "w.duckdb", events(30))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(StoppedEarly, match="unreachable"):
            run(path, url, patience=Patience(first_wait=60))
    assert states(path) == {"pending": 30}
    assert ask(path, "select outcome, error is null from amplitude.delivery_runs") == [
        ("stopped", False)
    ]


def test_patience_ends_and_the_rows_stay_pending(tmp_path):
    path = build(tmp_path / "w.duckdb", events(30))
    patience = Patience(first_wait=0.01, give_up_after=0.05)
    with (
        scripted(lambda _: UNAVAILABLE) as server,
        pytest.raises(StoppedEarly, match="HTTP 503"),
    ):
        run(path, server.url, patience=patience)
    assert states(path) == {"pending": 30}


def test_a_throttle_longer_than_our_patience_ends_the_run(tmp_path):
    path = build(tmp_path / "w.duckdb", events(30))
    with (
        scripted(lambda _: Say(429, {"error": "Too many requests"})) as server,
        pytest.raises(StoppedEarly, match="Too many requests"),
    ):
        run(path, server.url)
    assert states(path) == {"pending": 30}


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        pytest.param(Say(403, "<html>no</html>"), Seg2ampError, "forbids", id="403"),
        pytest.param(Say(401, "no"), ConfigurationError, "AMPLITUDE_API_KEY", id="401"),
        pytest.param(Say(404, "no"), ConfigurationError, "--base-url", id="404"),
        pytest.param(
            Say(307, "", {"location": "http://127.0.0.1:9/batch"}),
            ConfigurationError,
            "--base-url",
            id="redirect",
        ),
    ],
)
def test_a_reply_that_blames_no_row_ends_the_run(tmp_path, reply, error, words):
    path = build(tmp_path / "w.duckdb", events(30, users=1))
    with scripted(lambda _: reply) as server, pytest.raises(error, match=words):
        run(path, server.url)
    assert sum(1 for request in server.heard if request.rows) == 1
    assert states(path) == {"pending": 30}


def poisoned(*numbers: int):
    """Refuse any request that holds one of these events, without saying which."""

    def answer(heard: Heard) -> Say | None:
        here = {row["event_properties"]["number"] for row in heard.rows}
        refused = Say(400, {"code": 400, "error": "Invalid event JSON"})
        return refused if here & set(numbers) else None

    return answer


def test_an_unnamed_bad_row_is_found_by_halving(tmp_path):
    path = build(tmp_path / "w.duckdb", events(200, users=1))
    with scripted(poisoned(0, 77, 199)) as server:
        summary = run(path, server.url)
    assert (summary.delivered, summary.rejected, summary.exit_code) == (197, 3, 3)
    assert ask(path, "select insert_id from amplitude.delivery_rejections order by 1") == [
        ("m-000000",),
        ("m-000077",),
        ("m-000199",),
    ]
    assert states(path) == {"delivered": 197, "rejected": 3}
    assert run(path, server.url).pending == 0


def test_a_400_in_foreign_words_refuses_no_row(tmp_path):
    path = build(tmp_path / "w.duckdb", events(50, users=1))
    with (
        scripted(lambda _: Say(400, "<html>bad gateway</html>")) as server,
        pytest.raises(Seg2ampError),
    ):
        run(path, server.url)
    assert states(path) == {"pending": 50}


def test_a_silenced_device_is_recorded_and_its_neighbours_delivered(tmp_path):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    said = {
        "code": 400,
        "error": "Events silenced for device_id",
        "silenced_devices": ["d"],
        "silenced_events": [2, 3],
        "throttled_events": [],
    }
    with scripted(in_turn(Say(400, said))) as server:
        assert run(path, server.url).delivered == 8
    found = ask(path, "select insert_id, field, reason from amplitude.delivery_rejections")
    assert found[0] == (
        "m-000002",
        "device_id",
        "device silenced (Events silenced for device_id)",
    )


def test_a_request_that_is_too_large_is_split_and_later_ones_are_smaller(tmp_path):
    path = build(tmp_path / "w.duckdb", events(4_100, users=1))
    limit = 100_000

    def answer(heard: Heard) -> Say | None:
        return Say(413, {"code": 413}) if len(heard.body) > limit else None

    with scripted(answer) as server:
        assert run(path, server.url).delivered == 4_100
    sizes = [len(request.body) for request in server.heard]
    assert sum(size > limit for size in sizes) <= 6
    taken = [request for request in server.heard if len(request.body) <= limit]
    assert ids(taken) == [f"m-{number:06d}" for number in range(4_100)]


def test_a_row_that_is_too_large_alone_is_refused_by_name(tmp_path):
    path = build(tmp_path / "w.duckdb", events(5, users=1))
    big = event(5, users=1, blob="x" * 950_000)
    large = event(6, users=1, blob="x" * 18_000_000)
    path = build(tmp_path / "large.duckdb", [*events(5, users=1), big, large])

    def answer(heard: Heard) -> Say | None:
        return Say(413, "") if any("blob" in row for row in heard.rows) else None

    with scripted(answer) as server:
        summary = run(path, server.url)
    assert (summary.delivered, summary.rejected) == (5, 2)
    found = ask(
        path,
        "select insert_id, field, status_code, request_id is null "
        "from amplitude.delivery_rejections order by position",
    )
    assert found == [("m-000005", "", 413, False), ("m-000006", "payload", None, True)]


def test_one_request_at_a_time_per_lane_and_the_same_body_after_a_fault(tmp_path):
    path = build(tmp_path / "w.duckdb", events(4_500, users=1))
    with scripted(in_turn(CLOSE, Say(500), UNAVAILABLE)) as server:
        run(path, server.url)
    bodies = [request.body for request in server.heard]
    assert len(bodies) == 6
    assert len(set(bodies[:4])) == 1
    assert ids(server.heard[3:]) == [f"m-{number:06d}" for number in range(4_500)]


def test_every_attempt_is_in_the_ledger(tmp_path):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    with scripted(in_turn(CLOSE, UNAVAILABLE)) as server:
        run(path, server.url)
    found = ask(
        path,
        "select attempt, outcome, status_code, row_count, server_upload_time "
        "from amplitude.delivery_requests order by attempt",
    )
    assert found == [
        (1, "unknown", None, 10, None),
        (2, "retried", 503, 10, None),
        (3, "delivered", 200, 10, 1),
    ]


@pytest.mark.parametrize("status", [200, 400, 403, 429, 503])
def test_a_server_that_echoes_the_key_cannot_make_us_write_it(tmp_path, status):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    echo = Say(status, {"code": 400, "error": f"Invalid event JSON for {KEY}"})
    patience = Patience(first_wait=0.01, give_up_after=0.05)
    with scripted(lambda _: echo) as server:
        try:
            written = repr(run(path, server.url, patience=patience))
        except Seg2ampError as error:
            written = f"{error!r} {error.__cause__!r} {error.__context__!r}"
    tables = ("runs", "requests", "rejections", "checkpoints")
    written += "".join(str(ask(path, f"from amplitude.delivery_{table}")) for table in tables)
    assert "Invalid event JSON" in written
    assert KEY not in written


@pytest.mark.parametrize("key", ["", "  "])
def test_an_empty_key_is_named(tmp_path, key):
    path = build(tmp_path / "w.duckdb", events(1))
    with pytest.raises(ConfigurationError, match="AMPLITUDE_API_KEY"):
        run(path, "http://127.0.0.1:9", api_key=SecretStr(key))


@pytest.mark.parametrize("url", ["localhost", "ftp://127.0.0.1", "http://", "::"])
def test_a_base_url_must_be_an_address(tmp_path, url):
    path = build(tmp_path / "w.duckdb", events(1))
    with pytest.raises(ConfigurationError, match="--base-url"):
        run(path, url)


def test_a_password_in_the_base_url_is_not_written(tmp_path):
    path = build(tmp_path / "w.duckdb", events(1))
    with scripted(ingested) as server:
        run(path, server.url.replace("//", "//me:hunter2@") + "/proxy/")
    assert server.heard[0].path == "/proxy/batch"
    assert "hunter2" not in str(ask(path, "from amplitude.delivery_runs"))


def test_the_body_carries_key_events_and_options(tmp_path):
    path = build(tmp_path / "w.duckdb", [event(1), group(1)])
    with scripted(lambda h: None if h.path == "/batch" else Say(200, "success")) as server:
        run(path, server.url)
    batch = json.loads(server.heard[0].body)
    assert sorted(batch) == ["api_key", "events"]
    assert batch["api_key"] == KEY
    assert server.heard[1].rows[0]["group_properties"]["text"] == "a&b=c+d%"


def test_a_row_that_gets_no_answer_waits_with_its_person_and_nobody_else_does(tmp_path, sandbox):
    rows = [replace(event(number, 3), lane=0) for number in range(60)]
    path = build(tmp_path / "w.duckdb", [*rows, group(1)])
    poisoned = f'"number":{40},'.encode()

    def answer(heard: Heard) -> Say | None:
        return Say(500, "<html>oops</html>") if poisoned in heard.body else None

    with scripted(answer, behind=sandbox.url) as server:
        summary = run(path, server.url, patience=HASTY)
        # Rows 40, 43 … 58 are of the same person.
        assert (summary.delivered, summary.left, summary.exit_code) == (54, 7, 75)
        assert ask(path, "select distinct reason, person_key from amplitude.delivery_parked") == [
            ("unanswered", "user-0001")
        ]
        append(path, [replace(event(60, 3), lane=0), replace(event(61, 3), lane=0)])
        assert run(path, server.url, patience=HASTY).delivered == 1
    change(path, "update amplitude.delivery_parked set retry_at = timestamp '2026-01-01'")
    assert run(path, sandbox.url).delivered == 8
    numbers = [r.item["event_properties"]["number"] for r in sandbox.store.rows]
    assert [n for n in numbers if n % 3 == 1] == list(range(1, 62, 3))
    assert states(path) == {"delivered": 63}


def test_what_the_ledger_could_not_note_counts_as_unknown(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(5, users=1))
    hide = "alter table amplitude.delivery_requests rename to hidden"
    stored = Say(
        200, {"code": 200, "events_ingested": 5}, forward=True, then=lambda: change(path, hide)
    )
    with scripted(lambda _: stored, behind=sandbox.url) as server, pytest.raises(Seg2ampError):
        run(path, server.url)
    change(path, "alter table amplitude.hidden rename to delivery_requests")
    assert states(path) == {"pending": 5}
    for column in ("started_at", "finished_at"):
        week = f"set {column} = {column} - interval 8 day"
        change(path, f"update amplitude.delivery_runs {week}")
    change(path, "update amplitude.amplitude_outbox set appended_at = appended_at - interval 9 day")
    summary = run(path, sandbox.url)
    assert (summary.delivered, summary.held, summary.exit_code) == (0, 5, 3)
    assert len(sandbox.store.rows) == 5


def test_what_is_no_text_is_written_down_as_text(tmp_path):
    path = build(tmp_path / "w.duckdb", events(2, users=1))
    said = {
        "code": 400,
        "error": "bad \ud800 and \0",
        "events_with_invalid_fields": {"\udfff": [0]},
    }
    huge = {"code": 200, "events_ingested": 1, "server_upload_time": 10**30}
    with scripted(in_turn(Say(400, said), Say(200, huge))) as server:
        assert run(path, server.url).rejected == 1
    assert states(path) == {"delivered": 1, "rejected": 1}
    found = ask(
        path, "select field, reason from amplitude.audit_deliveries where state = 'rejected'"
    )
    assert found == [("?", "invalid value (bad ? and)")]
