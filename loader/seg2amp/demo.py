"""The demo: the whole way once, on this machine alone, in a warehouse of its own."""

import os
import sys
from collections import Counter
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from seg2amp import api
from seg2amp.audit.accounts import Account
from seg2amp.sandbox.server import serving
from seg2amp.transform import BuildTests

FOLDER = Path(".seg2amp")
DATABASE = FOLDER / "demo.duckdb"
REPORT = FOLDER / "demo.html"
SCHEMA = "segment_demo"
QUESTION = (
    "select rule_id, reason, count(*) as messages from amplitude.audit_messages "
    "where outcome <> 'mapped' group by all order by messages desc"
)

# Where nobody watches, lines need not fit a screen.
_WIDTH = None if sys.stdout.isatty() else 100
_out = Console(highlight=False, soft_wrap=True, width=_WIDTH)


def demo(messages: int, seed: int) -> int:
    """Sample, map, deliver and report; return the exit code of the load."""
    FOLDER.mkdir(exist_ok=True)
    DATABASE.unlink(missing_ok=True)
    os.environ["SEG2AMP_DUCKDB_PATH"] = str(DATABASE)
    os.environ["AMPLITUDE_API_KEY"] = "key-of-the-sandbox"

    _out.print(f"1/4  {messages:,} messages of one shop and its app, as raw Segment tables ...")
    tables = api.sample(messages, seed, land=SCHEMA)
    _out.print(f"     {len(tables)} tables in schema {SCHEMA}")
    _out.print("2/4  dbt build: raw tables become Amplitude rows ...")
    built = api.build({"segment_schemas": [SCHEMA]}, tests=BuildTests.DATA, target="duckdb")
    _out.print(f"     {built.models} models, {built.tests} tests passed")
    _out.print("3/4  load: rows go to a sandbox that enforces Amplitude's contract ...")
    with serving() as sandbox:
        # The sample's days are fixed, so that everybody sees the same figures.
        loaded = api.load(base_url=sandbox.url, yes=True)
        stored = len(sandbox.store.rows) + len(sandbox.store.form_items)
    _out.print(f"     {loaded.delivered:,} rows in {loaded.requests} requests, {stored:,} stored")
    _out.print("4/4  report: every message accounted for ...")
    api.report(REPORT)
    _out.print(_table(api.account()))
    _out.print(f"Open    {REPORT}")
    _out.print(
        f'Ask     SEG2AMP_DUCKDB_PATH={DATABASE} .venv/bin/seg2amp query "{QUESTION}"',
        markup=False,
    )
    return loaded.exit_code


def _table(account: Account) -> Table:
    total = account.total
    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{total.raw_rows:,}", "raw rows read")
    table.add_row(f"{total.duplicates:,}", "  copies of a message that was read already")
    table.add_row(f"{total.messages:,}", "[bold]messages[/bold]")
    for reason, count in _reasons(account, "messages"):
        table.add_row(f"{count:,}", f"  {reason}")
    table.add_row(f"{total.mapped:,}", "  mapped")
    table.add_row(f"{total.extra_rows:,}", "  exploded: further rows (products, group properties)")
    table.add_row(f"{total.rows_made:,}", "[bold]Amplitude rows[/bold]")
    for reason, count in _reasons(account, "rows"):
        table.add_row(f"{count:,}", f"  {reason}")
    table.add_row(f"{account.delivered:,}", "  [bold green]delivered[/bold green]")
    return table


def _reasons(account: Account, unit: str) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for unsent in account.unsent:
        if unsent.unit == unit:
            word = "rejected" if unsent.stage in {"unmapped", "forbidden"} else unsent.stage
            counts[f"{word}: {unsent.reason}"] += unsent.count
    return counts.most_common()
