"""The benchmarks run, and what they print adds up."""

import json
import subprocess
import sys

import pytest

from seg2amp.settings import REPOSITORY

WITHOUT_OUTBOX, OUTBOX = "models' SQL without the outbox", "models' SQL, the outbox"
ALL_TOGETHER, WHOLE = "models' SQL, all together", "the whole process"


@pytest.mark.full
def test_the_incremental_one_prints_its_tables_and_one_line_of_json(tmp_path):
    script = REPOSITORY / "benchmarks" / "incremental.py"
    ended = subprocess.run(
        [sys.executable, script, "--messages", "2000", "--against", REPOSITORY, "--raw-json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(ended.stdout)
    landed = [landing["messages"] for landing in told["landings"]]
    assert sum(landed) == told["messages"] == 2_000
    assert told["share_new"] == landed[1] / 2_000
    here, against = told["checkouts"]
    for checkout in (here, against):
        adds_up(checkout)
    for stage in ("full", "+1 %", "nothing new", "raw JSON"):
        assert here[stage]["rows"] == against[stage]["rows"]
    assert "new messages cost" in ended.stderr
    assert max(map(len, ended.stderr.splitlines())) <= 100


def adds_up(checkout):
    stages = ("full", "+1 %", "nothing new", "raw JSON")
    full, new, nothing, raw = (checkout[stage] for stage in stages)
    model_seconds = [build["parts"][ALL_TOGETHER]["wall"] for build in (full, new)]
    assert checkout["ratio_new"] == model_seconds[1] / model_seconds[0]
    for build in (full, new, nothing, raw):
        for clock in ("wall", "cpu"):
            parts = {name: cost[clock] for name, cost in build["parts"].items()}
            models = sum(cost[clock] for cost in build["models"].values())
            assert models == pytest.approx(parts[ALL_TOGETHER])
            assert models == pytest.approx(parts.pop(WITHOUT_OUTBOX) + parts.pop(OUTBOX))
            assert sum(parts.values()) == pytest.approx(2 * parts[WHOLE])
            assert 0 < parts["dbt's own"] < parts[WHOLE]
        assert 0 < build["rendering_seconds"] < build["whole"]["wall"]
        assert 0 < build["dbt_seconds"] < build["whole"]["wall"]
        assert build["blocks"]["amplitude.amplitude_outbox"] > 0
    assert full["rows"]["amplitude_outbox"] < new["rows"]["amplitude_outbox"]
    assert new["rows"] == nothing["rows"]
