"""Rows of unknown outcome: sent again unchanged while Amplitude would know them, never after."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from outbox import KEY, Row, append, ask, build, change, event, events, run, states
from scripted import CLOSE, COMMIT_AND_CLOSE, Heard, Say, in_turn, ingested, scripted
from seg2amp.delivery import Patience, retry
from seg2amp.errors import Seg2ampError, StoppedEarly, TooManyRejected
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving
from seg2amp.warehouse import DuckDBWarehouse

HASTY = Patience(first_wait=0.01, longest_wait=0.02, give_up_after=0.05)


def days_pass(path, days: int) -> None:
    """Make everything in the ledger older."""
    for table, column in (
        ("delivery_requests", "sent_at"),
        ("delivery_runs", "started_at"),
        ("amplitude_outbox", "appended_at"),
    ):
        change(path, f"update amplitude.{table} set {column} = {column} - interval {days} day")


def stored_and_silent(path, sandbox) -> None:
    """Load against a server that stores everything and never says so."""
    with (
        scripted(lambda _: COMMIT_AND_CLOSE, behind=sandbox.url) as server,
        pytest.raises(StoppedEarly),
    ):
        run(path, server.url, patience=HASTY)
    assert "delivered" not in states(path)


def stored(sandbox) -> Counter:
    return Counter(row.item["insert_id"] for row in sandbox.store.rows)


def retry_rows(path, **what: object):
    with DuckDBWarehouse(path) as warehouse:
        return retry(warehouse, "amplitude", **({"rejected": False, "unknown": False} | what))


def test_within_the_window_they_are_sent_again(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(200))
    stored_and_silent(path, sandbox)
    days_pass(path, 5)
    summary = run(path, sandbox.url)
    assert (summary.delivered, summary.held, summary.exit_code) == (200, 0, 0)
    assert set(stored(sandbox).values()) == {1}
    assert states(path) == {"delivered": 200}


def test_after_the_window_they_are_held_and_the_rest_goes_on(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(200))
    stored_and_silent(path, sandbox)
    days_pass(path, 8)
    append(path, events(100, first=200))
    sent_before = len(sandbox.store.duplicates)
    summary = run(path, sandbox.url)
    assert (summary.held, summary.delivered, summary.exit_code) == (200, 100, 3)
    assert states(path) == {"unknown": 200, "delivered": 100}
    assert len(sandbox.store.duplicates) == sent_before
    reasons = ask(
        path, "select distinct reason from amplitude.audit_deliveries where state = 'unknown'"
    )
    assert "seg2amp retry" in reasons[0][0]
    assert run(path, sandbox.url).pending == 0


def test_retry_sends_them_once_more(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(200))
    stored_and_silent(path, sandbox)
    days_pass(path, 8)
    assert run(path, sandbox.url).held == 200
    assert retry_rows(path, unknown=True, insert_ids=["m-000007"]).unknown == 1
    assert run(path, sandbox.url).delivered == 1
    assert states(path) == {"unknown": 199, "delivered": 1}
    assert retry_rows(path, unknown=True).unknown == 199
    assert retry_rows(path, unknown=True).unknown == 0
    assert run(path, sandbox.url).delivered == 199
    assert states(path) == {"delivered": 200}
    assert run(path, sandbox.url).pending == 0


def test_a_killed_run_leaves_unknown_what_it_may_have_sent(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(200))
    change(
        path,
        "insert into amplitude.delivery_runs (run_id, started_at, outcome) "
        "values ('dead', now()::timestamp, 'running')",
    )
    days_pass(path, 8)
    append(path, events(100, first=200))
    summary = run(path, sandbox.url)
    assert (summary.held, summary.delivered) == (200, 100)
    assert states(path) == {"unknown": 200, "delivered": 100}


def test_a_run_killed_yesterday_costs_nothing(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(200))
    change(
        path,
        "insert into amplitude.delivery_runs (run_id, started_at, outcome) "
        "values ('dead', now()::timestamp, 'running')",
    )
    days_pass(path, 1)
    assert run(path, sandbox.url).delivered == 200
    assert states(path) == {"delivered": 200}


def test_refused_rows_are_retried_alone(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(300, users=6))
    silenced = {f"m-{number:06d}" for number in (3, 90, 299)}

    def answer(heard: Heard) -> Say | None:
        rows = heard.rows
        named = [place for place, row in enumerate(rows) if row["insert_id"] in silenced]
        said = {"code": 400, "error": "Events silenced for device_id", "silenced_events": named}
        return Say(400, said) if named else None

    with scripted(answer, behind=sandbox.url) as server:
        assert run(path, server.url).exit_code == 3
    assert states(path) == {"delivered": 297, "rejected": 3}
    assert retry_rows(path, rejected=True).rejected == 3
    assert states(path) == {"delivered": 297, "pending": 3}
    with scripted(answer, behind=sandbox.url) as server:
        assert run(path, server.url).rejected == 3
    assert states(path) == {"delivered": 297, "rejected": 3}
    assert retry_rows(path, rejected=True).rejected == 3
    summary = run(path, sandbox.url)
    assert (summary.pending, summary.delivered) == (3, 3)
    assert states(path) == {"delivered": 300}
    assert stored(sandbox) == Counter(f"m-{number:06d}" for number in range(300))


def test_a_row_that_a_firewall_forbids_hurts_only_itself(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [*events(99, users=3), event(99, 3, note="<script>")])

    def answer(heard: Heard) -> Say | None:
        return Say(403, "<html>Forbidden</html>") if b"<script>" in heard.body else None

    with scripted(answer, behind=sandbox.url) as server:
        summary = run(path, server.url)
    assert (summary.delivered, summary.rejected) == (99, 1)
    found = ask(
        path, "select insert_id, reason from amplitude.audit_deliveries where state = 'rejected'"
    )
    assert found[0][0] == "m-000099"
    assert "403" in found[0][1]


def test_who_waited_for_an_answer_was_in_no_request_of_the_lane(tmp_path, sandbox):
    """Give number 0 no answer; its person waits while a lane's request that spans them is lost."""

    def row(number: int) -> Row:
        return replace(event(number, 2), lane=0)

    def mute(heard: Heard) -> Say | None:
        return Say(500) if b'"number":0,' in heard.body else None

    def exceeded(heard: Heard) -> Say | None:
        whose = {"exceeded_daily_quota_users": {"user-0000": 1}}
        return Say(429, whose) if b"user-0000" in heard.body else None

    path = build(tmp_path / "w.duckdb", [row(0), row(1)])
    with scripted(mute, behind=sandbox.url) as server:
        assert run(path, server.url, patience=HASTY).left == 1
    append(path, [row(3), row(2), row(5)])
    with scripted(lambda _: CLOSE) as server, pytest.raises(StoppedEarly):
        run(path, server.url, patience=HASTY)
    change(path, "update amplitude.delivery_parked set retry_at = parked_at")
    with scripted(exceeded, behind=sandbox.url) as server:
        assert run(path, server.url, patience=HASTY).left == 2
    for table, columns in {
        "delivery_requests": ("sent_at",),
        "delivery_parked": ("parked_at", "released_at", "retry_at"),
    }.items():
        past = ", ".join(f"{column} = {column} - interval 8 day" for column in columns)
        change(path, f"update amplitude.{table} set {past}")
    summary = run(path, sandbox.url, patience=HASTY)
    assert (summary.held, summary.delivered) == (1, 1)
    assert states(path) == {"delivered": 4, "unknown": 1}


@pytest.mark.parametrize("ends", [False, True], ids=["the same run", "a later run"])
def test_a_server_that_counts_no_duplicates_confirms_what_it_had_stored(tmp_path, ends):
    path = build(tmp_path / "w.duckdb", events(20, users=1))
    config = SandboxConfig(api_keys=frozenset({KEY}), counts_duplicates=False)
    with serving(config) as sandbox:
        lost = [COMMIT_AND_CLOSE] + [Say(500)] * (1_000 if ends else 0)
        with scripted(in_turn(*lost), behind=sandbox.url) as server:
            if ends:
                with pytest.raises(StoppedEarly):
                    run(path, server.url, patience=HASTY)
            else:
                assert run(path, server.url, patience=HASTY).delivered == 20
        append(path, events(5, users=1, first=20))
        assert run(path, sandbox.url).left == 0
        assert len(sandbox.store.rows) == 25
    assert states(path) == {"delivered": 25}


def test_a_firewall_that_turns_against_the_sender_costs_no_row(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [event(0, 1, note="<script>"), *events(99, 1, first=1)])
    turned = False

    def answer(heard: Heard) -> Say | None:
        nonlocal turned
        alone = len(heard.rows) == 1 and b"<script>" in heard.body
        forbidden = turned or b"<script>" in heard.body
        turned = turned or alone
        return Say(403, "<html>Forbidden</html>") if forbidden else None

    with (
        scripted(answer, behind=sandbox.url) as server,
        pytest.raises(Seg2ampError, match="forbids"),
    ):
        run(path, server.url)
    assert states(path) == {"pending": 100}
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert run(path, server.url).delivered == 100


def test_too_many_refusals_stop_the_run(tmp_path):
    path = build(tmp_path / "w.duckdb", events(100, users=1))

    def answer(heard: Heard) -> Say:
        said = {"error": "bad", "events_with_invalid_fields": {"time": [0, 1, 2]}}
        return Say(400, said) if len(heard.rows) > 50 else ingested(heard)

    with scripted(answer) as server, pytest.raises(TooManyRejected, match="max-rejected 5"):
        run(path, server.url, max_rejected=5)
    counts = states(path)
    assert counts["rejected"] == 6
    assert counts["pending"] == 94


def test_a_time_limit_ends_the_run_gently(tmp_path):
    path = build(tmp_path / "w.duckdb", events(100, users=1))
    with scripted(lambda _: Say(503, json.dumps({}))) as server:
        summary = run(path, server.url, time_limit=0.3)
    assert (summary.delivered, summary.left, summary.exit_code) == (0, 100, 75)
