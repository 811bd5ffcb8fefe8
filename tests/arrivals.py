"""Raw Segment tables that fill up slice by slice, as a warehouse's do, and builds between."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from seg2amp.transform import BuildTests
from seg2amp.transform.project import Project
from seg2amp.transform.scratch import scratch

MARTS = {
    "amplitude_events": "insert_id",
    "amplitude_identifies": "insert_id",
    "amplitude_group_identifies": "insert_id",
    "amplitude_user_mappings": "insert_id",
}
Row = tuple[object, ...]


@dataclass
class Arrivals:
    """All rows of a raw schema, to be loaded in any order into warehouses of their own.

    Rows: by table, each with the values of the columns; the columns that no row of a slice fills
    are not there yet when it arrives, as in Segment's warehouses.
    """

    source: Path
    schema: str
    columns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    rows: list[tuple[str, Row]] = field(default_factory=list)

    def __post_init__(self) -> None:
        with duckdb.connect(str(self.source), read_only=True) as connection:
            found = connection.execute(
                "select table_name, column_name, data_type from information_schema.columns "
                "where table_schema = ? order by table_name, ordinal_position",
                [self.schema],
            ).fetchall()
            for table, column, kind in found:
                self.columns.setdefault(table, []).append((column, kind))
            for table in self.columns:
                relation = f'"{self.schema}"."{table}"'
                query = f"select * from {relation} order by all"
                self.rows += [(table, row) for row in connection.execute(query).fetchall()]

    def sliced(self, seed: int, slices: int) -> list[list[tuple[str, Row]]]:
        """Deal the rows out at random."""
        dice = random.Random(seed)
        dealt: list[list[tuple[str, Row]]] = [[] for _ in range(slices)]
        for row in self.rows:
            dealt[dice.randrange(slices)].append(row)
        return dealt


class Warehouse:
    """One warehouse that is loaded and built again and again."""

    def __init__(self, path: Path, arrivals: Arrivals, settings: Mapping[str, object]) -> None:
        self.path = path
        self._arrivals = arrivals
        self._settings = {"segment_schemas": [arrivals.schema], **settings}
        # So recent that rows of `tracks` still wait for those of their event's table.
        self._clock = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=2)
        self._there: dict[str, set[str]] = {}
        self.run(f'create schema "{arrivals.schema}"')

    def run(self, sql: str, values: Iterable[object] = ()) -> list[Row]:
        with duckdb.connect(str(self.path)) as connection:
            return connection.execute(sql, list(values)).fetchall()

    def load(self, rows: Iterable[tuple[str, Row]], *, late: timedelta = timedelta()) -> None:
        """Load rows with a `uuid_ts` of now, or one that is `late` in the past."""
        self._clock += timedelta(minutes=1)
        by_table: dict[str, list[Row]] = {}
        for table, row in rows:
            by_table.setdefault(table, []).append(row)
        with duckdb.connect(str(self.path)) as connection:
            for table, its_rows in sorted(by_table.items()):
                self._insert(connection, table, its_rows, self._clock - late)

    def _insert(
        self, connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row], loaded: datetime
    ) -> None:
        relation = f'"{self._arrivals.schema}"."{table}"'
        columns = self._arrivals.columns[table]
        filled = [
            (index, name, kind)
            for index, (name, kind) in enumerate(columns)
            if any(row[index] is not None for row in rows)
        ]
        there = self._there.setdefault(table, set())
        for _, name, kind in filled:
            if not there:
                connection.execute(f'create table {relation} ("{name}" {kind})')
            elif name not in there:
                connection.execute(f'alter table {relation} add column "{name}" {kind}')
            there.add(name)
        names = ", ".join(f'"{name}"' for _, name, _ in filled)
        marks = ", ".join("?" for _ in filled)
        connection.executemany(
            f"insert into {relation} ({names}) values ({marks})",
            [
                [loaded if name == "uuid_ts" else row[index] for index, name, _ in filled]
                for row in rows
            ],
        )

    def build(self, *flags: str, select: str = "+amplitude_outbox", **settings: object) -> None:
        project_dir = Path(__file__).parents[1] / "dbt_project"
        with scratch(project_dir) as (_, manifest):
            # The manifest of a scratch project holds the file's name as that of the database.
            project = Project(project_dir, self.path.parent, "duckdb", self.path)
            command = ["build", "--select", select, *BuildTests.NONE.left_out]
            project.invoke([*command, *flags], {**self._settings, **settings}, manifest)

    def marts(self) -> dict[str, list[Row]]:
        return {
            mart: self.run(f"select * from amplitude.{mart} order by {key}")
            for mart, key in MARTS.items()
        }

    def outbox(self) -> dict[str, Row]:
        rows = self.run("select insert_id, endpoint, kind, payload from amplitude.amplitude_outbox")
        return {str(row[0]): row[1:] for row in rows}
