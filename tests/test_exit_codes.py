"""The exit codes of `seg2amp load`, each one brought about; the README's table is this one."""

import os
import re
import signal
import subprocess
import sys
import threading

import pytest

import outbox
from scripted import Say, in_turn, scripted
from seg2amp.sandbox.server import serving
from seg2amp.settings import REPOSITORY

LOAD = [sys.executable, "-c", "from seg2amp.cli import main; main()", "load", "--yes"]
RECENT = 0.1


def ended(path, url, *, number=None, heard=None):
    """Run `seg2amp load` as a process of its own; send it a signal when something was heard."""
    environment = os.environ | {
        "SEG2AMP_DUCKDB_PATH": str(path),
        "AMPLITUDE_API_KEY": outbox.KEY,
    }
    process = subprocess.Popen(
        [*LOAD, "--base-url", url], env=environment, stderr=subprocess.PIPE, text=True
    )
    if number is not None:
        assert heard.wait(timeout=60)
        process.send_signal(number)
    _, talk = process.communicate(timeout=60)
    assert outbox.KEY not in talk
    assert "Traceback" not in talk
    return process.returncode


def all_acknowledged(path):
    with serving() as sandbox:
        return ended(outbox.build(path, outbox.events(10)), sandbox.url)


def failed(path):
    lie = Say(body={"code": 200, "events_ingested": 0})
    with scripted(in_turn(*[lie] * 50)) as server:
        return ended(outbox.build(path, [outbox.event(1)]), server.url)


def configuration(path):
    refusal = Say(400, {"code": 400, "error": "Invalid API key: a***"})
    with scripted(in_turn(refusal)) as server:
        return ended(outbox.build(path, [outbox.event(1)]), server.url)


def rows_refused(path):
    bad = outbox.spoiled(outbox.event(1), time="yesterday")
    with serving() as sandbox:
        return ended(outbox.build(path, [bad, outbox.event(2)]), sandbox.url)


def out_of_reach(path):
    return ended(outbox.build(path, [outbox.event(1)]), "http://127.0.0.1:9")


def stopped_by(number):
    def scenario(path):
        heard, signalled = threading.Event(), threading.Event()

        def answer(_request):
            heard.set()
            signalled.wait(timeout=0.5)

        with scripted(answer) as server:
            rows = [outbox.event(n, users=400) for n in range(2_000)]
            return ended(outbox.build(path, rows), server.url, number=number, heard=heard)

    return scenario


SCENARIOS = {
    0: all_acknowledged,
    1: failed,
    2: configuration,
    3: rows_refused,
    75: out_of_reach,
    130: stopped_by(signal.SIGINT),
    143: stopped_by(signal.SIGTERM),
}


@pytest.mark.parametrize("code", SCENARIOS)
def test_load_ends_with(code, tmp_path):
    assert SCENARIOS[code](tmp_path / "warehouse.duckdb") == code


def test_the_readme_lists_these_codes():
    table = re.findall(r"^\| `(\d+)` \|", (REPOSITORY / "README.md").read_text(), re.MULTILINE)
    assert [int(code) for code in table] == list(SCENARIOS)
