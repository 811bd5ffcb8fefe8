"""The sample as files: repeatable to the byte, and none of somebody else's is lost."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from seg2amp.errors import ConfigurationError
from seg2amp.sample import DEFAULT_END, generate, write_sample

# Of 300 messages with seed 5: the figures of the demo, and what others measured, rest on it.
STORY = "14461c235c2ab6b864ceb9b13f9737fe71fd611eef6487687b33b5b0fb76186d"


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_seed_same_bytes(tmp_path):
    counts = [write_sample(600, 5, DEFAULT_END, tmp_path / name) for name in ("one", "two")]
    assert counts[0] == counts[1]
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


def test_another_sample_replaces_the_files(tmp_path):
    write_sample(2_000, 5, DEFAULT_END, tmp_path)
    counts = write_sample(40, 6, DEFAULT_END, tmp_path)
    files = {path.stem: pq.read_table(path) for path in (tmp_path / "tables").iterdir()}
    assert {name: table.num_rows for name, table in files.items()} == counts


def test_a_seed_tells_the_story_that_it_always_told(tmp_path):
    write_sample(300, 5, DEFAULT_END, tmp_path)
    told = sha256((tmp_path / "messages.ndjson").read_bytes()).hexdigest()
    assert told == STORY


def test_a_large_table_is_the_same_rows_in_several_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("seg2amp.sample.traffic.SHARD", 500)
    monkeypatch.setattr("seg2amp.sample.files.ROW_GROUP", 600)
    counts = write_sample(2_000, 5, DEFAULT_END, tmp_path)
    file = pq.ParquetFile(tmp_path / "tables" / "tracks.parquet")
    tracks = [m["messageId"] for m in generate(2_000, 5) if m["type"] == "track"]
    assert file.num_row_groups == 2
    assert file.read()["id"].to_pylist() == tracks
    assert counts["tracks"] == len(tracks)


def test_lines_are_the_messages(tmp_path):
    write_sample(300, 5, DEFAULT_END, tmp_path)
    lines = (tmp_path / "messages.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(generate(300, 5))


def test_a_foreign_file_is_never_removed(tmp_path):
    (tmp_path / "tables").mkdir()
    foreign = tmp_path / "tables" / "ours.parquet"
    pq.write_table(pa.table({"id": [1]}), foreign)
    with pytest.raises(ConfigurationError, match=r"ours\.parquet"):
        write_sample(10, 1, DEFAULT_END, tmp_path)
    assert pq.read_table(foreign).num_rows == 1


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be a folder"):
        write_sample(10, 1, DEFAULT_END, tmp_path / "out")
