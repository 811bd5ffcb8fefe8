"""Request bodies, sliced from the Arrow buffer of the payload column: nothing is parsed.

The read query ends every payload with a comma, so that the text of neighbouring rows is already
the inside of a JSON array.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote_plus, urlencode

import pyarrow as pa

from seg2amp.delivery.endpoints import Endpoint


@dataclass(frozen=True, slots=True)
class Payloads:
    """A text column as one buffer: row i is `data[offsets[i]:offsets[i + 1]]`, comma included."""

    data: memoryview
    offsets: memoryview

    @classmethod
    def of(cls, column: pa.ChunkedArray | pa.Array) -> Self:
        """View a string column without copying, unless it comes in several chunks."""
        array = _one_array(column)
        if not len(array):
            return cls(memoryview(b""), memoryview(bytes(4)).cast("i"))
        _, ends, data = array.buffers()
        ends = memoryview(ends).cast("B")
        offsets = ends.cast("q") if pa.types.is_large_string(array.type) else ends.cast("i")
        first = array.offset
        text = memoryview(data).cast("B") if data else memoryview(b"")
        return cls(text, offsets[first : first + len(array) + 1])

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.offsets) - 1

    def size(self, rows: Sequence[int]) -> int:
        """Count the bytes of these rows."""
        if isinstance(rows, range):
            return int(self.offsets[rows.stop] - self.offsets[rows.start]) if rows else 0
        return sum(self.offsets[row + 1] - self.offsets[row] for row in rows)

    def text(self, row: int) -> str:
        """Give one row's JSON, for reading by people."""
        return bytes(self.data[self.offsets[row] : self.offsets[row + 1]][:-1]).decode()

    def array(self, rows: Sequence[int]) -> bytes:
        """Give the rows as a JSON array: one slice for a range, a slice per row for a list."""
        slices = [rows] if isinstance(rows, range) else [range(row, row + 1) for row in rows]
        views = [self.data[self.offsets[s.start] : self.offsets[s.stop]] for s in slices if s]
        if not views:
            return b"[]"
        views[-1] = views[-1][:-1]
        return b"".join((b"[", *views, b"]"))

    def cut(self, rows: range, most_rows: int, target_bytes: int) -> Iterator[range]:
        """Cut a range into parts of at most so many rows and bytes, never less than one row."""
        start = rows.start
        while start < rows.stop:
            stop = min(start + most_rows, rows.stop)
            fits = bisect_right(
                self.offsets, self.offsets[start] + target_bytes, lo=start, hi=stop + 1
            )
            stop = max(fits - 1, start + 1)
            yield range(start, stop)
            start = stop


def body(endpoint: Endpoint, api_key: str, array: bytes, min_id_length: int | None) -> bytes:
    """Wrap a JSON array of rows as the endpoint's request body."""
    options = None if min_id_length is None else json.dumps({"min_id_length": min_id_length})
    if endpoint.field:
        form = {"api_key": api_key} | ({"options": options} if options else {})
        return f"{urlencode(form)}&{endpoint.field}={quote_plus(array)}".encode()
    end = f',"options":{options}}}' if options else "}"
    return b"".join(
        (b'{"api_key":', json.dumps(api_key).encode(), b',"events":', array, end.encode())
    )


def _one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    array = column
    if isinstance(column, pa.ChunkedArray):
        array = column.chunk(0) if column.num_chunks == 1 else _joined(column)
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return array
    return array.cast(pa.large_string())


def _joined(column: pa.ChunkedArray) -> pa.Array:
    # 32-bit offsets could overflow once chunks are joined.
    chunks = column.cast(pa.large_string()).chunks
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.large_string())
