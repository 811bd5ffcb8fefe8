"""Whole loads against the sandbox: everything arrives once, in order, and the ledger says so."""

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from outbox import (
    KEY,
    append,
    ask,
    build,
    event,
    events,
    group,
    hasty,
    now_ms,
    run,
    spoiled,
    states,
    user_map,
)
from seg2amp.delivery import parse_moment, preview_load
from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import Serving, serving
from seg2amp.warehouse import DuckDBWarehouse


@pytest.fixture
def naming_first_only():
    with serving(SandboxConfig(api_keys=frozenset({KEY}), first_index_only=True)) as served:
        yield served


def stored(sandbox: Serving) -> list[str]:
    return sorted(row.item["insert_id"] for row in sandbox.store.rows)


def test_everything_arrives_exactly_once_and_a_second_load_sends_nothing(tmp_path, sandbox):
    rows = [*events(5_000), *map(group, range(230)), *map(user_map, range(30))]
    path = build(tmp_path / "w.duckdb", rows)
    first = run(path, sandbox.url)
    second = run(path, sandbox.url)
    assert (first.pending, first.delivered, first.left, first.exit_code) == (5_260, 5_260, 0, 0)
    assert {
        name: counts.delivered for name, counts in first.endpoints.items() if counts.pending
    } == {
        "batch": 5_000,
        "groupidentify": 230,
        "usermap": 30,
    }
    assert stored(sandbox) == sorted(row.insert_id for row in rows if row.endpoint == "batch")
    assert len(sandbox.store.form_items) == 260
    assert not sandbox.store.duplicates
    assert (second.pending, second.requests, second.exit_code) == (0, 0, 0)
    assert states(path) == {"delivered": 5_260}


def test_each_user_keeps_the_order_of_the_outbox_over_several_builds(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(2_500, users=40))
    append(path, events(2_500, users=40, first=2_500))
    run(path, sandbox.url)
    numbers = defaultdict(list)
    for row in sandbox.store.rows:
        numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert len(numbers) == 40
    assert all(order == sorted(order) for order in numbers.values())


def test_payloads_arrive_unchanged(tmp_path, sandbox):
    rows = events(50)
    run(build(tmp_path / "w.duckdb", rows), sandbox.url)
    assert {row.item["insert_id"]: row.item for row in sandbox.store.rows} == {
        row.insert_id: json.loads(row.payload) for row in rows
    }


def test_rows_appended_later_are_all_that_a_later_load_sends(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(100))
    run(path, sandbox.url)
    append(path, events(40, first=100))
    assert run(path, sandbox.url).delivered == 40
    assert len(sandbox.store.rows) == 140


@pytest.mark.parametrize("server", ["sandbox", "naming_first_only"])
def test_refused_rows_are_recorded_by_name_and_their_neighbours_delivered(
    tmp_path, server, request
):
    sandbox = request.getfixturevalue(server)
    rows = [event(number, users=1) for number in range(60)]
    for bad in (0, 7, 8, 31, 59):
        rows[bad] = spoiled(rows[bad], time="yesterday")
    rows[20] = spoiled(rows[20], session_id="text", time=1.5)
    path = build(tmp_path / "w.duckdb", rows)
    summary = run(path, sandbox.url)
    assert (summary.delivered, summary.rejected, summary.exit_code) == (54, 6, 3)
    refused = {0, 7, 8, 20, 31, 59}
    assert stored(sandbox) == [f"m-{n:06d}" for n in range(60) if n not in refused]
    recorded = ask(
        path,
        "select insert_id, message_id, field, status_code, position from "
        "amplitude.delivery_rejections order by insert_id",
    )
    assert [row[0] for row in recorded] == [f"m-{n:06d}" for n in sorted(refused)]
    assert all(row[1] == f"message-{row[0]}" for row in recorded)
    assert {row[2] for row in recorded} <= {"time", "session_id", "session_id, time"}
    assert {row[3] for row in recorded} == {400}
    assert states(path) == {"delivered": 54, "rejected": 6}
    told = ask(
        path,
        """
        select state, count(reason), count(field), count(request_id), count(server_upload_time),
          count(settled_at), count(case when reply like '%events_with_invalid_fields%' then 1 end)
        from amplitude.audit_deliveries group by state order by state
        """,
    )
    assert told == [("delivered", 0, 0, 54, 54, 54, 0), ("rejected", 6, 6, 6, 0, 6, 6)]
    assert run(path, sandbox.url).pending == 0


def test_a_refused_group_is_found_although_the_reply_names_none(tmp_path, sandbox):
    rows = [group(number) for number in range(20)]
    rows[6] = spoiled(rows[6], group_properties="not an object")
    path = build(tmp_path / "w.duckdb", rows)
    summary = run(path, sandbox.url)
    assert (summary.delivered, summary.rejected, summary.exit_code) == (19, 1, 3)
    assert len(sandbox.store.form_items) == 19
    found = ask(path, "select insert_id, reason from amplitude.delivery_rejections")
    assert found == [("g-6", "HTTP 400: invalid_event")]


def test_rows_of_other_id_lengths_go_in_requests_of_their_own(tmp_path, sandbox):
    short = json.dumps({"event_type": "e", "user_id": "ab", "time": now_ms(), "insert_id": "s-1"})
    rows = events(3, users=1)
    lane = rows[0].lane
    rows.insert(1, type(rows[0])("s-1", short, lane, event_time=now_ms(), min_id_length=1))
    path = build(tmp_path / "w.duckdb", rows)
    assert run(path, sandbox.url).delivered == 4
    counts = ask(path, "select row_count from amplitude.delivery_requests order by first_position")
    assert counts == [(1,), (1,), (2,)]


def test_a_refused_key_is_a_configuration_error_that_hides_the_key(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(50))
    other = "f" * 32
    with pytest.raises(ConfigurationError, match="AMPLITUDE_API_KEY") as caught:
        run(path, sandbox.url, api_key=SecretStr(other))
    assert sandbox.url in str(caught.value)
    assert other not in str(caught.value)
    assert states(path) == {"pending": 50}
    assert run(path, sandbox.url).delivered == 50


def test_old_events_are_sent_only_when_asked_to(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [*events(30, age_days=40), *events(10, first=30)])
    with pytest.raises(ConfigurationError, match=r"40 billable events .* 30 of them older"):
        run(path, sandbox.url)
    assert not sandbox.store.rows
    assert ask(path, "select count(*) from amplitude.delivery_runs") == [(0,)]
    assert run(path, sandbox.url, yes=True).delivered == 40


def test_since_passes_over_earlier_rows_and_the_ledger_shows_them(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [*events(30, age_days=40), *events(10, first=30)])
    since = parse_moment("--since", ask(path, "select (current_date - 10)::text")[0][0])
    summary = run(path, sandbox.url, since=since)
    assert (summary.delivered, summary.skipped, summary.left) == (10, 30, 0)
    assert stored(sandbox) == [f"m-{number:06d}" for number in range(30, 40)]
    assert states(path) == {"delivered": 10, "skipped": 30}
    assert run(path, sandbox.url).pending == 0


def test_until_leaves_later_rows_pending_and_nobodys_rows_overtake(tmp_path, sandbox):
    # Of lane 1 an early row stands behind a late one, as a second load appends it.
    late = events(10, first=30)
    early = events(20, age_days=40)
    other = [replace(row, lane=1) for row in (*late[:5], *events(5, first=50, age_days=40))]
    path = build(tmp_path / "w.duckdb", [*early, *late[5:], *other])
    until = parse_moment("--until", ask(path, "select (current_date - 10)::text")[0][0])
    summary = run(path, sandbox.url, until=until, yes=True)
    assert (summary.delivered, summary.pending) == (20, 20)
    assert stored(sandbox) == [f"m-{number:06d}" for number in range(20)]
    assert run(path, sandbox.url, yes=True).delivered == 15
    assert states(path) == {"delivered": 35}


def test_rows_for_an_unknown_endpoint_are_named_instead_of_left_behind(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [event(1), replace(event(2), endpoint="carrier-pigeon")])
    with pytest.raises(ConfigurationError, match="carrier-pigeon"):
        run(path, sandbox.url)


@pytest.mark.parametrize("text", ["2024-05-31", "2024-05-31T00:00:00Z", "2024-05-31T02:00+02:00"])
def test_since_is_read_as_utc(text):
    assert parse_moment("--since", text).timestamp() == 1_717_113_600


def test_since_must_be_a_date():
    with pytest.raises(ConfigurationError, match="2024-05-31"):
        parse_moment("--since", "last week")


def test_a_preview_counts_and_masks_and_sends_nothing(tmp_path, sandbox):
    rows = [
        spoiled(event(0), user_properties={"email": "a@example.com", "name": "Ann"}, ip="10.1.2.3"),
        *events(8, first=1),
        group(1),
    ]
    path = build(tmp_path / "w.duckdb", rows)
    with DuckDBWarehouse(path) as warehouse:
        masked = preview_load(warehouse, hasty(sandbox.url))
        plain = preview_load(warehouse, hasty(sandbox.url), show_values=True)
    assert (masked.rows, [kind.kind for kind in masked.kinds]) == (10, ["event", "group_identify"])
    everything = json.dumps(masked.payloads)
    assert not any(text in everything for text in ("a@example.com", "Ann", "10.1.2.3"))
    assert "group-1" in plain.payloads["groupidentify"][0]
    assert not sandbox.store.rows
    assert ask(path, "select count(*) from amplitude.delivery_runs") == [(0,)]


def test_a_load_of_nothing_is_a_completed_run(tmp_path):
    path = build(tmp_path / "w.duckdb", [])
    assert run(path, "http://127.0.0.1:9").exit_code == 0
    assert ask(path, "select outcome, requests from amplitude.delivery_runs") == [("completed", 0)]


def test_the_key_is_in_no_table_and_no_representation(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", [*events(20), spoiled(event(20), time="x"), group(0)])
    summary = run(path, sandbox.url)
    assert KEY not in repr(summary) + repr(hasty(sandbox.url))
    assert KEY.encode() not in Path(path).read_bytes()
    for table in ("runs", "requests", "rejections", "checkpoints"):
        assert KEY not in str(ask(path, f"from amplitude.delivery_{table}"))
