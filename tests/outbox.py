"""Small outboxes and empty ledgers in temporary DuckDB files, as dbt makes them."""

import ast
import hashlib
import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from pydantic import SecretStr

from seg2amp.delivery import LoadSettings, LoadSummary, Patience, load
from seg2amp.settings import REPOSITORY
from seg2amp.warehouse import DuckDBWarehouse

KEY = "0123456789abcdef0123456789abcdef"
DAY = 86_400_000
LANES = 16

MODELS = REPOSITORY / "dbt_project" / "models"
SUPPRESSIONS = """
create table amplitude.amplitude_suppressions (
  person_key text, device_id text, reason text, suppressed_at timestamp
)
"""
OUTBOX = """
create table amplitude.amplitude_outbox (
  load_id bigint, position bigint, endpoint text, lane integer, person_key text, kind text,
  insert_id text, message_id text, rule_id text, user_id text, device_id text, event_time bigint,
  min_id_length integer, endpoint_region text, payload text, appended_at timestamp
)
"""


def ledger_tables() -> list[str]:
    """Give the statements that make the ledger, from its models."""
    made = []
    for model in sorted((MODELS / "ledger").glob("*.sql")):
        columns = ast.literal_eval(re.search(r"\{[^{}]*\}", model.read_text())[0])
        listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        made.append(f"create table amplitude.{model.stem} ({listed})")
    return made


def audit_deliveries() -> str:
    """Give the statement that makes the view, from its model."""
    sql = (MODELS / "audit" / "audit_deliveries.sql").read_text()
    sql = re.sub(r'\{\{ ref\("(\w+)"\) \}\}', r"amplitude.\1", sql)
    return f"create view amplitude.audit_deliveries as {sql}"


@dataclass(frozen=True)
class Row:
    insert_id: str
    payload: str
    lane: int = 0
    endpoint: str = "batch"
    kind: str = "event"
    event_time: int | None = None
    min_id_length: int | None = None
    region: str = "north_america"
    person: str = ""


def lane_of(user: str) -> int:
    return int(hashlib.md5(user.encode()).hexdigest(), 16) % LANES


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def event(number: int, users: int = 20, *, age_days: float = 1, **more: object) -> Row:
    user = f"user-{number % users:04d}"
    moment = now_ms() - int(age_days * DAY) + number
    payload = {
        "event_type": "Seen Ünïcode",
        "user_id": user,
        "time": moment,
        "insert_id": f"m-{number:06d}",
        "event_properties": {"number": number, "text": 'a "quoted" \\ and, 日本 text'},
    } | more
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Row(f"m-{number:06d}", text, lane_of(user), event_time=moment, person=user)


def events(count: int, users: int = 20, first: int = 0, **more: object) -> list[Row]:
    return [event(number, users, **more) for number in range(first, first + count)]


def group(number: int, **more: object) -> Row:
    item = {
        "group_type": "company",
        "group_value": f"group-{number}",
        "group_properties": {"number": number, "text": "a&b=c+d%"},
    } | more
    return Row(f"g-{number}", json.dumps(item), number % 2, "groupidentify", "group_identify")


def identification(number: int, users: int = 20, **more: object) -> Row:
    user = f"user-{number % users:04d}"
    item = {"user_id": user, "user_properties": {"$set": {"number": number}}} | more
    row = Row(f"i-{number:06d}", json.dumps(item), lane_of(user), "identify", "identify")
    return replace(row, person=user)


def user_map(number: int, **more: object) -> Row:
    item = {"user_id": f"old-{number:04d}"}
    item |= more or {"global_user_id": f"global-{number:04d}"}
    return Row(f"u-{number}", json.dumps(item), number % 2, "usermap", "user_map")


def spoiled(row: Row, **fields: object) -> Row:
    return replace(row, payload=json.dumps(json.loads(row.payload) | fields))


def build(path: Path, rows: Iterable[Row]) -> Path:
    """Make a warehouse file that holds the rows, appended by one build."""
    with duckdb.connect(str(path)) as connection:
        tables = (OUTBOX, SUPPRESSIONS, *ledger_tables())
        for statement in ("create schema amplitude", *tables, audit_deliveries()):
            connection.execute(statement)
    append(path, rows)
    return path


def append(path: Path, rows: Iterable[Row]) -> None:
    """Append the rows as one more build: contiguous by endpoint and lane, order kept within."""
    with duckdb.connect(str(path)) as connection:
        found = connection.sql(
            "select coalesce(max(load_id), 0), coalesce(max(position), 0) "
            "from amplitude.amplitude_outbox"
        ).fetchall()
        load_id, position = found[0]
        placed = sorted(rows, key=lambda r: (r.endpoint != "identify", r.endpoint, r.lane))
        values = [
            (
                *(load_id + 1, position + number, r.endpoint, r.lane, r.person or r.insert_id),
                *(r.kind, r.insert_id, f"message-{r.insert_id}", "rule", r.person or None, None),
                *(
                    r.event_time,
                    r.min_id_length,
                    r.region,
                    r.payload,
                    datetime.now(UTC).replace(tzinfo=None),
                ),
            )
            for number, r in enumerate(placed, start=1)
        ]
        if not values:
            return
        columns = ", ".join(f"unnest(${number}) " for number in range(1, 17))
        connection.execute(
            f"insert into amplitude.amplitude_outbox select {columns}",
            [list(column) for column in zip(*values, strict=True)],
        )


def hasty(base_url: str, **more: object) -> LoadSettings:
    """Settings for a test: as usual, but no wait is long."""
    patience = Patience(first_wait=0.01, longest_wait=0.05, give_up_after=5)
    given = {"api_key": SecretStr(KEY), "base_url": base_url, "patience": patience}
    return LoadSettings(**(given | more))


def run(path: Path, base_url: str, **more: object) -> LoadSummary:
    with DuckDBWarehouse(path) as warehouse:
        return load(warehouse, hasty(base_url, **more))


def ask(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def change(path: Path, sql: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def states(path: Path) -> dict[str, int]:
    """Count the outbox rows by state, as the audit does."""
    return dict(ask(path, "select state, count(*) from amplitude.audit_deliveries group by all"))
