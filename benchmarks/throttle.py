"""What throttled people cost the others: `make benchmark-throttle`.

The same outbox is loaded twice into a sandbox on this machine: undisturbed, and while 2 % of the
users are throttled for a minute. Compared is how long the rows of everybody else took: from the
first request to the last one that held a row of theirs. The table goes to stderr, one line of JSON
to stdout.
"""

import json
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from pydantic import JsonValue, SecretStr
from rich import box
from rich.console import Console
from rich.table import Table

from seg2amp import api
from seg2amp.delivery import LoadSettings, load
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.fault_plan import FaultPlan
from seg2amp.sandbox.server import serving
from seg2amp.transform import BuildTests
from seg2amp.warehouse import DuckDBWarehouse

SHARE = 0.02
KEY = "benchmark"

_talk = Console(stderr=True, highlight=False)


@dataclass(frozen=True)
class Delivery:
    """How long the rows of unthrottled people took, and how many people waited."""

    seconds: float
    rows: int
    waited: int
    requests: int


def main(
    rows: Annotated[int, typer.Option(min=1, help="How many events.")] = 500_000,
    users: Annotated[int, typer.Option(min=1, help="Of how many people.")] = 5_000,
    throttled_for: Annotated[float, typer.Option(help="Seconds.")] = 60.0,
    repeats: Annotated[int, typer.Option(min=1, help="Loads of each kind; the best counts.")] = 2,
) -> None:
    """Load with and without throttled people, and compare what everybody else waited."""
    few = range(0, users, round(1 / SHARE))
    # The sandbox looks for people in both loads, so that its own work is the same.
    plans = {
        "undisturbed": _throttling([f"stranger-{number}" for number in few], throttled_for),
        "2 % throttled": _throttling([f"user-{number}" for number in few], throttled_for),
    }
    with tempfile.TemporaryDirectory() as folder:
        outbox = Path(folder) / "outbox.duckdb"
        _fill(outbox, rows, users)
        best: dict[str, Delivery] = {}
        for _ in range(repeats):
            for name, plan in plans.items():
                with _talk.status(f"{name}: loading"):
                    found = _deliver(outbox, plan)
                if name not in best or found.seconds < best[name].seconds:
                    best[name] = found
    _show(best)
    calm, disturbed = best["undisturbed"], best["2 % throttled"]
    ratio = (disturbed.seconds / disturbed.rows) / (calm.seconds / calm.rows)
    _talk.print(f"The others took {ratio - 1:+.1%} a row while 2 % of the users were throttled.")
    said = {"benchmark": "throttle", "rows": rows, "users": users, "ratio": ratio}
    sys.stdout.write(json.dumps(said) + "\n")


def _throttling(people: list[JsonValue], seconds: float) -> FaultPlan:
    return FaultPlan.of(rules=[{"fault": "throttle", "user_ids": people, "for_seconds": seconds}])


def _fill(path: Path, rows: int, users: int) -> None:
    """Make an outbox and an empty ledger, as dbt makes them for nothing, and fill the outbox."""
    os.environ["SEG2AMP_DUCKDB_PATH"] = str(path)
    api.build({}, tests=BuildTests.NONE)
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from amplitude.amplitude_outbox")
        connection.execute(
            """
            insert into amplitude.amplitude_outbox by name
            select
              1 as load_id, row_number() over (order by lane, n) as position, 'batch' as endpoint,
              lane, person_key, 'event' as kind, 'm-' || n as insert_id, 'rule' as rule_id,
              person_key as user_id, moment + n as event_time,
              'north_america' as endpoint_region, false as user_properties_left_out,
              json_object(
                'event_type', 'Product Viewed', 'user_id', person_key, 'time', moment + n,
                'insert_id', 'm-' || n, 'event_properties',
                json_object('number', n, 'text', repeat(md5(n::text), 12))
              )::text as payload,
              now()::timestamp as appended_at
            from (
              select
                n, 'user-' || n % $users as person_key,
                strpos('0123456789abcdef', left(md5('user-' || n % $users), 1)) - 1 as lane,
                epoch_ms(now()::timestamp) - 86400000 as moment
              from range($rows) as numbers(n)
            )
            """,
            {"rows": rows, "users": users},
        )


def _deliver(outbox: Path, plan: FaultPlan) -> Delivery:
    path = outbox.with_name("loaded.duckdb")
    shutil.copy(outbox, path)
    config = SandboxConfig(api_keys=frozenset({KEY}), faults=plan)
    with serving(config) as sandbox, DuckDBWarehouse(path) as warehouse:
        load(warehouse, LoadSettings(api_key=SecretStr(KEY), base_url=sandbox.url))
        told = warehouse.read(
            """
            select
              epoch(max(q.sent_at + q.duration_ms * interval 1 millisecond) - min(q.sent_at))
                as seconds,
              cast(sum(q.row_count) as bigint) as rows, count(*) as requests,
              (select count(distinct person_key) from amplitude.delivery_parked) as waited
            from amplitude.delivery_requests as q
            where q.outcome = 'delivered' and q.group_id is null
            """
        ).to_pylist()
    path.unlink()
    return Delivery(**told[0])


def _show(best: dict[str, Delivery]) -> None:
    table = Table("", *best, box=box.SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("rows of the others", *(f"{one.rows:,}" for one in best.values()))
    table.add_row("their seconds", *(f"{one.seconds:.2f}" for one in best.values()))
    table.add_row("people who waited", *(f"{one.waited:,}" for one in best.values()))
    table.add_row("requests", *(f"{one.requests:,}" for one in best.values()))
    _talk.print(table)


if __name__ == "__main__":
    typer.run(main)
