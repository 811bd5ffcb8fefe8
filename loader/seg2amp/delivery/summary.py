"""What a load came to: rows by what became of them, and how the run ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from seg2amp.delivery.endpoints import ENDPOINTS
from seg2amp.delivery.entries import Outcome, RunOutcome
from seg2amp.delivery.ledger import Ledger
from seg2amp.delivery.pending import Pending
from seg2amp.errors import StoppedEarly


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one endpoint in one run."""

    pending: int
    delivered: int
    rejected: int
    skipped: int
    held: int

    @property
    def left(self) -> int:
        """Rows that are still pending."""
        return self.pending - self.delivered - self.rejected - self.skipped - self.held


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load came to; `pending` counts rows at its start."""

    run_id: str
    pending: int
    delivered: int
    rejected: int
    skipped: int
    held: int
    """Rows passed over because nobody knows whether an old request has stored them."""
    requests: int
    outcomes: Mapping[Outcome, int]
    """Requests by outcome."""
    body_bytes: int
    seconds: float
    endpoints: Mapping[str, Counts]
    signal: int | None = None
    """The signal that stopped it early, if one did."""

    @property
    def left(self) -> int:
        """Rows that are still pending."""
        return self.pending - self.delivered - self.rejected - self.skipped - self.held

    @property
    def outcome(self) -> RunOutcome:
        """What the ledger says of the run."""
        if self.left:
            return "stopped"
        return "completed_with_rejections" if self.rejected else "completed"

    @property
    def exit_code(self) -> int:
        """0 all acknowledged, 3 some refused or unknown, 75 some left, 128 + n signal n."""
        if self.signal:
            return 128 + self.signal
        if self.left:
            return StoppedEarly.exit_code
        return 3 if self.rejected or self.held else 0


def summarise(
    ledger: Ledger, pending: Pending, seconds: float, signal_number: int | None = None
) -> LoadSummary:
    """Count what this run has written of what was pending, in so many seconds."""
    tally = ledger.tally
    endpoints = {
        name: Counts(
            pending=pending.rows_of(name),
            delivered=tally.delivered[name],
            rejected=tally.rejected[name],
            skipped=tally.skipped[name],
            held=tally.held[name],
        )
        for name in ENDPOINTS
    }
    return LoadSummary(
        run_id=ledger.run_id,
        pending=pending.rows,
        delivered=tally.delivered.total(),
        rejected=tally.rejected.total(),
        skipped=tally.skipped.total(),
        held=tally.held.total(),
        requests=tally.requests,
        outcomes=dict(tally.outcomes),
        body_bytes=tally.body_bytes,
        seconds=seconds,
        endpoints=endpoints,
        signal=signal_number,
    )
