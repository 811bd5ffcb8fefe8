"""How one sandbox is set up."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from seg2amp.errors import ConfigurationError
from seg2amp.sandbox import catalogue
from seg2amp.sandbox.budget import USER_UPDATES_PER_HOUR
from seg2amp.sandbox.catalogue import Rule, Source
from seg2amp.sandbox.fault_plan import FaultPlan

REGIONS = ("us", "eu")
MODES: Mapping[str, frozenset[Source]] = {
    "strict": frozenset({"documented", "observed", "ours"}),
    "lenient": frozenset({"documented", "observed"}),
    "docs2023": frozenset({"documented"}),
}
"""The sources of the rules that refuse in each mode."""


def now() -> int:
    """Tell the present as epoch milliseconds, UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, kw_only=True)
class SandboxConfig:
    """Everything that can be chosen about a sandbox.

    Raises `ConfigurationError` when a value cannot be used.
    """

    host: ClassVar[str] = "127.0.0.1"

    port: int = 0
    """TCP port; 0 takes a free one."""

    api_keys: frozenset[str] = frozenset()
    """The accepted keys; none means that every non-empty key is accepted."""

    secret_keys: Mapping[str, str] = field(default_factory=dict)
    """The secret key of each API key; none means that every non-empty one is accepted."""

    region: str = "us"
    """`us` or `eu`: the region of its keys, shown in the summary and on the page."""

    mode: str = "strict"
    """Which rules refuse: `strict` all, `lenient` those of Amplitude's documents and practice,
    `docs2023` those of its documents alone; the others become warnings."""

    first_index_only: bool = False
    """Name only the first bad event per field in a 400, as the newest HTTP V2 page says."""

    refused_warnings: frozenset[str] = frozenset()
    """Names of warning rules that are refused with a 400 instead, e.g. `operation_on_event`."""

    gzip: bool = True
    """Accept gzip bodies; if not, they are answered 415. Amplitude's pages do not mention gzip."""

    wire_bytes: bool = False
    """Hold bodies to their limit as sent, not unpacked; which of it counts is not documented."""

    counts_duplicates: bool = True
    """Count duplicates in `events_ingested`; whether Amplitude does is not documented."""

    json_success: bool = False
    """Answer success at the form APIs in JSON; the default is the bare text `success`."""

    batch_eps: int = 1_000
    """Events a second of one user or device on /batch, averaged over 30 seconds."""

    httpapi_eps: int = 30
    """The same on /2/httpapi and /identify."""

    daily_quota: int = 500_000
    """Events of one user or device on /batch in 24 hours."""

    user_mappings_per_second: int = 50
    """Mappings a second on /usermap, averaged over 30 seconds."""

    user_updates_per_hour: int = USER_UPDATES_PER_HOUR
    """User property updates that one Amplitude ID takes in an hour; more are dropped silently."""

    starter_plan: bool = False
    """Hold the project to the Starter plan's 100 requests and 1,000 events a second."""

    faults: FaultPlan = field(default_factory=FaultPlan)
    """What shall go wrong from the start; see `fault_plan`."""

    journal: Path | None = None
    """A file that gets a line of JSON for each request."""

    clock: Callable[[], int] = now
    """The present, epoch milliseconds, UTC."""

    def __post_init__(self) -> None:
        """Refuse what cannot work, naming the value."""
        last_port = 65_535
        if not 0 <= self.port <= last_port:
            raise ConfigurationError(f"port {self.port} does not exist; choose 0 to {last_port}")
        if self.region not in REGIONS:
            raise ConfigurationError(f"region `{self.region}` is unknown; choose `us` or `eu`")
        if self.mode not in MODES:
            raise ConfigurationError(f"mode `{self.mode}` is unknown; choose from {list(MODES)}")
        known = {rule.name for rule in catalogue.rules() if rule.verdict == "warning"}
        unknown = sorted(self.refused_warnings - known)
        if unknown:
            raise ConfigurationError(
                f"`{unknown[0]}` is not a warning of the sandbox; choose from {sorted(known)}"
            )

    def refuses(self, rule: Rule) -> bool:
        """Tell whether a request that breaks the rule is refused; if not, it is warned."""
        if rule.verdict == "warning":
            return rule.name in self.refused_warnings
        return rule.source in MODES[self.mode]

    @property
    def documents_only(self) -> bool:
        """Whether what was only seen in practice is left aside."""
        return "observed" not in MODES[self.mode]
