"""One sandbox: how it is set up, and everything that it knows."""

from dataclasses import dataclass, field

from starlette.responses import Response

from seg2amp.sandbox import planned
from seg2amp.sandbox.clock import Clock
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.deletions import Deletions
from seg2amp.sandbox.faults import Faults
from seg2amp.sandbox.journal import Journal
from seg2amp.sandbox.rates import Rates, sent_by
from seg2amp.sandbox.store import Store
from seg2amp.sandbox.values import JsonObject
from seg2amp.sandbox.visit import Visit


@dataclass
class Sandbox:
    """What the server's thread writes, and any may read."""

    config: SandboxConfig
    store: Store = field(init=False)
    clock: Clock = field(init=False)
    faults: Faults = field(init=False)
    rates: Rates = field(init=False)
    journal: Journal = field(init=False)
    deletions: Deletions = field(default_factory=Deletions)

    def __post_init__(self) -> None:
        """Begin as configured; raises `ConfigurationError`."""
        self.store = Store(self.config.user_updates_per_hour)
        self.clock = Clock(self.config.clock)
        self.faults = Faults(self.config.faults)
        self.rates = Rates(self.config)
        self.journal = Journal(self.config.journal)

    def reset(self) -> None:
        """Go back to how it began."""
        self.store.reset()
        self.clock.reset()
        self.journal.reset()
        self.deletions = Deletions()
        self.faults.arm(self.config.faults)
        self.rates = Rates(self.config)

    def now(self) -> int:
        """Tell the present, and do what was due by then."""
        now = self.clock.now()
        self.deletions.run(self.store, now)
        return now

    def conclude(self, visit: Visit, reply: Response) -> None:
        """Count and journal a request that is about to be replied to."""
        self.store.responses[visit.endpoint, reply.status_code] += 1
        self.store.refused.update(visit.rules)
        self.journal.write(visit, reply)

    def throttle(self, visit: Visit, items: list[JsonObject]) -> None:
        """Raise `Refusal` if anybody in the request is throttled or silenced."""
        found = self.rates.thresholds(visit.endpoint)
        planned.throttle(visit, items, self.faults, found)
        sent = sent_by(items)
        self.rates.measure(visit, sent, found)
        refusal = found.refusal(items)
        if refusal is not None:
            raise refusal
        self.rates.count(visit, sent)
