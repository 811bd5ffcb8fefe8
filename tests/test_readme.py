"""The README is true: its commands run, its SQL answers, its settings and output exist."""

import json
import re
import shlex

import typer.main
import yaml

from command import run
from seg2amp import api
from seg2amp.cli import app
from seg2amp.sandbox.server import serving
from seg2amp.settings import REPOSITORY

README = (REPOSITORY / "README.md").read_text()
MESSAGE = {
    "type": "page",
    "messageId": "page-1",
    "userId": "user-1",
    "timestamp": "2026-01-10T09:00:00Z",
    "name": "Home",
}


def blocks(language):
    found = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    return [line for block in found for line in block.splitlines() if line.strip()]


def test_its_commands_run_in_their_order(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(tmp_path / ".seg2amp" / "warehouse.duckdb"))
    monkeypatch.setenv("AMPLITUDE_API_KEY", "key-of-a-test")
    (tmp_path / "messages.ndjson").write_text(json.dumps(MESSAGE) + "\n")
    commands = [line for line in blocks("sh") if line.startswith("seg2amp ")]
    assert len(commands) >= 9
    with serving() as sandbox:
        for command in commands:
            told = command.replace("http://127.0.0.1:8017", sandbox.url)
            arguments = shlex.split(told)[1:]
            if arguments[0] == "build":
                arguments += ["--tests", "none"]
            ended = run(capsys, *arguments)
            assert (command, ended.code, ended.err.count("Traceback")) == (command, 0, 0)
        assert sandbox.store.rows


def test_every_command_stands_in_it():
    commands = typer.main.get_command(app).commands
    missing = [name for name in commands if f"seg2amp {name}" not in README + "seg2amp demo"]
    assert missing == []
    assert "make demo" in README


def test_its_settings_exist_and_can_be_set():
    table = re.search(r"^\| setting \|.*?\n\n", README, re.MULTILINE | re.DOTALL)
    named = re.findall(
        r"`(\w+)`", "".join(row.split("|")[1] for row in table[0].strip().splitlines())
    )
    project = yaml.safe_load((REPOSITORY / "dbt_project" / "dbt_project.yml").read_text())
    catalogue = project["vars"]["seg2amp"]["setting_catalogue"]
    assert len(named) >= 10
    assert set(named) <= set(catalogue)


def test_its_profiles_and_sql_answer(seeds_warehouse, monkeypatch):
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(seeds_warehouse))
    queries = blocks("sql")
    assert len(queries) == 3
    for query in queries:
        api.query(query)
    assert api.query(queries[-1]).num_rows == 0


def test_the_row_it_shows_is_the_row_that_is_sent(seeds_warehouse, monkeypatch):
    monkeypatch.setenv("SEG2AMP_DUCKDB_PATH", str(seeds_warehouse))
    found = api.query(
        "select payload from amplitude.amplitude_outbox where insert_id = 'msg-001-landing'"
    )
    sent = json.loads(found["payload"][0].as_py())
    table = re.search(r"^\| raw Segment row \|.*?\n\n", README, re.MULTILINE | re.DOTALL)[0]
    shown = [row.split("|")[2].strip().strip("`") for row in table.strip().splitlines()[2:]]
    assert len(shown) == 8
    for cell in shown:
        fields = json.loads("{" + cell.replace(", …", "") + "}")
        assert _within(fields, sent), cell


def _within(part, whole):
    if isinstance(part, dict):
        return all(key in whole and _within(value, whole[key]) for key, value in part.items())
    return part == whole


def test_the_output_it_shows_is_what_the_demo_prints(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("SEG2AMP_DUCKDB_PATH", "AMPLITUDE_API_KEY"):
        monkeypatch.setenv(name, "put back afterwards")
    printed = run(capsys, "demo").out
    shown = re.search(r"^1/4 .*? delivered$", README, re.MULTILINE | re.DOTALL)[0]
    assert " ".join(printed.split()).startswith(" ".join(shown.split()))
