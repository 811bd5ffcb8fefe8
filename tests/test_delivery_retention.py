"""What is old leaves the ledger; what it settled stays settled."""

from datetime import UTC, datetime

from outbox import KEY, append, ask, build, change, event, events, now_ms, run, states
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
