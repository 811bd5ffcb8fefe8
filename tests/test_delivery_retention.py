"""What is old leaves the ledger; what it settled stays settled."""

from datetime import UTC, datetime

import pytest

from outbox import KEY, append, ask, build, change, event, events, now_ms, run, states
from scripted import COMMIT_AND_CLOSE, scripted
from seg2amp.delivery import Patience
from seg2amp.errors import StoppedEarly
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

DAY = 86_400_000


def requests(path) -> int:
    return ask(path, "select count(*) from amplitude.delivery_requests")[0][0]


def test_old_requests_are_forgotten_and_every_row_keeps_its_state(tmp_path):
    rows = [*events(600, users=30), event(600, 30, time="soon")]
    path = build(tmp_path / "w.duckdb", rows)
    with serving(SandboxConfig(api_keys=frozenset({KEY}))) as sandbox:
        run(path, sandbox.url)
        append(path, events(60, users=30, first=601, age_days=4))
        earliest = datetime.fromtimestamp((now_ms() - 2 * DAY) / 1000, UTC)
        assert run(path, sandbox.url, since=earliest).skipped == 60
        for first in (661, 761):
            append(path, events(100, users=30, first=first))
            run(path, sandbox.url)
        change(path, "update amplitude.delivery_requests set sent_at = sent_at - interval 30 day")
        change(
            path, "update amplitude.delivery_runs set finished_at = finished_at - interval 30 day"
        )
        append(path, events(100, users=30, first=861))
        before, had = states(path), requests(path)
        kept = ask(path, "select insert_id, state from amplitude.audit_deliveries order by all")
        summary = run(path, sandbox.url, keep_days=20, time_limit=0)
        assert summary.delivered == 0
        assert requests(path) < had
        assert states(path) == before
        found = ask(path, "select insert_id, state from amplitude.audit_deliveries order by all")
        assert found == kept
        change(path, "delete from amplitude.delivery_checkpoints")
        assert run(path, sandbox.url).pending == 100
        assert not sandbox.store.duplicates
    assert states(path) == {"delivered": 900, "rejected": 1, "skipped": 60}
    again = requests(path)
    with serving(SandboxConfig(api_keys=frozenset({KEY}))) as sandbox:
        run(path, sandbox.url, keep_days=20)
    assert requests(path) == again


def test_rows_in_doubt_stay_so_while_their_person_is_suppressed(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(5, users=1))
    with scripted(lambda _: COMMIT_AND_CLOSE, behind=sandbox.url) as server:
        hasty = Patience(first_wait=0.01, longest_wait=0.02, give_up_after=0.05)
        with pytest.raises(StoppedEarly):
            run(path, server.url, patience=hasty)
    change(path, "update amplitude.delivery_requests set sent_at = sent_at - interval 30 day")
    listed = "('user-0000', null, 'asked', now()::timestamp)"
    change(path, f"insert into amplitude.amplitude_suppressions values {listed}")
    assert run(path, sandbox.url, keep_days=8).pending == 0
    change(path, "delete from amplitude.amplitude_suppressions")
    summary = run(path, sandbox.url, keep_days=8)
    assert (summary.delivered, summary.held) == (0, 5)
    # Once they are held, nothing is in doubt.
    run(path, sandbox.url, keep_days=8)
    assert ask(path, "select distinct outcome from amplitude.delivery_requests") == [("held",)]
