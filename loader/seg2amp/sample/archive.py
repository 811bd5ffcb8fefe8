"""The sample as Segment's S3 destination archives it: `segment-logs/SOURCE/DAY/FILE.gz`."""

from collections import defaultdict
from collections.abc import Iterable
from gzip import GzipFile
from pathlib import Path

from seg2amp.sample.dice import DAY
from seg2amp.sample.messages import Message, epoch_ms

FOLDER = "segment-logs"
# Stands in the header of every file, as the name of what was packed.
MARK = "made by seg2amp sample"
# What a gzip file holds before that name.
_HEADER = 10


def archive(folder: Path, number: int, messages: Iterable[tuple[Message, bytes]]) -> None:
    """Write messages with their lines: one file for each source and day of receipt.

    number: of the file; a day is the epoch ms of its midnight, UTC.
    """
    objects: dict[tuple[str, int], list[bytes]] = defaultdict(list)
    for message, line in messages:
        received = epoch_ms(message["receivedAt"])
        objects[message["projectId"], received - received % DAY].append(line)
    for (project_id, day), lines in objects.items():
        path = folder / project_id / str(day) / f"{number:05}.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Without a time of writing, the same lines are the same bytes.
        with path.open("wb") as raw, GzipFile(MARK, "wb", 1, raw, mtime=0) as packed:
            packed.writelines(lines)


def is_archive(path: Path) -> bool:
    """Say whether a file is of an earlier sample."""
    mark = MARK.encode()
    with path.open("rb") as file:
        return file.read(_HEADER + len(mark))[_HEADER:] == mark
