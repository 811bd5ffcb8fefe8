"""The benchmarks run, and what they print adds up."""

import json
import subprocess
import sys

import pytest

from seg2amp.settings import REPOSITORY


@pytest.mark.full
def test_the_incremental_one_prints_its_tables_and_one_line_of_json(tmp_path, monkeypatch):
    # It reads what dbt writes of each build.
    monkeypatch.delenv("DBT_WRITE_JSON")
    script = REPOSITORY / "benchmarks" / "incremental.py"
    ended = subprocess.run(
        [sys.executable, script, "--messages", "2000"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(ended.stdout)
    full, new, nothing = (told[name] for name in ("full", "new", "nothing"))
    landed = [landing["messages"] for landing in told["landings"]]
    assert sum(landed) == told["messages"] == 2_000
    assert told["share_new"] == landed[1] / 2_000
    assert told["ratio_new"] == new["model_seconds"] / full["model_seconds"]
    for build in (full, new, nothing):
        assert sum(build["models"].values()) == pytest.approx(build["model_seconds"])
        assert 0 < build["rendering_seconds"] < build["seconds"]
        assert 0 < build["dbt_seconds"] < build["seconds"]
    assert full["rows"]["amplitude_outbox"] < new["rows"]["amplitude_outbox"]
    assert new["rows"] == nothing["rows"]
    assert "new messages cost" in ended.stderr
