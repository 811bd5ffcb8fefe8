"""Loading four times as much takes no more memory."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from outbox import build
from scripted import scripted

LOADER = """
import sys
from pathlib import Path
from outbox import run
run(Path(sys.argv[1]), sys.argv[2])
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""

ROWS = """
insert into amplitude.amplitude_outbox
select 1, row_number() over (order by n % 16, n), 'batch', n % 16, n::text, 'event', n::text, null,
  'r', null, null, null, null, 'europe',
  '{"event_type":"e","n":' || n || ',"text":"' || repeat(md5(n::text), 20) || '"}', now()::timestamp
from range($rows) as numbers(n)
order by n % 16, n
"""


def peak_megabytes(path: Path, rows: int) -> int:
    build(path, [])
    with duckdb.connect(str(path)) as connection:
        connection.execute(ROWS, {"rows": rows})
    with scripted(lambda _: None, keep=False) as server:
        child = subprocess.run(
            [sys.executable, "-c", LOADER, str(path), server.url],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    return int(child.stdout) // 1024


@pytest.mark.full
def test_memory_is_flat(tmp_path):
    small = peak_megabytes(tmp_path / "small.duckdb", 600_000)
    large = peak_megabytes(tmp_path / "large.duckdb", 2_400_000)
    # DuckDB first fills what it is allowed; from there on nothing grows.
    assert large <= 600
    assert large <= small * 1.3
