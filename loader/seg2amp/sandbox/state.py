"""One sandbox: how it is set up, and everything that it knows."""

from dataclasses import dataclass, field

from starlette.responses import Response

from seg2amp.sandbox import planned
from seg2amp.sandbox.clock import Clock
from seg2amp.sandbox.cohorts import Cohorts
from seg2amp.sandbox.config import SandboxConfig
from seg2amp.sandbox.deletions import Deletions
from seg2amp.sandbox.downloads import Downloads
from seg2amp.sandbox.fault import NOBODY, SpentBudget, Stage
from seg2amp.sandbox.faults import Faults
from seg2amp.sandbox.journal import Journal
from seg2amp.sandbox.keys import Keys
from seg2amp.sandbox.rates import Rates, sent_by
from seg2amp.sandbox.replies import Refusal, explain
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
    keys: Keys = field(init=False)
    journal: Journal = field(init=False)
    deletions: Deletions = field(default_factory=Deletions)
    cohorts: Cohorts = field(default_factory=Cohorts)
    downloads: Downloads = field(default_factory=Downloads)

    def __post_init__(self) -> None:
        """Begin as configured; raises `ConfigurationError`."""
        self.store = Store(self.config.user_updates_per_hour)
        self.clock = Clock(self.config.clock)
        self.faults = Faults(self.config.faults)
        self.rates = Rates(self.config)
        self.keys = Keys(self.config)
        self.journal = Journal(self.config.journal)

    def reset(self) -> None:
        """Go back to how it began."""
        self.store.reset()
        self.clock.reset()
        self.journal.reset()
        self.deletions = Deletions()
        self.cohorts = Cohorts()
        self.downloads = Downloads()
        self.faults.arm(self.config.faults)
        self.rates = Rates(self.config)
        self.keys = Keys(self.config)

    def now(self) -> int:
        """Tell the present, and do what was due by then."""
        now = self.clock.now()
        self.deletions.run(self.store, now)
        return now

    def conclude(self, visit: Visit, reply: Response) -> None:
        """Count and journal a request that is about to be replied to."""
        self.store.responses[visit.endpoint, reply.status_code] += 1
        self.store.refused.update(visit.rules)
        self.store.warned.update(list(visit.remarks))
        if visit.remarks:
            explain(reply, visit.remarks)
        self.journal.write(visit, reply)

    def commits(self, visit: Visit) -> bool:
        """Tell whether what has passed every check is stored: all but what the plan loses."""
        stored = True
        for fault in self.faults.hits(Stage.COMMIT, visit):
            if isinstance(fault, SpentBudget):
                self._exhaust_budgets(visit, fault)
            else:
                stored = False
        return stored

    def _exhaust_budgets(self, visit: Visit, fault: SpentBudget) -> None:
        for item in visit.seen_items():
            chosen = not fault.choosy or self.faults.chosen(fault, item) != NOBODY
            if chosen and visit.project is not None:
                self.store.exhaust_budget(item, visit.project, visit.time)

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

    def hold_to_rate(self, visit: Visit) -> None:
        """Raise `Refusal` if requests of this kind come too often; names nobody."""
        found, sent = self.rates.thresholds(visit.endpoint), sent_by([])
        self.rates.measure(visit, sent, found)
        if found.rules:
            raise Refusal(429, "Too many requests", found.rules[0])
        self.rates.count(visit, sent)
