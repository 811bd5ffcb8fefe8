"""The account of every message: what was read, what it became, and why the rest was not sent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from seg2amp.audit import counts as queries
from seg2amp.audit.counts import Claim, MessageCount, RequestCount, RowCount, Run, read_records
from seg2amp.warehouse import Warehouse, require_tables

MODELS = (
    "amplitude_outbox",
    "audit_deliveries",
    "audit_messages",
    "audit_reconciliation",
    "audit_rejections",
    "audit_suppressions",
    "delivery_rejections",
    "delivery_requests",
    "delivery_runs",
)


@dataclass(frozen=True, slots=True)
class CallType:
    """What became of the raw rows of one call type."""

    call_type: str
    raw_rows: int
    messages: int
    mapped: int
    dropped: int
    rejected: int
    extra_rows: int
    rows_made: int

    @property
    def duplicates(self) -> int:
        """Raw rows that were copies of a message."""
        return self.raw_rows - self.messages


@dataclass(frozen=True, slots=True)
class RuleRows:
    """What became of the rows that one rule made."""

    rule_id: str
    kind: str
    endpoint: str
    made: int
    forbidden: int
    withheld: int
    delivered: int
    rejected: int
    skipped: int
    unknown: int
    pending: int


@dataclass(frozen=True, slots=True)
class Unsent:
    """Why `count` messages or rows (`unit`) were not sent.

    `stage` is dropped, unmapped, forbidden, withheld, rejected, skipped, suppressed, unknown or
    pending; `rule_id` is empty where no rule decided.
    """

    stage: str
    unit: str
    rule_id: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Account:
    """Every message and row of a warehouse, counted."""

    message_counts: tuple[MessageCount, ...]
    row_counts: tuple[RowCount, ...]
    claims: tuple[Claim, ...]
    run: Run | None
    requests: tuple[RequestCount, ...]

    @property
    def total(self) -> CallType:
        """The sums over all call types."""
        return _call_type("all", self.message_counts)

    @property
    def call_types(self) -> tuple[CallType, ...]:
        """The sums of each call type, the most frequent first."""
        names = dict.fromkeys(count.call_type for count in self.message_counts)
        found = [
            _call_type(name, [c for c in self.message_counts if c.call_type == name])
            for name in names
        ]
        return tuple(sorted(found, key=lambda one: (-one.raw_rows, one.call_type)))

    @property
    def rules(self) -> tuple[RuleRows, ...]:
        """What became of the rows of each rule, the most productive first."""
        grouped: dict[tuple[str, str, str], list[RowCount]] = defaultdict(list)
        for count in self.row_counts:
            grouped[count.rule_id, count.kind, count.endpoint].append(count)
        rules = [
            RuleRows(
                *key,
                made=sum(count.rows for count in counts),
                forbidden=_in_state("forbidden", counts),
                withheld=_in_state("withheld", counts) + _in_state("suppressed", counts),
                delivered=_in_state("delivered", counts),
                rejected=_in_state("rejected", counts),
                skipped=_in_state("skipped", counts),
                unknown=_in_state("unknown", counts),
                pending=_in_state("pending", counts),
            )
            for key, counts in grouped.items()
        ]
        return tuple(sorted(rules, key=lambda rule: (-rule.made, rule.rule_id)))

    @property
    def forbidden(self) -> int:
        """Rows that Amplitude's contract forbids, rejected up front."""
        return _in_state("forbidden", self.row_counts)

    @property
    def withheld(self) -> int:
        """Rows that were kept out of the outbox because their person is suppressed."""
        return _in_state("withheld", self.row_counts)

    @property
    def delivered(self) -> int:
        """Rows that Amplitude acknowledged."""
        return _in_state("delivered", self.row_counts)

    @property
    def rejected(self) -> int:
        """Rows that Amplitude refused."""
        return _in_state("rejected", self.row_counts)

    @property
    def skipped(self) -> int:
        """Rows that a load passed over, as it was asked to."""
        return _in_state("skipped", self.row_counts)

    @property
    def suppressed(self) -> int:
        """Rows of the outbox whose person is suppressed by now."""
        return _in_state("suppressed", self.row_counts)

    @property
    def unknown(self) -> int:
        """Rows that an old request without a reply may have stored."""
        return _in_state("unknown", self.row_counts)

    @property
    def pending(self) -> int:
        """Rows that wait for the next load."""
        return _in_state("pending", self.row_counts)

    @property
    def outbox(self) -> int:
        """Rows in the outbox."""
        return sum(count.rows for count in self.row_counts) - self.forbidden - self.withheld

    @property
    def kept_rows(self) -> int:
        """Rows of the outbox that earlier builds put there and today's mapping does not make."""
        return self.outbox - (self.total.rows_made - self.forbidden - self.withheld)

    @property
    def balanced(self) -> bool:
        """Whether every claim holds."""
        return all(claim.holds for claim in self.claims)

    @property
    def unsent(self) -> tuple[Unsent, ...]:
        """Everything that was not delivered, by stage, rule and reason, in the order of the way."""
        stages = {"dropped": "dropped", "rejected": "unmapped"}
        messages = [
            Unsent(stages[c.outcome], "messages", c.rule_id, c.reason or "no reason", c.messages)
            for outcome in stages
            for c in self.message_counts
            if c.outcome == outcome
        ]
        rows = [
            Unsent(state, "rows", c.rule_id, _reason(c), c.rows)
            for state in ("forbidden", "withheld", "rejected", "skipped", "suppressed", "unknown")
            for c in self.row_counts
            if c.state == state
        ]
        waiting = Unsent("pending", "rows", "", "waits for the next load", self.pending)
        return (*messages, *rows, *([waiting] if self.pending else []))


def read_account(warehouse: Warehouse, schema: str) -> Account:
    """Count what the models and the ledger in `schema` hold.

    Raises:
        ConfigurationError: a model is missing from the warehouse.

    """
    require_tables(warehouse, schema, MODELS)
    runs = read_records(warehouse, schema, queries.RUNS, Run, 1)
    run = runs[0] if runs else None
    return Account(
        message_counts=read_records(warehouse, schema, queries.MESSAGES, MessageCount),
        row_counts=(
            *read_records(warehouse, schema, queries.FORBIDDEN, RowCount),
            *read_records(warehouse, schema, queries.WITHHELD, RowCount),
            *read_records(warehouse, schema, queries.DELIVERIES, RowCount),
        ),
        claims=read_records(warehouse, schema, queries.CLAIMS, Claim),
        run=run,
        requests=read_records(warehouse, schema, queries.REQUESTS, RequestCount, run.run_id)
        if run
        else (),
    )


def _call_type(name: str, counts: Iterable[MessageCount]) -> CallType:
    counts = list(counts)
    outcomes = {
        outcome: sum(count.messages for count in counts if count.outcome == outcome)
        for outcome in ("mapped", "dropped", "rejected")
    }
    return CallType(
        name,
        raw_rows=sum(count.raw_rows for count in counts),
        messages=sum(count.messages for count in counts),
        extra_rows=sum(count.extra_rows for count in counts),
        rows_made=sum(count.rows_made for count in counts),
        **outcomes,
    )


def _in_state(state: str, counts: Iterable[RowCount]) -> int:
    return sum(count.rows for count in counts if count.state == state)


def _reason(count: RowCount) -> str:
    reason = count.reason or "no reason"
    return f"{count.field}: {reason}" if count.field else reason
