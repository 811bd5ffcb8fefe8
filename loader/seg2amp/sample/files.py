"""The sample as files: `messages.ndjson`, and `tables/*.parquet`."""

import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from seg2amp.errors import ConfigurationError
from seg2amp.sample.messages import Message
from seg2amp.sample.tables import Warehouse
from seg2amp.sample.traffic import shards

MARK = {b"made_by": b"seg2amp sample"}


def write_sample(messages: int, seed: int, end: datetime, out: Path) -> dict[str, int]:
    """Write both shapes under the folder `out`; return the number of rows of each table.

    Files of an earlier sample are replaced. The same arguments always give the same bytes.

    Raises:
        ConfigurationError: an argument is not as `generate` needs it, `out` is no folder, or
            `out/tables` holds a file that is no sample.

    """
    traffic = shards(messages, seed, end)
    warehouse = Warehouse(end)
    folder = _emptied(out)
    with (out / "messages.ndjson").open("w", encoding="utf-8", newline="\n") as archive:
        for shard in traffic:
            archive.writelines(map(line, shard))
            warehouse.add(shard)
    counts = {}
    for name, table in warehouse.tables():
        pq.write_table(table.replace_schema_metadata(MARK), folder / f"{name}.parquet")
        counts[name] = table.num_rows
    return counts


def line(message: Message) -> str:
    """Write a message as one line of JSON."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"


def _emptied(out: Path) -> Path:
    """Give the folder of the tables, without those of an earlier sample."""
    folder = out / "tables"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"`{out}` cannot be a folder ({error.strerror}); name another"
        ) from error
    held = sorted(folder.iterdir())
    foreign = [path.name for path in held if not _is_ours(path)]
    if foreign:
        raise ConfigurationError(
            f"`{folder}` holds `{foreign[0]}`, which is no sample; choose another folder for --out",
        )
    for path in held:
        path.unlink()
    return folder


def _is_ours(path: Path) -> bool:
    if path.suffix != ".parquet" or not path.is_file():
        return False
    try:
        metadata = pq.read_schema(path).metadata or {}
    except pa.ArrowInvalid:
        return False
    return MARK.items() <= metadata.items()
