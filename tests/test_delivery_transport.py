"""Between the loader and Amplitude: compression, proxies, certificates, redirects, secrets."""

import pytest

from command import run as command
from outbox import KEY, Row, ask, build, events, group, hasty, run, spoiled, states
from scripted import CERTIFICATE, Heard, Say, in_turn, ingested, scripted
from seg2amp.delivery import Patience, load
from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly
from seg2amp.warehouse import DuckDBWarehouse
from tracebacks import told_of
from tunnel import tunnel

NO_HURRY = Patience(first_wait=60, give_up_after=600)


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """Nothing of the machine's own, and loopback is not exempt from proxies."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SEG2AMP_GZIP"):
        monkeypatch.delenv(name, raising=False)


def rows() -> list[Row]:
    return [*events(300), group(1)]


class Told:
    """Hears the notes of a load."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def start(self, rows: int) -> None: ...

    def advance(self, rows: int) -> None: ...

    def finish(self) -> None: ...

    def note(self, text: str) -> None:
        self.notes.append(text)


def load_compressed(path, url: str) -> tuple[int, list[str]]:
    told = Told()
    with DuckDBWarehouse(path) as warehouse:
        summary = load(warehouse, hasty(url, gzip=True, concurrency=1), told)
    return summary.delivered, told.notes


def test_bodies_are_compressed_only_when_asked_and_arrive_the_same(tmp_path, sandbox):
    plain, small = (build(tmp_path / f"{name}.duckdb", rows()) for name in ("plain", "small"))
    with scripted(lambda _: None, behind=sandbox.url) as server:
        run(plain, server.url)
        before = len(server.heard)
        assert load_compressed(small, sandbox.url) == (301, [])
        assert load_compressed(build(tmp_path / "again.duckdb", rows()), server.url)[0] == 301
    assert {request.encoding for request in server.heard[:before]} == {""}
    assert {request.encoding for request in server.heard[before:]} == {"gzip"}
    assert len(sandbox.store.rows) == 300
    sizes = "select sum(body_bytes) from amplitude.delivery_requests"
    assert ask(small, sizes) == ask(plain, sizes), "bytes before compression"


@pytest.mark.parametrize("way", ["option", "variable", "neither"])
def test_the_command_compresses_when_asked(capsys, warehouse_path, monkeypatch, sandbox, way):
    build(warehouse_path, rows())
    monkeypatch.setenv("AMPLITUDE_API_KEY", KEY)
    if way == "variable":
        monkeypatch.setenv("SEG2AMP_GZIP", "true")
    asked = ["--gzip"] if way == "option" else []
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert command(capsys, "load", *asked, "--base-url", server.url).code == 0
    wanted = {""} if way == "neither" else {"gzip"}
    assert {request.encoding for request in server.heard} == wanted


@pytest.mark.parametrize("status", [400, 415])
def test_a_server_that_reads_no_gzip_gets_the_rest_uncompressed(tmp_path, sandbox, status):
    path = build(tmp_path / "w.duckdb", rows())

    def answer(heard: Heard) -> Say | None:
        return Say(status, {"code": status, "error": "Invalid JSON"}) if heard.encoding else None

    with scripted(answer, behind=sandbox.url) as server:
        delivered, notes = load_compressed(path, server.url)
    assert delivered == 301
    assert [request.encoding for request in server.heard].count("gzip") == 1
    assert [note for note in notes if "gzip" in note] == [
        f"{server.url}/batch reads no gzip (HTTP {status}); going on without"
    ]
    assert len(sandbox.store.rows) == 300
    assert states(path) == {"delivered": 301}


def test_a_400_that_blames_rows_does_not_end_compression(tmp_path, sandbox):
    rows = events(2_100, users=1)
    for bad in (7, 2_050):
        rows[bad] = spoiled(rows[bad], time="x")
    path = build(tmp_path / "w.duckdb", rows)
    with scripted(lambda _: None, behind=sandbox.url) as server:
        assert load_compressed(path, server.url) == (2_098, [])
    assert states(path) == {"delivered": 2_098, "rejected": 2}
    # Only as long as nothing compressed was taken, the same is tried uncompressed.
    encodings = [request.encoding for request in server.heard]
    assert encodings == ["gzip", "", "gzip", "gzip", "gzip"]


def test_the_proxy_of_the_environment_is_used(tmp_path, monkeypatch):
    path = build(tmp_path / "w.duckdb", events(20, users=1))
    with scripted(lambda _: None) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        assert run(path, "http://amplitude.invalid").delivered == 20
    assert [request.path for request in proxy.heard] == ["http://amplitude.invalid/batch"]


def test_no_proxy_is_honoured(tmp_path, monkeypatch):
    path = build(tmp_path / "w.duckdb", events(20, users=1))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with scripted(lambda _: None) as server:
        assert run(path, server.url).delivered == 20


def test_https_goes_through_the_tunnel_of_a_proxy_and_is_verified_there(tmp_path, monkeypatch):
    path = build(tmp_path / "w.duckdb", events(20, users=1))
    with scripted(lambda _: None, tls=True) as server, tunnel() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(ConfigurationError, match="cannot be trusted"):
            run(path, server.url, patience=NO_HURRY)
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert run(path, server.url).delivered == 20
    assert len(server.heard) == 1
    assert {line.split()[0] for line in proxy.asked} == {"CONNECT"}


def test_a_proxy_that_refuses_is_named_as_such(tmp_path, monkeypatch):
    path = build(tmp_path / "w.duckdb", events(20, users=1))
    with tunnel(refuse=True) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("//", "//me:hunter2@"))
        with pytest.raises(StoppedEarly, match="the proxy says 407") as caught:
            run(path, "https://amplitude.invalid", patience=NO_HURRY)
    assert "hunter2" not in told_of(caught.value) + str(ask(path, "from amplitude.delivery_runs"))


@pytest.mark.parametrize("proxy", ["ftp://me:hunter2@127.0.0.1:9", "socks5://me:hunter2@[", "::"])
def test_a_proxy_that_is_none_is_configuration_and_is_not_quoted(tmp_path, monkeypatch, proxy):
    path = build(tmp_path / "w.duckdb", events(1))
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ConfigurationError, match="HTTPS_PROXY") as caught:
        run(path, "https://amplitude.invalid")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.pem", "empty.pem"])
def test_a_certificate_file_that_cannot_be_read_is_named(tmp_path, monkeypatch, name):
    (tmp_path / "empty.pem").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / name))
    path = build(tmp_path / "w.duckdb", events(1))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        run(path, "https://127.0.0.1:9")


def test_a_certificate_that_nobody_signed_is_refused_at_once(tmp_path):
    path = build(tmp_path / "w.duckdb", events(200))
    with (
        scripted(lambda _: None, tls=True) as server,
        pytest.raises(ConfigurationError, match="self-signed certificate") as caught,
    ):
        run(path, server.url, patience=NO_HURRY)
    words = str(caught.value)
    assert caught.value.exit_code == 2
    assert "\n" not in words
    assert f"{server.url}/batch" in words
    assert "SSL_CERT_FILE" in words
    assert "unreachable" not in words
    assert server.heard == []
    assert states(path) == {"pending": 200}
    asked = ask(path, "select distinct outcome, attempt from amplitude.delivery_requests")
    assert asked == [("fatal", 1)]


def test_a_certificate_of_another_host_is_refused(tmp_path, monkeypatch):
    path = build(tmp_path / "w.duckdb", events(1))
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with scripted(lambda _: None, tls=True) as server:
        with pytest.raises(ConfigurationError, match="Hostname mismatch"):
            run(path, server.url.replace("127.0.0.1", "localhost"))
        assert run(path, server.url).delivered == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed_and_its_address_is_named(tmp_path, status):
    path = build(tmp_path / "w.duckdb", events(30, users=1))
    with scripted(ingested) as elsewhere:
        target = elsewhere.url.replace("//", "//me:hunter2@") + f"/login?key={KEY}"
        moved = Say(status, f"moved {KEY}", {"location": target})
        with scripted(lambda _: moved) as server, pytest.raises(ConfigurationError) as caught:
            run(path, server.url, patience=NO_HURRY)
    assert f"{server.url}/batch" in str(caught.value)
    assert f"HTTP {status}: it redirects to {elsewhere.url}/login)" in str(caught.value)
    assert "hunter2" not in told_of(caught.value)
    assert len(server.heard) == 1
    assert elsewhere.heard == []
    assert states(path) == {"pending": 30}


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Say(400, {"code": 400, "error": f"Invalid API key: {KEY}"}), id="refused"),
        pytest.param(Say(403, f"<html>{KEY}</html>"), id="forbidden"),
        pytest.param(Say(404, KEY), id="not-found"),
        pytest.param(Say(200, {"code": 200, "events_ingested": KEY}), id="unconfirmed"),
        pytest.param(Say(503, KEY), id="unavailable"),
        pytest.param(Say(close=True), id="broken"),
    ],
)
@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
def test_no_traceback_tells_the_key_not_even_with_its_variables(tmp_path, reply, compressed):
    path = build(tmp_path / "w.duckdb", events(10, users=1))
    patience = Patience(first_wait=0.01, give_up_after=0.05)
    with scripted(lambda _: reply) as server, pytest.raises(Seg2ampError) as caught:
        run(path, server.url, patience=patience, gzip=compressed)
    assert KEY not in told_of(caught.value)


def test_a_fault_that_passes_costs_nothing_when_compressed(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", rows())
    faults = in_turn(Say(503), Say(close=True, forward=True), Say(500))
    with scripted(faults, behind=sandbox.url) as server:
        assert load_compressed(path, server.url)[0] == 301
    assert len(sandbox.store.rows) == 300
