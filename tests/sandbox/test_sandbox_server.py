"""Serving: the port, its errors, the end of it, and the sandbox's own endpoints."""

import os
import signal
import subprocess
import sys

import httpx
import pytest

from sandbox_client import NOW, event
from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import run, serving

FOREGROUND = """
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import run
run(SandboxConfig(), announce=lambda url: print(url, flush=True))
"""


def test_a_port_in_use_is_one_line_that_says_what_to_do():
    with serving() as served:
        port = int(served.url.rpartition(":")[2])
        with pytest.raises(ConfigurationError) as caught:
            run(SandboxConfig(port=port), announce=pytest.fail)
    message = str(caught.value)
    assert str(port) in message
    assert "--port" in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        ({"port": 70_000}, "70000"),
        ({"region": "mars"}, "mars"),
        ({"mode": "kind"}, "kind"),
        ({"refused_warnings": frozenset({"reserved_id"})}, "reserved_id"),
    ],
    ids=["port", "region", "mode", "rule"],
)
def test_what_cannot_be_chosen_is_named(choice, named):
    with pytest.raises(ConfigurationError, match=named):
        SandboxConfig(**choice)


def test_the_port_is_free_again_and_nothing_is_left_of_the_store():
    with serving() as first:
        httpx.post(f"{first.url}/batch", json={"api_key": "key", "events": [event()]})
        port = int(first.url.rpartition(":")[2])
    with serving(SandboxConfig(port=port)) as second:
        assert second.url == first.url
        assert second.store.rows == []
    assert len(first.store.rows) == 1


def test_ctrl_c_ends_the_foreground_server_quietly():
    process = subprocess.Popen(
        [sys.executable, "-c", FOREGROUND],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
        text=True,
    )
    url = process.stdout.readline().strip()
    assert url.startswith("http://127.0.0.1:")
    assert httpx.get(f"{url}/_sandbox/summary").json()["stored"] == 0
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=15)
    assert (process.returncode, output, errors) == (0, "", "")


def test_the_summary_counts_requests_rows_and_rules(sandbox):
    sandbox.upload([event(), event(), event(insert_id="2", messageId="m")])
    sandbox.upload([event(time="now"), event(time=0), event(time=0)], path="/2/httpapi")
    sandbox.upload([], path="/2/httpapi")
    sandbox.form("/usermap", "{")
    summary = sandbox.shown("summary")
    assert summary["requests"] == {
        "/2/httpapi": {"200": 1, "400": 1},
        "/batch": {"200": 1},
        "/usermap": {"400": 1},
    }
    assert (summary["stored"], summary["duplicates"], summary["users"]) == (2, 1, 1)
    counts = {rule["rule"]: rule["count"] for rule in summary["rejected"]}
    assert counts == {"out_of_time": 2, "not_epoch_ms": 1, "missing_items": 1}
    labels = {rule["rule"]: rule["documented"] for rule in summary["rejected"]}
    assert labels == {"out_of_time": False, "not_epoch_ms": True, "missing_items": True}
    assert [rule["rule"] for rule in summary["warnings"]] == ["unknown_key"]


def test_reset_forgets_everything(sandbox):
    sandbox.upload([event()])
    sandbox.form("/usermap", {"user_id": "user-1", "global_user_id": "person-1"})
    empty = sandbox.http.post("/_sandbox/reset")
    assert empty.json() == {"reset": True}
    assert sandbox.shown("summary")["requests"] == {}
    assert sandbox.shown("users") == sandbox.shown("user_maps") == sandbox.shown("events") == []
    sandbox.upload([event()])
    assert len(sandbox.store.rows) == 1


def test_the_clock_goes_forward_and_back_with_a_reset(sandbox):
    assert sandbox.shown("clock") == {"now": NOW, "ahead_ms": 0}
    forward = sandbox.http.post("/_sandbox/clock", json={"advance_ms": 90_000})
    assert forward.json() == {"now": NOW + 90_000, "ahead_ms": 90_000}
    assert sandbox.upload([event()]).json()["server_upload_time"] == NOW + 90_000
    sandbox.http.post("/_sandbox/reset")
    assert sandbox.shown("clock")["now"] == NOW


@pytest.mark.parametrize("step", [{}, {"advance_ms": -1}, {"advance_ms": "1"}, {"ms": 1}], ids=str)
def test_a_step_of_the_clock_is_a_number_of_milliseconds(sandbox, step):
    reply = sandbox.http.post("/_sandbox/clock", json=step)
    assert (reply.status_code, "advance_ms" in reply.json()["error"]) == (400, True)
    assert sandbox.shown("clock")["ahead_ms"] == 0
