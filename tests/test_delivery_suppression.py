"""Whoever comes onto the suppression list gets nothing sent any more, from the outbox neither."""

from outbox import append, ask, build, change, events, run, states


def test_pending_rows_of_a_suppressed_person_wait_until_they_are_listed_no_more(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(400, users=20))
    listed = "('user-0003', null, 'asked to be deleted', now()::timestamp)"
    change(path, f"insert into amplitude.amplitude_suppressions values {listed}")
    summary = run(path, sandbox.url)
    assert (summary.pending, summary.delivered, summary.exit_code) == (380, 380, 0)
    append(path, events(40, users=20, first=400))
    assert run(path, sandbox.url).delivered == 38
    assert states(path) == {"delivered": 418, "suppressed": 22}
    found = ask(
        path,
        "select distinct reason from amplitude.audit_deliveries where state = 'suppressed'",
    )
    assert found == [("asked to be deleted",)]
    assert "user-0003" not in {row.item["user_id"] for row in sandbox.store.rows}
    change(path, "delete from amplitude.amplitude_suppressions")
    summary = run(path, sandbox.url)
    assert (summary.pending, summary.delivered) == (22, 22)
    assert not sandbox.store.duplicates
    assert states(path) == {"delivered": 440}
