"""The sample as files: `messages.ndjson`, `segment-logs/**/*.gz` and `tables/**/*.parquet`."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from seg2amp.errors import ConfigurationError
from seg2amp.sample.archive import FOLDER, archive, is_archive
from seg2amp.sample.messages import Message
from seg2amp.sample.spool import Spool, SpooledTable
from seg2amp.sample.traffic import shards

MARK = {b"made_by": b"seg2amp sample"}
# A row group is written when it has so many rows; a small table is one.
ROW_GROUP = 100_000


def write_sample(
    messages: int, seed: int, end: datetime, out: Path, *, sources: bool = False
) -> dict[str, int]:
    """Write all shapes under the folder `out`; return the number of rows of each table.

    Files of an earlier sample are replaced. The same arguments always give the same bytes.
    sources: as `generate` has it; then the tables of each source stand in a folder of their own.

    Raises:
        ConfigurationError: an argument is not as `generate` needs it, `out` is no folder, or
            `out/tables` or `out/segment-logs` holds a file that is no sample.

    """
    traffic = shards(messages, seed, end, sources=sources)
    _empty(out)
    with TemporaryDirectory(dir=out, prefix=".sample-") as spooled:
        spool = Spool(Path(spooled), end)
        with (out / "messages.ndjson").open("wb") as plain:
            for number, shard in enumerate(traffic):
                lines = [line(message).encode() for message in shard]
                plain.writelines(lines)
                archive(out / FOLDER, number, zip(shard, lines, strict=True))
                spool.add(shard)
        return {table.place: _write_table(table, out / "tables") for table in spool.tables()}


def line(message: Message) -> str:
    """Write a message as one line of JSON."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_table(table: SpooledTable, folder: Path) -> int:
    path = folder / table.source / f"{table.name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, table.schema.with_metadata(MARK)) as file:
        for group in _groups(table.read()):
            file.write_table(group)
    return table.rows


def _groups(parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Stack parts until there are enough rows for a row group."""
    waiting: list[pa.Table] = []
    for part in parts:
        waiting.append(part)
        if sum(waits.num_rows for waits in waiting) >= ROW_GROUP:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _empty(out: Path) -> None:
    """Remove the files of an earlier sample."""
    folders = (out / "tables", out / FOLDER)
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"`{out}` cannot be a folder ({error.strerror}); name another"
        ) from error
    held = [path for folder in folders for path in sorted(folder.rglob("*"), reverse=True)]
    for path in held:
        if not path.is_dir() and not _is_ours(path):
            raise ConfigurationError(
                f"`{path.parent}` holds `{path.name}`, which is no sample; "
                "choose another folder for --out",
            )
    for path in held:
        # What a folder holds comes before it.
        path.rmdir() if path.is_dir() else path.unlink()


def _is_ours(path: Path) -> bool:
    if path.suffix == ".gz":
        return is_archive(path)
    if path.suffix != ".parquet" or not path.is_file():
        return False
    try:
        metadata = pq.read_schema(path).metadata or {}
    except pa.ArrowInvalid:
        return False
    return MARK.items() <= metadata.items()
