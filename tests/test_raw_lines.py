"""Reading files of raw JSON: every line has its number, and nothing that a file holds stops it."""

import gzip

import duckdb
import pyarrow as pa
import pytest

from seg2amp.errors import StoppedEarly
from seg2amp.transform import raw_lines
from seg2amp.transform.raw_lines import NO_LINES, NO_TEXT, TOO_LONG, RawFile, read_lines

MESSAGES = [b'{"n":%d}' % number for number in range(20_000)]
WHOLE = b"\n".join(MESSAGES)


def read(path, column="raw"):
    """Give (line, text, problem) of a file, once its receipt is seen to be the last row."""
    with duckdb.connect() as session:
        rows = read_lines([RawFile(str(path), column, 7)], session).read_all().to_pylist()
    receipt = {"file": str(path), "source_line": None, "raw": None, "problem": None, "read_in": 7}
    assert rows[-1] == receipt
    assert {row["file"] for row in rows} == {str(path)}
    return [(row["source_line"], row["raw"], row["problem"]) for row in rows[:-1]]


@pytest.fixture
def written(tmp_path):
    """Give a function that writes a file and reads it."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return read(path)

    return write


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"\n \t\n", [], id="blank"),
        pytest.param(b"{}", [(1, "{}")], id="no newline at the end"),
        pytest.param(b"{}\n\n{} \n", [(1, "{}"), (3, "{} ")], id="blank lines count"),
        pytest.param(b"\r\n{}\r\n\r\n[]\r\n", [(2, "{}"), (4, "[]")], id="Windows"),
        pytest.param(b"\xef\xbb\xbf{}\n{}", [(1, "{}"), (2, "{}")], id="byte order mark"),
        pytest.param(
            "\u2028{}\x0b{}\x85\n{}".encode(),
            [(1, "\u2028{}\x0b{}\x85"), (2, "{}")],
            id="newlines of Unicode",
        ),
    ],
)
def test_a_line_ends_with_a_newline_and_blank_lines_count(written, content, lines):
    assert written("m.ndjson", content) == [(*line, None) for line in lines]


@pytest.mark.parametrize("chunk", [1, 2, 7, 64])
def test_where_a_chunk_ends_does_not_matter(written, monkeypatch, chunk):
    content = b"\xef\xbb\xbf{}\r\n\n[1]\r\n{}"
    monkeypatch.setattr(raw_lines, "_CHUNK", chunk)
    lines = [(1, "{}", None), (3, "[1]", None), (4, "{}", None)]
    assert written("m.json", content) == lines


@pytest.mark.parametrize("name", ["m.gz", "m.ndjson"])
def test_what_a_file_is_its_bytes_say_not_its_name(written, name):
    first, second = WHOLE[:100_000], WHOLE[100_000:]
    expected = [(number, text.decode(), None) for number, text in enumerate(MESSAGES, 1)]
    assert written(name, WHOLE) == expected
    assert written(name, gzip.compress(first) + gzip.compress(second)) == expected
    assert written(name, pa.compress(WHOLE, "zstd", asbytes=True)) == expected


@pytest.mark.parametrize("codec", ["gzip", "zstd"])
def test_of_a_file_that_is_cut_off_the_lines_before_are_read(written, codec):
    noise = [b'{"n":"%x"}' % (number * 2**61 // 12_345_677) for number in range(1, 60_000)]
    packed = pa.compress(b"\n".join(noise), codec, asbytes=True)
    *lines, (number, place, problem) = written("m.gz", packed[: len(packed) // 2])
    assert 1_000 < len(lines) < len(noise)
    assert [text for _, text, _ in lines] == [text.decode() for text in noise[: len(lines)]]
    assert number == len(lines) + 1
    assert place.endswith(f"m.gz, line {number}")
    assert problem.startswith("the file cannot be read from here on: ")


def test_garbage_behind_an_archive_is_a_line_with_a_reason(written):
    lines = written("m.gz", gzip.compress(b"{}\n") + b"garbage")
    assert [(number, problem is None) for number, _, problem in lines] == [(1, True), (2, False)]


def test_bytes_that_are_no_text_are_a_line_with_a_reason_between_its_neighbours(written):
    assert written("m.ndjson", b'{}\n{"a":"\xff"}\n{"a":"\x00"}\n{"a":"\xc3\xbc"}') == [
        (1, "{}", None),
        (2, '{"a":"\\xff"}', NO_TEXT),
        (3, '{"a":"\x00"}', None),
        (4, '{"a":"ü"}', None),
    ]


def test_a_line_may_be_long_but_not_endless(written, monkeypatch):
    monkeypatch.setattr(raw_lines, "_CHUNK", 10)
    monkeypatch.setattr(raw_lines, "LONGEST_LINE", 100)
    lines = written("m.ndjson", b'{}\n"%s"\n"%s"\n{}\n"%s' % (b"a" * 90, b"b" * 150, b"c" * 150))
    assert [(number, problem) for number, _, problem in lines] == [
        *((1, None), (2, None), (3, TOO_LONG), (4, None), (5, TOO_LONG)),
    ]
    assert lines[1][1] == '"' + "a" * 90 + '"'
    assert len({text for _, text, _ in lines}) == len({1, 2, 3, 5})


@pytest.mark.parametrize("content", [b'\n[\n{"a":1},\n{"a":2}\n]', b'{\n  "a": 1\n}\n'])
def test_a_file_that_is_no_list_of_lines_is_one_line_that_says_what_to_do(written, content):
    (line,) = written("m.json", content)
    assert line[0] in (1, 2)
    assert line[2] == NO_LINES
    assert "jq -c" in NO_LINES


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (
            "select '{\"a\": 1}' as raw union all select null union all select 'x'",
            ['{"a": 1}', "x"],
        ),
        ("select '{\"a\": 1}'::json as raw", ['{"a": 1}']),
        ("select {'a': 1, 'b': [true]} as raw", ['{"a":1,"b":[true]}']),
        ('select \'{"a":"\\xC3\\xBC"}\'::blob as raw', ['{"a":"ü"}']),
        ("select '\\xFF'::blob as raw", ["\\xff"]),
    ],
)
def test_a_column_of_parquet_holds_messages(tmp_path, column, texts):
    path = tmp_path / "it's.parquet"
    duckdb.sql(column).write_parquet(str(path))
    assert [text for _, text, _ in read(path)] == texts
    ((_, _, problem), *_) = read(path, "other")
    assert problem == "the file has no column `other`; the setting `raw_json_column` names it"


def test_rows_of_parquet_are_numbered(tmp_path):
    path = tmp_path / "m.parquet"
    sql = (
        "select case when i % 3 > 0 then '{\"n\":' || i || '}' end as raw from range(5000) as t(i)"
    )
    duckdb.sql(sql).write_parquet(str(path), row_group_size=2048)
    lines = read(path)
    assert [number - 1 for number, _, _ in lines] == [i for i in range(5_000) if i % 3]
    assert all(text == f'{{"n":{number - 1}}}' for number, text, _ in lines)


def test_damaged_parquet_is_a_line_with_a_reason(tmp_path, written):
    path = tmp_path / "m.parquet"
    duckdb.sql("select '{}' as raw").write_parquet(str(path))
    ((number, _, problem),) = written("cut.parquet", path.read_bytes()[:-20])
    assert number == 1
    assert problem.startswith("the file cannot be read from here on: ")


def test_a_file_that_is_gone_since_it_was_listed_has_no_line(tmp_path):
    assert read(tmp_path / "gone.ndjson") == []


def test_a_file_out_of_reach_stops_the_build_since_it_may_hold_messages():
    # A file that is there, can be opened, and answers every reader with an error.
    with duckdb.connect() as session:
        batches = raw_lines._batches([RawFile("/proc/self/mem", "raw", 1)], session)
        with pytest.raises(StoppedEarly, match=r"`/proc/self/mem` is out of reach \(.*error\)"):
            list(batches)
