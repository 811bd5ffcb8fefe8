"""How a load or run ended: what the summary file and the metrics tell."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from seg2amp.delivery import LoadSummary, RunOutcome
from seg2amp.transform import BuildSummary

STATES = ("pending", "delivered", "rejected", "skipped", "held", "left")


@dataclass(frozen=True, slots=True)
class Ending:
    """One `load` or `run` that is over; moments are UTC."""

    command: Literal["load", "run"]
    run_id: str
    started_at: datetime
    finished_at: datetime
    exit_code: int
    outcome: RunOutcome
    error: str | None
    built: BuildSummary | None
    """None when nothing was built, or the build failed."""
    loaded: LoadSummary | None
    """None when the load never began to send."""

    @property
    def seconds(self) -> float:
        """From start to end."""
        return (self.finished_at - self.started_at).total_seconds()

    @property
    def finished(self) -> bool:
        """Whether nothing is left pending; rows may have been refused or held."""
        return self.error is None and self.loaded is not None and not self.loaded.left

    def rows(self) -> dict[str, dict[str, int]]:
        """Count rows by endpoint and state."""
        endpoints = self.loaded.endpoints if self.loaded else {}
        return {
            name: {state: getattr(counts, state) for state in STATES}
            for name, counts in endpoints.items()
        }

    def as_json(self) -> Mapping[str, object]:
        """Give what the summary file holds."""
        loaded, built = self.loaded, self.built
        return {
            "command": self.command,
            "run_id": self.run_id,
            "started_at": f"{self.started_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            "finished_at": f"{self.finished_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            "seconds": round(self.seconds, 3),
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "error": self.error,
            "build": built and _counts(built),
            "rows": {state: getattr(loaded, state) if loaded else 0 for state in STATES},
            "endpoints": self.rows(),
            "requests": loaded.requests if loaded else 0,
            "requests_by_outcome": loaded.outcomes if loaded else {},
            "bytes": loaded.body_bytes if loaded else 0,
            "load_seconds": round(loaded.seconds, 3) if loaded else 0.0,
        }


def _counts(built: BuildSummary) -> dict[str, object]:
    return {
        "models": built.models,
        "seeds": built.seeds,
        "tests": built.tests,
        "seconds": round(built.seconds, 3),
    }


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it.

    Raises `OSError` when the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Its name must not end like the file's: collectors read whole folders.
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
