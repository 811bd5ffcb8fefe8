"""The delivery ledger: what happened to the rows, written where the rows are."""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime
from importlib.metadata import version

import pyarrow as pa

from seg2amp.delivery.entries import Entry, Parked, Rejection, Request, RunOutcome, Tally
from seg2amp.warehouse import Statement, Warehouse

TABLES = (
    "delivery_runs",
    "delivery_requests",
    "delivery_rejections",
    "delivery_parked",
    "delivery_checkpoints",
)

_AT_MOST = "case when last_position < ? then last_position else ? end"


class Ledger:
    """The loader's tables in one schema; only one run writes them at a time."""

    def __init__(self, warehouse: Warehouse, schema: str, run_id: str | None = None) -> None:
        """Name a new run, if it has no name yet; nothing is written."""
        self._warehouse, self.schema = warehouse, schema
        self.run_id = run_id or new_run_id()
        self.tally = Tally()
        self._requests = self._groups = 0
        self._known: set[tuple[str, int]] = set()
        self._waiting: list[Entry] = []
        self._writing = asyncio.Lock()

    def close_killed(self, in_flight: Sequence[Request]) -> None:
        """Mark runs that were left running as stopped; only a killed one is.

        `in_flight` are the requests that they may have sent without a word.
        """
        left = (
            f"update {self.schema}.delivery_runs set outcome = 'stopped', finished_at = ?, "
            "error = 'ended without a word; noticed by the next run' where outcome = 'running'"
        )
        lost = self._inserts("delivery_requests", in_flight)
        self._warehouse.write([*lost, Statement(left, (utc_now(),))])

    def begin(self, base_url: str, rows_pending: int) -> None:
        """Open the run."""
        lanes = self._warehouse.read(
            f"select endpoint, lane from {self.schema}.delivery_checkpoints"
        )
        self._known = {(row["endpoint"], row["lane"]) for row in lanes.to_pylist()}
        opened = (
            f"insert into {self.schema}.delivery_runs (run_id, started_at, outcome, base_url, "
            "loader_version, rows_pending, rows_delivered, rows_rejected, requests) "
            "values (?, ?, 'running', ?, ?, ?, 0, 0, 0)"
        )
        values = (self.run_id, utc_now(), base_url, version("seg2amp"), rows_pending)
        self._warehouse.write([Statement(opened, values)])

    def finish(self, outcome: RunOutcome, error: str | None) -> None:
        """Close the run with what it came to."""
        tally = self.tally
        counts = (tally.delivered.total(), tally.rejected.total(), tally.requests)
        sql = (
            f"update {self.schema}.delivery_runs set finished_at = ?, outcome = ?, error = ?, "
            "rows_delivered = ?, rows_rejected = ?, requests = ? where run_id = ?"
        )
        values = (utc_now(), outcome, error, *counts, self.run_id)
        self._warehouse.write([Statement(sql, values)])

    def new_request_id(self) -> str:
        """Give the next number of this run."""
        self._requests += 1
        return f"{self.run_id}-{self._requests:06d}"

    def new_group_id(self) -> str:
        """Give a name to people who are parked together; later groups have greater names."""
        self._groups += 1
        return f"{self.run_id}-p{self._groups:06d}"

    async def record(self, entry: Entry) -> None:
        """Write an entry; entries that wait for the same turn share one transaction."""
        self._waiting.append(entry)
        async with self._writing:
            entries = list(self._waiting)
            if not any(waiting is entry for waiting in entries):
                return
            await asyncio.to_thread(self._write, entries)
            del self._waiting[: len(entries)]
            for written in entries:
                self.tally.count(written)

    def _write(self, entries: Sequence[Entry]) -> None:
        requests = [entry.request for entry in entries if entry.request]
        rejections = [rejection for entry in entries for rejection in entry.rejections]
        statements = [
            *self._inserts("delivery_requests", requests),
            *self._inserts("delivery_rejections", rejections),
            *(statement for entry in entries for statement in self._progress(entry)),
        ]
        self._warehouse.write(statements)
        self._known |= {
            (e.endpoint, e.lane) for e in entries if e.checkpoint is not None and e.group_id is None
        }

    def _progress(self, entry: Entry) -> Iterator[Statement]:
        yield from self._parks(entry)
        if entry.checkpoint is None:
            return
        if entry.group_id is None:
            yield self._checkpoint(entry)
            return
        table = f"{self.schema}.delivery_parked"
        waiting = "where group_id = ? and released_at is null"
        moved = f"update {table} set position = ? {waiting} and position < ?"
        yield Statement(moved, (entry.checkpoint, entry.group_id, entry.checkpoint))
        if entry.released:
            # Rows beyond the lane's checkpoint are the lane's again.
            freed = f"update {table} set released_at = ?, last_position = {_AT_MOST} {waiting}"
            at_most = (entry.checkpoint, entry.checkpoint)
            yield Statement(freed, (utc_now(), *at_most, entry.group_id))

    def _parks(self, entry: Entry) -> Iterator[Statement]:
        # A person waits in one group alone: a new one takes over whatever waits from there on.
        if not entry.parked:
            return
        table = f"{self.schema}.delivery_parked"
        theirs = (
            "from given where p.endpoint = ? and p.lane = ? and p.person_key = given.person_key "
            "and p.released_at is null and p.reason <> 'suppressed'"
        )
        place = (entry.endpoint, entry.lane)
        people = pa.table(
            {
                "person_key": list(entry.parked_from),
                "position": [start - 1 for start in entry.parked_from.values()],
            }
        )
        last = "case when p.last_position < given.position then p.last_position "
        ended = f"update {table} as p set last_position = {last} else given.position end {theirs}"
        emptied = f"update {table} as p set released_at = ? {theirs}"
        yield Statement(ended, place, people)
        empty = " and p.last_position < p.first_position"
        yield Statement(emptied + empty, (utc_now(), *place), people)
        yield from self._inserts("delivery_parked", entry.parked)

    def _inserts(
        self, table: str, rows: Sequence[Request] | Sequence[Rejection] | Sequence[Parked]
    ) -> Iterator[Statement]:
        if not rows:
            return
        names = [column.name for column in fields(rows[0])]
        columns = zip(*map(astuple, rows), strict=True)
        given = pa.table({name: list(column) for name, column in zip(names, columns, strict=True)})
        listed = ", ".join(names)
        sql = f"insert into {self.schema}.{table} ({listed}) select {listed} from given"
        yield Statement(sql, given=given)

    def _checkpoint(self, entry: Entry) -> Statement:
        values = (entry.checkpoint, self.run_id, utc_now(), entry.endpoint, entry.lane)
        if (entry.endpoint, entry.lane) in self._known:
            sql = (
                f"update {self.schema}.delivery_checkpoints set position = ?, run_id = ?, "
                "updated_at = ? where endpoint = ? and lane = ?"
            )
        else:
            sql = (
                f"insert into {self.schema}.delivery_checkpoints "
                "(position, run_id, updated_at, endpoint, lane) values (?, ?, ?, ?, ?)"
            )
        return Statement(sql, values)


def new_run_id() -> str:
    """Name a run; later runs have greater names."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{secrets.token_hex(4)}"


def utc_now() -> datetime:
    """Give this moment as naive UTC, as the ledger holds it."""
    return datetime.now(UTC).replace(tzinfo=None)
