"""No key gets anywhere: each way a load can end, and then a search through all that was written."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import outbox
from command import run
from scripted import Say, in_turn, scripted
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.server import serving

KEY = "5ec2e7a0b1c2d3e4f5a6b7c8d9e0f1a2"
SECRET = "5ec2e7ff00112233445566778899aabb"
LOAD = ["load", "--yes", "--base-url", "http://127.0.0.1:9"]
COMMAND = [sys.executable, "-c", "from seg2amp.cli import main; main()"]

# A bug of ours at the worst place: its exception holds the whole body, and so the key.
BROKEN = """
from seg2amp.delivery import transport
def broken(*parts, **more):
    raise RuntimeError(f"cannot send {parts} {more}")
transport.body = broken
from seg2amp.cli import main
main()
"""


# The same in a command that has no log of its own.
BROKEN_QUERY = """
import os
from seg2amp import api
def broken(sql):
    raise RuntimeError(f"cannot ask {sql} as {os.environ['AMPLITUDE_SECRET_KEY']}")
api.query = broken
from seg2amp.cli import main
main()
"""


@pytest.fixture
def secrets(monkeypatch):
    monkeypatch.setenv("AMPLITUDE_API_KEY", KEY)
    monkeypatch.setenv("AMPLITUDE_SECRET_KEY", SECRET)


def assert_clean(what: str, content: str | bytes) -> None:
    content = content.encode() if isinstance(content, str) else content
    for secret in (KEY, SECRET):
        assert secret.encode() not in content, f"{what} holds a key"


def assert_nothing_written_holds_a_key(folder: Path, database: Path) -> int:
    """Search each file below a folder, and each row of each table, which DuckDB compresses."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        assert_clean(str(path), path.read_bytes())
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.sql(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
        for schema, table in tables:
            found = connection.sql(f'select * from "{schema}"."{table}"').fetchall()
            assert_clean(f"{schema}.{table}", repr(found))
    return len(files)


def files_in(folder: Path) -> tuple[str, ...]:
    return ("--summary", str(folder / "s.json"), "--metrics", str(folder / "m.prom"))


def echo(heard) -> Say:
    """Answer as a server or proxy that shows the whole request, the key in it."""
    return Say(400, heard.body.decode())


def refuse_one(_heard) -> Say:
    return Say(400, {"error": KEY, "events_with_invalid_fields": {KEY: [0]}})


def refuse_the_key(_heard) -> Say:
    return Say(400, {"code": 400, "error": f"Invalid API key: {KEY}"})


def redirect(_heard) -> Say:
    return Say(302, KEY, {"location": f"http://{KEY}@elsewhere/"})


def store(_heard) -> None:
    """Answer as Amplitude does."""


ENDINGS = {
    "delivered": (0, lambda: store),
    "wrong key": (2, lambda: refuse_the_key),
    "rows refused": (3, lambda: refuse_one),
    "key in an answer that is none of Amplitude's": (1, lambda: echo),
    "connection broken": (0, lambda: in_turn(Say(close=True))),
    "redirected": (2, lambda: redirect),
}


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_load_writes_no_key(capsys, tmp_path, warehouse_path, ending, log_format):
    code, answerer = ENDINGS[ending]
    outbox.build(warehouse_path, outbox.events(20, users=1))
    with scripted(answerer()) as server:
        told = ("--log-format", log_format, *files_in(tmp_path))
        ended = run(capsys, "load", "--yes", "--base-url", server.url, *told)
    assert ended.code == code, ended.err
    again = run(capsys, "retry", "--rejected", "--unknown")
    status = run(capsys, "status", "--json")
    for said in (ended, again, status):
        assert_clean("the terminal", said.out + said.err)
    assert assert_nothing_written_holds_a_key(tmp_path, warehouse_path) >= 3


@pytest.mark.parametrize(
    ("program", "command"),
    [
        pytest.param(BROKEN, LOAD, id="load"),
        pytest.param(BROKEN, [*LOAD, "--log-format", "json"], id="json"),
        pytest.param(BROKEN_QUERY, ["query", "select 1"], id="query"),
    ],
)
def test_an_unexpected_error_tells_where_it_was_and_no_key(tmp_path, secrets, program, command):
    path = outbox.build(tmp_path / "w.duckdb", outbox.events(20, users=1))
    files = files_in(tmp_path) if command[0] == "load" else ()
    ended = subprocess.run(
        [sys.executable, "-c", program, *command, *files],
        env=os.environ | {"SEG2AMP_DUCKDB_PATH": str(path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "unexpected RuntimeError" in ended.stderr or "unexpected ExceptionGroup" in ended.stderr
    assert "***" in ended.stderr
    assert "in broken" in ended.stderr
    assert_clean("the terminal", ended.stdout + ended.stderr)
    assert_nothing_written_holds_a_key(tmp_path, path)


def test_the_process_list_shows_no_key(tmp_path, secrets):
    path = outbox.build(tmp_path / "w.duckdb", outbox.events(20, users=1))
    shown: list[bytes] = []

    def answer(_heard) -> None:
        shown.append(Path(f"/proc/{process.pid}/cmdline").read_bytes())

    with scripted(answer) as server:
        process = subprocess.Popen(
            [*COMMAND, "load", "--yes", "--base-url", server.url],
            env=os.environ | {"SEG2AMP_DUCKDB_PATH": str(path)},
            stderr=subprocess.PIPE,
        )
        _, talk = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"load" in shown[0]
    for what, content in (("the process list", shown[0]), ("the terminal", talk)):
        assert_clean(what, content)


def test_neither_dbt_nor_the_report_writes_a_key(
    capsys, tmp_path, warehouse_path, secrets, monkeypatch
):
    monkeypatch.delenv("DBT_WRITE_JSON")
    with serving(SandboxConfig(api_keys=frozenset({KEY}))) as sandbox:
        options = ("--tests", "none", "--yes", "--base-url", sandbox.url, *files_in(tmp_path))
        ended = [run(capsys, "run", *options)]
        ended.append(run(capsys, "run", "--set", "send_group=maybe", *options))
    ended.append(run(capsys, "report", "--out", str(tmp_path / "report.html"), "--show-values"))
    assert [one.code for one in ended] == [0, 2, 0]
    for one in ended:
        assert_clean("the terminal", one.out + one.err)
    assert (tmp_path / "logs" / "dbt.log").is_file()
    assert (tmp_path / "target" / "manifest.json").is_file()
    assert assert_nothing_written_holds_a_key(tmp_path, warehouse_path) > 50
