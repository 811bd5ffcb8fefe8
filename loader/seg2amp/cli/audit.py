"""The commands of the audit: the report, the status of delivery, and questions."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from seg2amp.cli.output import talk, write_json


def report(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the page goes.")] = Path(
        ".seg2amp/report.html"
    ),
    show_values: Annotated[
        bool, typer.Option("--show-values", help="Do not mask personal values.")
    ] = False,
) -> None:
    """Write one self-contained HTML page that accounts for every message."""
    from seg2amp import api

    api.report(out, show_values=show_values)
    talk.print(f"report: {out}", markup=False)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell how delivery stands: the last runs, rows by state, who waits, what was refused."""
    from seg2amp import api
    from seg2amp.audit import status_tables

    found = api.status()
    if as_json:
        write_json(asdict(found))
        return
    console = Console(soft_wrap=not sys.stdout.isatty(), markup=False, highlight=False)
    for table in status_tables(found):
        console.print(table)


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT; it cannot change the warehouse.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a row.")] = False,
) -> None:
    """Ask the warehouse: audit_messages, audit_deliveries, audit_settings and the rest."""
    from seg2amp import api

    found = api.query(sql).to_pylist()
    if as_json:
        for row in found:
            write_json(row)
        return
    table = Table(*(found[0] if found else ()), box=box.SIMPLE_HEAD)
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console(soft_wrap=not sys.stdout.isatty(), markup=False).print(table if found else "no rows")
