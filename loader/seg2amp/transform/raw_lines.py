"""The lines of raw JSON files, each with its true number; whatever a file holds, reading goes on.

Nothing here reads a message. A line that is no text, or a file that is no list of lines, is handed
on with the reason, and SQL decides about all others.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import duckdb
import pyarrow as pa

from seg2amp.errors import StoppedEarly

LONGEST_LINE = 32 * 1024 * 1024
_CHUNK = 2 * 1024 * 1024
_PIECE = 64 * 1024
_ROWS = 2_048

TOO_LONG = "the line is longer than 32 MB; a file must hold one message a line"
NO_LINES = "the file is not one message a line; `jq -c .`, or `jq -c .[]` for an array, makes it so"
NO_TEXT = "the line is not UTF-8 text"

_BOM = b"\xef\xbb\xbf"
_GZIP, _ZSTANDARD, _PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, pa.ArrowException, duckdb.InvalidInputException)
_OUT_OF_REACH = (OSError, duckdb.Error)

SCHEMA = pa.schema(
    {
        "file": pa.string(),
        "source_line": pa.int64(),
        "raw": pa.string(),
        "problem": pa.string(),
        "read_in": pa.int64(),
    }
)


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read. column: where Parquet holds the messages; read_in: stands on the receipt."""

    file: str
    column: str
    read_in: int


class _DamagedError(Exception):
    """Nothing more can be read of a file, until it changes."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(why)
        self.number = number


class _Line(NamedTuple):
    """A line that is not blank. Without text it is none, and `problem` says why."""

    number: int
    text: bytes | None
    problem: str | None = None


_Piece: TypeAlias = tuple[int, list[bytes | None]]
"""Neighbouring lines behind the number of the first; None stands for one that is too long."""


def read_lines(
    files: Iterable[RawFile], session: duckdb.DuckDBPyConnection
) -> pa.RecordBatchReader:
    """Give the lines of files, a few thousand at a time, and after those of a file a receipt.

    The receipt has no line: it says that the file was read. Blank lines are counted and left out,
    and where a file is damaged, or no list of lines, the last line says so.
    session: opens what is no local file, and Parquet.

    Raises, while it is read:
        StoppedEarly: a file is out of reach: what it holds is not known to be nothing.
    """
    return pa.RecordBatchReader.from_batches(SCHEMA, _batches(files, session))


def _batches(
    files: Iterable[RawFile], session: duckdb.DuckDBPyConnection
) -> Iterator[pa.RecordBatch]:
    for file in files:
        try:
            for lines in _lines(file, session):
                yield _batch(file, lines)
        except _DamagedError as damage:
            yield _batch(file, [_Line(damage.number, None, str(damage))])
        except _OUT_OF_REACH as error:
            raise StoppedEarly(
                f"File `{file.file}` is out of reach ({_said(error)}); run again when it is not."
            ) from error
        receipt = {"file": file.file, "read_in": file.read_in}
        yield pa.RecordBatch.from_pylist([receipt], schema=SCHEMA)


def _batch(file: RawFile, lines: Sequence[_Line]) -> pa.RecordBatch:
    # Where there is no text its place stands for it: two such lines are not the same line.
    texts = [line.text or f"{file.file}, line {line.number}".encode() for line in lines]
    problems = [line.problem for line in lines]
    try:
        raw = pa.array(texts, pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        problems = [
            problem or (None if _is_utf8(text) else NO_TEXT)
            for text, problem in zip(texts, problems, strict=True)
        ]
        raw = pa.array([text.decode(errors="backslashreplace") for text in texts], pa.string())
    return pa.record_batch(
        [
            pa.repeat(file.file, len(lines)),
            pa.array([line.number for line in lines], pa.int64()),
            raw,
            pa.array(problems, pa.string()),
            pa.repeat(pa.scalar(file.read_in, pa.int64()), len(lines)),
        ],
        schema=SCHEMA,
    )


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines(file: RawFile, session: duckdb.DuckDBPyConnection) -> Iterator[list[_Line]]:
    """Give the lines that are not blank."""
    reached, begun = 1, False
    try:
        for number, texts in _pieces(file, session):
            lines = [
                _Line(at, None, TOO_LONG) if text is None else _Line(at, text.removesuffix(b"\r"))
                for at, text in enumerate(texts, number)
                if text is None or not (text == b"" or text.isspace())
            ]
            if lines and not begun and (lines[0].text or b"").strip() in {b"[", b"{"}:
                raise _DamagedError(lines[0].number, NO_LINES)
            if lines:
                begun = True
                yield lines
            reached = number + len(texts)
    except (*_DAMAGE, OSError) as error:
        # The damage that Arrow finds is an OSError too, but none of the operating system's.
        if isinstance(error, _DAMAGE) or error.errno is None:
            why = f"the file cannot be read from here on: {_said(error)}"
            raise _DamagedError(reached, why) from error
        raise


def _said(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _pieces(file: RawFile, session: duckdb.DuckDBPyConnection) -> Iterator[_Piece]:
    if file.file.lower().endswith(".parquet"):
        yield from _cells(file, session)
        return
    with _opened(file.file, session) as stream:
        mark = stream.peek(4)[:4]
        if mark == _PARQUET:
            yield from _cells(file, session)
        elif mark[:2] == _GZIP:
            yield from _split(gzip.GzipFile(fileobj=stream).read1)
        elif mark == _ZSTANDARD:
            unpacked = pa.CompressedInputStream(pa.PythonFile(stream), "zstd")
            # Where the file is damaged Arrow gives nothing of the last piece: so it is a small one.
            yield from _split(lambda _: unpacked.read(_PIECE))
        else:
            yield from _split(stream.read1)


def _opened(file: str, session: duckdb.DuckDBPyConnection) -> io.BufferedReader:
    """Open a file; what it is its first bytes say: an archive may have been unpacked on its way."""
    if Path(file).is_file():
        return Path(file).open("rb")
    found = session.execute("select content from read_blob(?)", [file]).fetchone()
    # A file that is gone since it was listed is not listed next time.
    return io.BufferedReader(io.BytesIO(found[0] if found else b""))


def _split(read: Callable[[int], bytes]) -> Iterator[_Piece]:
    """Cut bytes into lines; memory holds a chunk, or a line of the longest that may be."""
    number, tail, too_long = 1, [b""], False
    start = _BOM
    while chunk := read(_CHUNK):
        head, end, rest = chunk.rpartition(b"\n")
        if not end:
            tail.append(chunk)
            too_long = too_long or sum(map(len, tail)) > LONGEST_LINE
            if too_long:
                tail = []
            continue
        data = b"".join([*tail, head]).removeprefix(start)
        lines: list[bytes | None] = list(data.split(b"\n"))
        if too_long:
            lines[0] = None
        yield number, lines
        number, tail, too_long, start = number + len(lines), [rest], False, b""
    if too_long:
        yield number, [None]
    else:
        yield number, [b"".join(tail).removeprefix(start)]


def _cells(file: RawFile, session: duckdb.DuckDBPyConnection) -> Iterator[_Piece]:
    """Give the cells of a column of Parquet, the number of each row as the number of its line."""
    source = session.sql("select * from read_parquet(?)", params=[[file.file]])
    types = dict(zip(source.columns, map(str, source.types), strict=True))
    if file.column not in types:
        why = f"the file has no column `{file.column}`; the setting `raw_json_column` names it"
        raise _DamagedError(1, why)
    column = '"' + file.column.replace('"', '""') + '"'
    kind = types[file.column]
    if kind not in {"VARCHAR", "BLOB", "JSON"}:
        column = f"to_json({column})"
    text = column if kind == "BLOB" else f"encode(cast({column} as varchar))"
    number = 1
    # The profile lets DuckDB read row groups in any order.
    cells = session.sql(
        f"select coalesce({text}, ''::blob) from read_parquet(?) order by file_row_number",
        params=[[file.file]],
    )
    for batch in cells.to_arrow_reader(_ROWS):
        yield number, batch.column(0).to_pylist()
        number += batch.num_rows
