"""The journal: a line for each request, without what was sent and without the key."""

import json

import httpx
import pytest

from sandbox_client import API_KEY, NOW, client_of, event
from seg2amp.errors import ConfigurationError
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.journal import KEPT
from seg2amp.sandbox.server import serving


def test_an_accepted_request_is_entered_with_what_became_of_it(sandbox):
    sandbox.upload([event(), event(), event(insert_id="insert-2")])
    (entry,) = sandbox.shown("journal")
    assert entry.pop("bytes") > 100
    assert entry == {
        "time": NOW,
        "method": "POST",
        "endpoint": "/batch",
        "project": "0123***",
        "status": 200,
        "request": 1,
        "items": 3,
        "duplicates": 1,
        "dropped_updates": {},
        "rules": [],
        "faults": [],
    }


def test_refusals_are_entered_with_their_rules_and_labels(sandbox):
    sandbox.upload([event(time=0), event(event_type=""), event(time=0)])
    sandbox.form("/identify", "{")
    sandbox.http.post("/nowhere")
    sandbox.http.get("/batch")
    first, second, third, fourth = sandbox.shown("journal")
    assert [(rule["rule"], rule["documented"]) for rule in first["rules"]] == [
        ("out_of_time", False),
        ("missing_field", True),
    ]
    assert "not documented by Amplitude" in first["rules"][0]["text"]
    assert (first["status"], first["request"], first["items"]) == (400, None, 3)
    assert (second["endpoint"], second["status"]) == ("/identify", 400)
    assert (third["endpoint"], third["status"]) == ("another path", 404)
    assert (fourth["endpoint"], fourth["method"], fourth["status"]) == ("/batch", "GET", 405)


def test_faults_are_entered_and_a_reset_has_no_status(sandbox):
    rules = [
        {"fault": "delay", "seconds": 0},
        {"fault": "reset_after_commit", "times": 1},
        {"fault": "status", "status": 503, "after": 1},
    ]
    sandbox.http.put("/_sandbox/faults", json={"rules": rules})
    with pytest.raises(httpx.NetworkError):
        sandbox.upload([event()])
    sandbox.upload([event()])
    reset, unavailable = sandbox.shown("journal")
    assert (reset["status"], reset["request"], reset["items"]) == (None, 1, 1)
    assert reset["faults"] == [
        {"rule": 0, "fault": "delay"},
        {"rule": 1, "fault": "reset_after_commit"},
    ]
    assert (unavailable["status"], unavailable["request"]) == (503, None)
    assert unavailable["faults"][1] == {"rule": 2, "fault": "status"}


def test_the_file_has_every_line_and_memory_the_latest(tmp_path):
    path = tmp_path / "journal.jsonl"
    with serving(SandboxConfig(journal=path)) as served, client_of(served).http as http:
        for _ in range(3):
            http.post("/batch", json={"api_key": API_KEY, "events": [event()]})
        shown = http.get("/_sandbox/journal").json()
        assert served.sandbox.journal.entries.maxlen == KEPT
        http.post("/_sandbox/reset")
        assert http.get("/_sandbox/journal").json() == []
        http.post("/batch", content="")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[:3] == shown
    assert [line["status"] for line in lines] == [200, 200, 200, 400]


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    config = SandboxConfig(journal=tmp_path / "nowhere" / "journal.jsonl")
    with pytest.raises(ConfigurationError, match="nowhere"), serving(config):
        pass


def test_the_key_is_shown_nowhere(tmp_path):
    path = tmp_path / "journal.jsonl"
    with serving(SandboxConfig(journal=path)) as served:
        sandbox = client_of(served)
        with sandbox.http:
            sandbox.upload([event(), event(time=0)])
            sandbox.upload([event()])
            sandbox.upload(5)
            sandbox.form("/identify", {"user_id": "user-1"})
            sandbox.http.get("/usermap", params={"api_key": API_KEY, "mapping": "{}"})
            sandbox.http.get(f"/{API_KEY}")
            deletion = {"user_ids": ["user-1"]}
            sandbox.http.post("/api/2/deletions/users", json=deletion, auth=(API_KEY, "secret-1"))
            sandbox.http.put("/_sandbox/faults", json={"rules": [{"fault": "silence"}]})
            names = "events duplicates users groups user_maps identifies journal summary faults "
            names += "deletions clock"
            shown = [sandbox.http.get(f"/_sandbox/{name}") for name in names.split()]
            shown.append(sandbox.http.get("/"))
    assert all(reply.status_code == 200 for reply in shown)
    assert not [reply.url for reply in shown if API_KEY in reply.text or "secret-1" in reply.text]
    assert API_KEY not in path.read_text()
