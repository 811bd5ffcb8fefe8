"""Asking Amplitude to delete users: what is sent, what comes of each reply, what is never told."""

import base64
import json
from datetime import date

import httpx
import pytest
from pydantic import SecretStr

from command import run as command
from outbox import KEY
from scripted import CERTIFICATE, CLOSE, Heard, Say, in_turn, scripted
from seg2amp.delivery import DeletedUser, DeletionJob, DeletionSettings, Patience, delete_users
from seg2amp.delivery.deletion import HOSTS, REQUESTS_PER_SECOND
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving
from tracebacks import told_of

SECRET = "fedcba9876543210fedcba9876543210"
LOGIN = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
NO_HURRY = Patience(first_wait=60, give_up_after=600)


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def asked(heard: Heard) -> dict:
    return json.loads(heard.body)


def planned(heard: Heard) -> Say:
    """Answer as Amplitude documents it: one job for all users of the request."""
    users = [
        {
            "amplitude_id": 1_000 + number,
            "user_id": user,
            "requester": asked(heard).get("requester", ""),
            "requested_on_day": "2026-01-05",
        }
        for number, user in enumerate(asked(heard)["user_ids"])
    ]
    return Say(body={"day": "2026-01-15", "status": "staging", "amplitude_ids": users})


def delete(url: str, ids: list[str], **more: object):
    patience = Patience(first_wait=0.01, longest_wait=0.05, give_up_after=5)
    given = {"api_key": SecretStr(KEY), "secret_key": SecretStr(SECRET), "base_url": url}
    return delete_users(ids, DeletionSettings(**(given | {"patience": patience} | more)))


def test_a_deleted_user_is_somebody_new_to_the_sandbox():
    config = SandboxConfig(api_keys=frozenset({KEY}), secret_keys={KEY: SECRET})
    with serving(config) as sandbox:
        person = {"event_type": "Seen", "user_id": "anna-1", "insert_id": "m-1"}
        upload = {"api_key": KEY, "events": [person]}
        httpx.post(f"{sandbox.url}/batch", json=upload).raise_for_status()
        deletion = delete(sandbox.url, ["anna-1", "nobody-1"], ignore_invalid_id=True)
        (job,) = deletion.jobs
        assert [user.user_id for user in job.amplitude_ids] == ["anna-1"]
        with pytest.raises(Seg2ampError):
            delete(sandbox.url, ["nobody-2"])
        with pytest.raises(ConfigurationError, match="AMPLITUDE_SECRET_KEY"):
            delete(sandbox.url, ["anna-1"], secret_key=SecretStr("wrong" * 6))


def test_the_hosts_are_those_of_the_analytics_api():
    assert HOSTS == {
        "north_america": "https://amplitude.com",
        "europe": "https://analytics.eu.amplitude.com",
    }
    assert REQUESTS_PER_SECOND == 1


def test_a_request_has_the_login_and_the_ids_and_the_job_comes_back():
    with scripted(planned) as server:
        deletion = delete(server.url, ["anna-1", "emil-1", "anna-1"], requester="me@shop.example")
    (request,) = server.heard
    assert request.path == "/api/2/deletions/users"
    assert request.authorization == f"Basic {LOGIN}"
    assert asked(request) == {
        "user_ids": ["anna-1", "emil-1"],
        "include_mapped_user_ids": "True",
        "requester": "me@shop.example",
    }
    day = date(2026, 1, 5)
    users = tuple(
        DeletedUser(1_000 + number, day, "me@shop.example", user)
        for number, user in enumerate(["anna-1", "emil-1"])
    )
    assert deletion.jobs == (DeletionJob(date(2026, 1, 15), "staging", users),)
    assert (deletion.requests, deletion.invalid_ids) == (1, ())


def test_flags_are_the_words_that_amplitude_takes():
    with scripted(planned) as server:
        delete(server.url, ["anna-1"], ignore_invalid_id=True, delete_from_org=True)
    said = asked(server.heard[0])
    assert (said["ignore_invalid_id"], said["delete_from_org"]) == ("True", "True")


def test_many_ids_go_a_hundred_at_a_time():
    ids = [f"user-{number}" for number in range(250)]
    with scripted(planned) as server:
        deletion = delete(server.url, ids)
    sent = [asked(request)["user_ids"] for request in server.heard]
    assert [len(part) for part in sent] == [100, 100, 50]
    assert [one for part in sent for one in part] == ids
    assert [user.user_id for job in deletion.jobs for user in job.amplitude_ids] == ids
    assert deletion.requests == 3


def test_jobs_of_several_projects_and_unknown_ids_are_read():
    job = {"day": "2026-01-15", "status": "staging", "amplitude_ids": [], "app": 17}
    said = [job | {"invalid_ids": ["nobody"]}, job | {"app": "18"}, {"invalid_ids": ["no one"]}]
    with scripted(lambda _: Say(body=said)) as server:
        deletion = delete(server.url, ["anna-1"], delete_from_org=True)
    assert [job.app for job in deletion.jobs] == [17, "18"]
    assert deletion.invalid_ids == ("nobody", "no one")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Say(429, "slow down"), id="429"),
        pytest.param(Say(429, "slow down", {"retry-after": "0"}), id="429-with-a-time"),
        pytest.param(Say(500), id="500"),
        pytest.param(Say(503, "<html>busy</html>"), id="503"),
        pytest.param(CLOSE, id="reset"),
    ],
)
def test_a_fault_that_passes_is_waited_out(fault):
    turns = in_turn(fault, fault)
    with scripted(lambda heard: turns(heard) or planned(heard)) as server:
        assert len(delete(server.url, ["anna-1"]).jobs) == 1
    assert len(server.heard) == 3
    assert len({request.body for request in server.heard}) == 1


UNKNOWN = "Bad Request (invalid user ids: nobody)"


@pytest.mark.parametrize(
    ("reply", "error", "words"),
    [
        pytest.param(Say(401, "no"), ConfigurationError, "AMPLITUDE_SECRET_KEY", id="401"),
        pytest.param(Say(400, UNKNOWN), Seg2ampError, "invalid user ids: nobody", id="400"),
        pytest.param(Say(400, {"error": UNKNOWN}), Seg2ampError, "ignore-invalid-id", id="400-js"),
        pytest.param(Say(403, "no"), Seg2ampError, "forbids", id="403"),
        pytest.param(Say(404, "no"), ConfigurationError, "--base-url", id="404"),
        pytest.param(
            Say(302, "", {"location": "http://127.0.0.1:9/login"}),
            ConfigurationError,
            "redirects to http://127.0.0.1:9/login",
            id="redirect",
        ),
        pytest.param(Say(200, "<html>"), Seg2ampError, "does not answer as Amplitude", id="html"),
        pytest.param(Say(200, {}), Seg2ampError, "does not answer as Amplitude", id="empty"),
        pytest.param(Say(200, {"day": "soon"}), Seg2ampError, "does not answer", id="no-day"),
    ],
)
def test_a_reply_that_no_wait_mends_ends_it_at_once(reply, error, words):
    with scripted(lambda _: reply) as server, pytest.raises(error, match=words) as caught:
        delete(server.url, ["anna-1"], patience=NO_HURRY)
    assert len(server.heard) == 1
    assert "\n" not in str(caught.value)
    assert f"{server.url}/api/2/deletions/users" in str(caught.value)
    assert type(caught.value) is error


def test_an_error_says_how_many_ids_were_taken_before():
    turns = in_turn(Say(body=[]), Say(400, "no"))
    ids = [f"user-{number}" for number in range(150)]
    with scripted(turns) as server, pytest.raises(Seg2ampError, match="100 of 150 ids were taken"):
        delete(server.url, ids)


def test_patience_ends():
    patience = Patience(first_wait=0.01, give_up_after=0.05)
    with scripted(lambda _: Say(503, "busy")) as server, pytest.raises(StoppedEarly, match="busy"):
        delete(server.url, ["anna-1"], patience=patience)


def test_nobody_there_is_said_at_once():
    with pytest.raises(StoppedEarly, match="unreachable"):
        delete("http://127.0.0.1:9", ["anna-1"], patience=NO_HURRY)


def test_the_certificate_is_verified(monkeypatch):
    with scripted(planned, tls=True) as server:
        with pytest.raises(ConfigurationError, match="self-signed"):
            delete(server.url, ["anna-1"], patience=NO_HURRY)
        assert server.heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert len(delete(server.url, ["anna-1"]).jobs) == 1


@pytest.mark.parametrize("ids", [[], [""], ["anna-1", " "]])
def test_there_must_be_ids(ids):
    with pytest.raises(ConfigurationError, match="user id"):
        delete("http://127.0.0.1:9", ids)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"region": "asia"}, "`asia`"),
        ({"secret_key": SecretStr(" ")}, "AMPLITUDE_SECRET_KEY"),
        ({"api_key": SecretStr("")}, "AMPLITUDE_API_KEY"),
        ({"base_url": "amplitude"}, "--base-url"),
    ],
)
def test_a_setting_that_is_wrong_is_named(wrong, words):
    with pytest.raises(ConfigurationError, match=words):
        delete_users(
            ["anna-1"],
            DeletionSettings(
                **({"api_key": SecretStr(KEY), "secret_key": SecretStr(SECRET)} | wrong)
            ),
        )


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 429, 503])
def test_neither_key_is_told_even_where_the_server_echoes_them(status):
    patience = Patience(first_wait=0.01, give_up_after=0.05)
    echo = f"you said {KEY} and {SECRET}, as {LOGIN}"
    reply = Say(status, echo, {"location": f"/{SECRET}"} if status == 302 else {})
    with scripted(lambda _: reply) as server, pytest.raises(Seg2ampError) as caught:
        delete(server.url, ["anna-1"], patience=patience)
    told = told_of(caught.value)
    assert not any(secret in told for secret in (KEY, SECRET, LOGIN))
    settings = DeletionSettings(SecretStr(KEY), SecretStr(SECRET))
    assert not any(secret in repr(settings) for secret in (KEY, SECRET))


@pytest.fixture
def keys(monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", KEY)
    monkeypatch.setenv("AMPLITUDE_SECRET_KEY", SECRET)


def test_the_command_says_what_it_would_do_and_does_nothing_unasked(capsys, keys):
    with scripted(planned) as server:
        ended = command(capsys, "delete-users", "--user-id", "anna-1", "--base-url", server.url)
    assert ended.code == 2
    for words in ("1 user ", "nothing brings back", "e-mails all admins", "--yes"):
        assert words in ended.err
    assert server.heard == []


def test_the_command_prints_the_jobs(capsys, keys, tmp_path):
    file = tmp_path / "ids.txt"
    file.write_text("\ufeffanna-1\r\n\nemil-1\n", encoding="utf-8")
    named = ["--user-id", "otto-1", "--user-id", "anna-1", "--user-ids-file", str(file)]
    with scripted(planned) as server:
        ended = command(
            capsys,
            "delete-users",
            *named,
            "--yes",
            "--base-url",
            server.url,
            "--delete-from-org",
            "--ignore-invalid-id",
            "--requester",
            "me",
        )
    assert ended.code == 0
    said = asked(server.heard[0])
    assert said["user_ids"] == ["otto-1", "anna-1", "emil-1"]
    assert (said["delete_from_org"], said["ignore_invalid_id"], said["requester"]) == (
        "True",
        "True",
        "me",
    )
    (job,) = map(json.loads, ended.out.splitlines())
    assert (job["day"], job["status"], len(job["amplitude_ids"])) == ("2026-01-15", "staging", 3)
    assert "3 users" in ended.err
    assert "all projects" in ended.err
    assert not any(secret in ended.out + ended.err for secret in (KEY, SECRET, LOGIN))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "user id"),
        (["--user-id", "anna-1", "--endpoint-region", "mars"], "`mars`"),
        (["--user-ids-file", "/nowhere/ids.txt"], "/nowhere/ids.txt"),
    ],
)
def test_the_command_names_what_is_wrong(capsys, keys, arguments, words):
    ended = command(capsys, "delete-users", *arguments, "--yes")
    assert ended.code == 2
    assert words in ended.err
    assert "Traceback" not in ended.err


def test_the_command_names_the_variables_that_are_missing(capsys, monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", KEY)
    ended = command(capsys, "delete-users", "--user-id", "anna-1", "--yes")
    assert ended.code == 2
    assert "AMPLITUDE_SECRET_KEY" in ended.err
