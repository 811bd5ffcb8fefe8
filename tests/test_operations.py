"""`seg2amp run`, and what a load tells whoever was not watching: log, summary file, metrics."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest

import outbox
from command import run
from scripted import Say, in_turn, scripted
from seg2amp.delivery import LoadSummary
from seg2amp.operations import Operation
from seg2amp.sandbox.server import serving
from seg2amp.settings import REPOSITORY

LOADER = REPOSITORY / "loader" / "seg2amp"
NOBODY = "http://127.0.0.1:9"
LOAD = ("load", "--yes")
STATES = ["pending", "delivered", "rejected", "skipped", "held", "left"]


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", outbox.KEY)


@pytest.fixture
def seeds(seeds_warehouse, warehouse_path, key):
    """Give a copy of the built seeds, which a run may build again."""
    shutil.copy(seeds_warehouse, warehouse_path)
    return warehouse_path


def samples(path) -> dict[str, float]:
    """Read a file of metrics as a collector does: each name is typed before its samples."""
    found, typed = {}, set()
    for line in path.read_text().splitlines():
        if line.startswith("# TYPE "):
            typed.add(line.split()[2])
        elif not line.startswith("# "):
            name, value = re.fullmatch(r"(\w+(?:\{[^}]*\})?) (\S+)", line).groups()
            assert name.partition("{")[0] in typed
            found[name] = float(value)
    return found


def test_run_builds_and_loads_and_says_one_line_of_each(capsys, seeds, sandbox, tmp_path):
    summary, metrics = tmp_path / "made" / "s.json", tmp_path / "made" / "m.prom"
    files = ("--summary", str(summary), "--metrics", str(metrics))
    ended = run(capsys, "run", "--tests", "none", "--yes", "--base-url", sandbox.url, *files)
    assert (ended.code, ended.out) == (0, "")
    talk = [line for line in ended.err.splitlines() if not line.startswith("seg2amp load: ")]
    assert [line.split()[0] for line in talk] == ["built", "loaded"]
    told = json.loads(summary.read_text())
    assert (told["command"], told["outcome"], told["exit_code"]) == ("run", "completed", 0)
    assert told["build"]["models"] > 20
    assert told["rows"]["delivered"] == told["rows"]["pending"] > 0
    assert outbox.states(seeds) == {"delivered": told["rows"]["delivered"]}
    assert outbox.ask(seeds, "select run_id from amplitude.delivery_runs") == [(told["run_id"],)]
    assert samples(metrics)['seg2amp_seconds{part="build"}'] == pytest.approx(
        told["build"]["seconds"], abs=0.001
    )


def test_a_build_that_fails_stops_before_the_load(capsys, seeds, sandbox, tmp_path):
    summary = tmp_path / "s.json"
    wrong = ("--set", "trak_pages=true", "--summary", str(summary))
    ended = run(capsys, "run", "--yes", "--base-url", sandbox.url, *wrong)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    told = json.loads(summary.read_text())
    assert (told["outcome"], told["exit_code"], told["build"]) == ("failed", 2, None)
    assert "`trak_pages`" in told["error"]
    assert not sandbox.store.rows
    assert outbox.ask(seeds, "select count(*) from amplitude.delivery_runs") == [(0,)]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        pytest.param((), "AMPLITUDE_API_KEY is not set", id="no key"),
        pytest.param(("--target", "postgres"), "`postgres`", id="a warehouse that is not read"),
        pytest.param(("--since", "yesterday"), "`--since yesterday`", id="no date"),
        pytest.param(("--base-url", "nonsense"), "`--base-url` must be", id="no address"),
    ],
)
def test_run_builds_nothing_that_it_could_not_load(
    capsys, warehouse_path, monkeypatch, option, words
):
    if option:
        monkeypatch.setenv("AMPLITUDE_API_KEY", outbox.KEY)
    ended = run(capsys, "run", *option)
    assert ended.code == 2
    assert words in ended.err
    assert not warehouse_path.exists()


HOLDER = """
import sys
import duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("command", ["build", "run"])
def test_a_second_build_ends_with_75_and_names_the_holder(capsys, seeds, command):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(seeds)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        ended = run(capsys, command, "--tests", "none")
        holder.stdin.close()
    assert ended.code == 75
    assert f"process {holder.pid}" in ended.err
    assert ended.err.count("\n") == 1


def test_a_json_log_is_json_line_by_line(capsys, seeds):
    told = ("--tests", "data", "--yes", "--log-format", "json")
    busy = Say(429, {"error": "Too many"}, {"retry-after": "0"})
    with serving() as sandbox, scripted(in_turn(busy), behind=sandbox.url) as server:
        ended = run(capsys, "run", *told, "--base-url", server.url)
    lines = [json.loads(line) for line in ended.err.splitlines()]
    assert (ended.code, ended.out) == (0, "")
    events = [line["event"] for line in lines]
    assert events == [
        "build_started",
        "build_finished",
        "load_started",
        "load_note",
        "load_progress",
        "load_finished",
    ]
    (run_id,) = {line["run_id"] for line in lines}
    assert outbox.ask(seeds, "select run_id from amplitude.delivery_runs") == [(run_id,)]
    assert all(datetime.fromisoformat(line["time"]).utcoffset() is not None for line in lines)
    assert "HTTP 429: Too many" in lines[3]["message"]
    assert lines[4]["done"] == lines[4]["rows"] == lines[5]["delivered"]
    assert lines[5]["exit_code"] == 0


def test_an_error_is_one_line_of_json_with_its_exit_code(capsys, warehouse_path, key, monkeypatch):
    monkeypatch.setenv("SEG2AMP_LOG_FORMAT", "json")
    outbox.build(warehouse_path, [outbox.event(1)])
    ended = run(capsys, *LOAD, "--base-url", NOBODY)
    last = json.loads(ended.err.splitlines()[-1])
    assert (last["event"], last["level"], last["exit_code"]) == ("error", "error", 75)
    assert ended.code == 75
    assert "is unreachable" in last["message"]


def test_a_log_format_that_is_none_is_named(capsys, warehouse_path, key):
    ended = run(capsys, *LOAD, "--log-format", "xml")
    assert ended.code == 2
    assert "`--log-format xml`" in ended.err


def refuse_all(request):
    return Say(400, {"code": 400, "error": "Invalid API key: a***"})


def test_the_summary_tells_of_a_load_that_failed_half_way(capsys, warehouse_path, key, tmp_path):
    outbox.build(warehouse_path, outbox.events(10, users=1))
    outbox.append(warehouse_path, [outbox.group(1)])
    summary, metrics = tmp_path / "s.json", tmp_path / "m.prom"

    def answer(request):
        return refuse_all(request) if request.path == "/groupidentify" else None

    with scripted(answer) as server:
        files = ("--summary", str(summary), "--metrics", str(metrics))
        ended = run(capsys, *LOAD, "--base-url", server.url, *files)
    told = json.loads(summary.read_text())
    assert ended.code == told["exit_code"] == 2
    assert told["outcome"] == "failed"
    assert told["error"] in ended.err
    batch = [told["endpoints"]["batch"][state] for state in STATES]
    groups = [told["endpoints"]["groupidentify"][state] for state in STATES]
    assert (batch, groups) == ([10, 10, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1])
    assert told["requests_by_outcome"] == {"delivered": 1, "fatal": 1}
    assert told["bytes"] > 0
    assert told["started_at"] < told["finished_at"]
    found = samples(metrics)
    assert found['seg2amp_rows{endpoint="batch",state="delivered"}'] == 10
    assert found['seg2amp_rows{endpoint="groupidentify",state="left"}'] == 1
    assert found['seg2amp_requests{outcome="fatal"}'] == 1
    assert found["seg2amp_exit_code"] == 2
    assert "seg2amp_last_success_timestamp_seconds" not in found


def test_the_last_success_outlives_a_failure(capsys, warehouse_path, key, tmp_path, sandbox):
    outbox.build(warehouse_path, [outbox.event(1), outbox.spoiled(outbox.event(2), time="never")])
    metrics = tmp_path / "m.prom"
    first = run(capsys, *LOAD, "--base-url", sandbox.url, "--metrics", str(metrics))
    success = samples(metrics)["seg2amp_last_success_timestamp_seconds"]
    outbox.append(warehouse_path, [outbox.event(3)])
    second = run(capsys, *LOAD, "--base-url", NOBODY, "--metrics", str(metrics))
    found = samples(metrics)
    assert (first.code, second.code) == (3, 75)
    assert found["seg2amp_last_success_timestamp_seconds"] == success
    assert found["seg2amp_last_run_timestamp_seconds"] > success
    assert sorted(path.name for path in tmp_path.iterdir() if "prom" in path.name) == ["m.prom"]


def test_a_file_that_cannot_be_written_is_an_error(capsys, warehouse_path, key, sandbox):
    outbox.build(warehouse_path, [outbox.event(1)])
    place = warehouse_path / "s.json"
    ended = run(capsys, *LOAD, "--base-url", sandbox.url, "--summary", str(place))
    assert ended.code == 1
    assert "seg2amp: cannot write" in ended.err
    assert outbox.states(warehouse_path) == {"delivered": 1}


def test_sigterm_while_dbt_builds_ends_the_run_and_the_next_one_does_the_work(
    capsys, seeds, sandbox, tmp_path
):
    summary = tmp_path / "s.json"
    options = ["--tests", "none", "--yes", "--base-url", sandbox.url, "--summary", str(summary)]
    command = [sys.executable, "-c", "from seg2amp.cli import main; main()", "run", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not seeds.with_name(f"{seeds.name}.wal").exists():
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, talk = process.communicate(timeout=60)
    assert process.returncode == 143
    assert talk.startswith("seg2amp: stopped by SIGTERM while dbt was building")
    assert talk.count("\n") == 1
    told = json.loads(summary.read_text())
    assert (told["outcome"], told["exit_code"]) == ("stopped", 143)
    assert run(capsys, "run", *options).code == 0
    assert set(outbox.states(seeds)) == {"delivered"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_before_anything_is_sent_is_told_like_any_other_end(capsys, tmp_path, number):
    summary = tmp_path / "s.json"
    operation = Operation("load", summary=summary)

    def about_to_begin(**_: object) -> LoadSummary:
        signal.raise_signal(number)
        raise AssertionError("the signal came too late")

    assert operation.perform(lambda: operation.load(about_to_begin)) == 128 + number
    assert f"stopped by {number.name} while the load was about to begin" in capsys.readouterr().err
    told = json.loads(summary.read_text())
    assert (told["outcome"], told["exit_code"]) == ("stopped", 128 + number)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_the_page_lists_the_keys_the_events_and_the_metrics(
    capsys, warehouse_path, key, tmp_path, sandbox
):
    outbox.build(warehouse_path, [outbox.event(1)])
    summary, metrics = tmp_path / "s.json", tmp_path / "m.prom"
    options = ("--base-url", sandbox.url, "--summary", str(summary), "--metrics", str(metrics))
    ended = run(capsys, *LOAD, "--log-format", "json", *options)
    assert listed("The summary file") == list(json.loads(summary.read_text()))
    assert listed("Metrics") == list(dict.fromkeys(n.partition("{")[0] for n in samples(metrics)))
    documented = listed("JSON logs")
    assert {json.loads(line)["event"] for line in ended.err.splitlines()} <= set(documented)
    code = [*(LOADER / "delivery").glob("*.py"), *(LOADER / "operations").glob("*.py")]
    said = "".join(path.read_text() for path in code)
    assert [event for event in documented if f'"{event}"' not in said] == []


def listed(section: str) -> list[str]:
    """Give the words of the first column of the table in a section of the page."""
    page = (REPOSITORY / "docs" / "operations.md").read_text()
    text = page.partition(f"## {section}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`(\w+)`", cell)]
