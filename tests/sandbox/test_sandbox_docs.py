"""docs/sandbox.md says what there is, and its examples do what it says."""

import gzip
import json
import re
import subprocess
import sys
from contextlib import contextmanager

import httpx
import pytest

from command import run
from sandbox_client import event
from seg2amp.sandbox import catalogue
from seg2amp.sandbox.app import create_app
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fault_plan import FaultPlan
from seg2amp.sandbox.state import Sandbox
from seg2amp.settings import REPOSITORY

PAGE = (REPOSITORY / "docs" / "sandbox.md").read_text()
NAMED = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))
START = "from seg2amp.cli import main; main()"


def example(language):
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return text


@contextmanager
def command(*arguments):
    """Serve by the command line, and give a client."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, "sandbox", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), url
        with httpx.Client(base_url=url) as http:
            yield http
    finally:
        process.terminate()
        process.communicate(timeout=15)


def test_the_plan_does_what_the_page_says(tmp_path):
    path, journal = tmp_path / "plan.json", tmp_path / "journal.jsonl"
    path.write_text(example("json"))

    def outcome(number):
        sent = event(insert_id=f"insert-{number}", time=1_768_478_400_000)
        try:
            return http.post("/batch", json={"api_key": "key", "events": [sent]}).status_code
        except httpx.NetworkError:
            return "reset"

    with command("--faults", str(path), "--journal", str(journal)) as http:
        assert [outcome(number) for number in range(9)] == [
            *(200, 200, "reset", 200, 200, 503, 503, "reset", 200),
        ]
        assert len(http.get("/_sandbox/events").json()) == 7
        rules = http.get("/_sandbox/faults").json()["rules"]
        assert [rule["hits"] for rule in rules] == [2, 2, 0]
        crowd = [
            event(insert_id=f"crowd-{number}", user_id=f"user-{number}", device_id=...)
            for number in range(1_000)
        ]
        upload = {"api_key": "key", "events": crowd}
        throttled = http.post("/batch", json=upload).json()["throttled_users"]
        assert 5 <= len(throttled) <= 40
        http.post("/_sandbox/clock", json={"advance_ms": 60_000})
        assert http.post("/batch", json=upload).status_code == 200
    assert len(journal.read_text().splitlines()) == 11


def test_the_modes_and_rules_of_the_command_line_hold():
    options = ("--mode", "lenient", "--refuse", "unknown_key", "--wire-bytes", "--region", "eu")
    with command(*options) as http:
        summary = http.get("/_sandbox/summary").json()
        assert (summary["mode"], summary["region"]) == ("lenient", "eu")
        odd = {"api_key": "key", "events": [event(time=0)]}
        assert http.post("/batch", json=odd).status_code == 200
        unknown = {"api_key": "key", "events": [event(messageId="m")]}
        assert http.post("/batch", json=unknown).status_code == 400
        packed = gzip.compress(json.dumps(odd).encode() + b" " * 1_000_000)
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        assert http.post("/2/httpapi", content=packed, headers=headers).status_code == 200


def test_the_python_example_does_what_the_page_says():
    names = {}
    exec(example("python"), names)
    assert (names["replies"], names["stored"]) == ([503, 200, 200], 1)


def test_every_endpoint_of_ours_is_on_the_page_and_no_other():
    routes = create_app(Sandbox(SandboxConfig())).routes
    ours = {route.path for route in routes if route.path.startswith("/_sandbox")}
    assert ours == set(re.findall(r"/_sandbox/\w+", PAGE.split("## Its own endpoints")[1]))
    apis = {route.path for route in routes} - ours - {"/"}
    assert all(path.split("/{")[0] in PAGE for path in apis)


def test_every_fault_and_key_is_on_the_page():
    schema = FaultPlan.model_json_schema()["$defs"]
    faults = [fault for fault in schema.values() if "fault" in fault.get("properties", {})]
    assert len(faults) == 16
    for fault in faults:
        assert fault["properties"]["fault"]["const"] in NAMED
        assert fault["properties"].keys() - {"fault"} <= NAMED


def test_every_rule_of_ours_is_on_the_page():
    ours = {rule.name for rule in catalogue.rules() if not rule.documented}
    table = PAGE.split("wherever the sandbox\nshows it:")[1].split("## ")[0]
    known = {rule.name for rule in catalogue.rules()}
    assert ours == known & set(re.findall(r"`(\w+)`", table))


def test_every_rule_says_whether_it_is_documented():
    for rule in catalogue.rules():
        told = rule.as_json()
        assert told["documented"] is rule.documented
        assert ("not documented by Amplitude" in told["text"]) is not rule.documented


def test_every_option_is_on_the_page(capsys):
    listed = run(capsys, "sandbox", "--help").out
    options = set(re.findall(r"--[a-z][a-z-]+", listed)) - {"--help", "--gzip", "--port"}
    assert options <= set(re.findall(r"--[a-z][a-z-]+", PAGE))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        pytest.param(("--faults", "{plan}"), "evry", id="plan"),
        pytest.param(("--faults", "{nowhere}"), "nowhere", id="no-plan"),
        pytest.param(("--journal", "{nowhere}/x"), "nowhere", id="journal"),
        pytest.param(("--secret-key", "only-a-key"), "KEY:SECRET", id="secret"),
        pytest.param(("--mode", "kind"), "kind", id="mode"),
        pytest.param(("--refuse", "reserved_id"), "reserved_id", id="rule"),
    ],
)
def test_what_cannot_be_used_ends_with_exit_code_2(capsys, tmp_path, arguments, named):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"rules": [{"fault": "silence", "evry": 2}]}))
    filled = [text.format(plan=plan, nowhere=tmp_path / "nowhere") for text in arguments]
    ended = run(capsys, "sandbox", "--port", "0", *filled)
    assert (ended.code, named in ended.err) == (2, True)
