"""What `seg2amp status` tells, of a real load."""

import json

from command import run as command
from outbox import build, event, events, run
from scripted import Heard, Say, scripted


def test_status_tells_runs_states_who_waits_and_why_not(tmp_path, sandbox, monkeypatch, capsys):
    path = build(tmp_path / "w.duckdb", [*events(99, users=9), event(99, 9, time="soon")])

    def answer(heard: Heard) -> Say | None:
        if "user-0003" not in {row["user_id"] for row in heard.rows}:
            return None
        return Say(429, {"code": 429, "exceeded_daily_quota_users": {"user-0003": 500_001}})

    with scripted(answer, behind=sandbox.url) as server:
        run(path, server.url)
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(path))
    found = json.loads(command(capsys, "status", "--json").out)
    assert [one["outcome"] for one in found["runs"]] == ["stopped"]
    states = {one["state"]: one["rows"] for one in found["states"]}
    assert states == {"delivered": 88, "pending": 11, "rejected": 1}
    assert [(one["reason"], one["people"]) for one in found["waiting"]] == [("daily_quota", 1)]
    assert found["reasons"][0]["field"] == "time"
    shown = command(capsys, "status")
    assert shown.code == 0
    for words in ("last runs", "delivered", "daily_quota", "time"):
        assert words in shown.out
