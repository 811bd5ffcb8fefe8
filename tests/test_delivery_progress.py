"""What a terminal and a log see of a load."""

import io

from outbox import build, events, hasty
from scripted import Say, in_turn, scripted
from seg2amp.delivery import Bar, Lines, load, progress_for
from seg2amp.warehouse import DuckDBWarehouse


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown_by(tmp_path, progress) -> None:
    path = build(tmp_path / "w.duckdb", events(30, users=1))
    busy = Say(429, {"error": "Too many"}, {"retry-after": "0"})
    with scripted(in_turn(busy)) as server, DuckDBWarehouse(path) as warehouse:
        load(warehouse, hasty(server.url), progress)


def test_a_log_gets_lines(tmp_path):
    stream = io.StringIO()
    progress = progress_for(stream)
    assert isinstance(progress, Lines)
    shown_by(tmp_path, progress)
    lines = stream.getvalue().splitlines()
    assert lines[0] == "seg2amp load: 30 rows pending"
    assert "HTTP 429: Too many; waiting 0 s" in lines[1]
    assert lines[-1].startswith("seg2amp load: 30 of 30 rows (")
    assert len(lines) == 3


def test_a_log_gets_a_line_now_and_then(tmp_path):
    stream = io.StringIO()
    shown_by(tmp_path, Lines(stream, seconds=0))
    assert stream.getvalue().count("30 of 30 rows") == 2


def test_a_terminal_gets_a_bar(tmp_path):
    stream = Terminal()
    progress = progress_for(stream)
    assert isinstance(progress, Bar)
    shown_by(tmp_path, progress)
    assert "30/30" in stream.getvalue()
