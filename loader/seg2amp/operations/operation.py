"""One `load` or `run` from start to end: whatever happens, the log and the files say so."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from seg2amp.delivery import LoadSummary, RunOutcome, new_run_id
from seg2amp.errors import Seg2ampError, StoppedEarly
from seg2amp.operations.ending import Ending, replace_file
from seg2amp.operations.interruption import interruptible
from seg2amp.operations.log import Log, log_for
from seg2amp.operations.metrics import metrics_text
from seg2amp.scrub import scrubbed, traceback_of
from seg2amp.tracing import Attributes, span
from seg2amp.transform import BuildSummary

_HELD = (
    "{} rows are held: a request without a reply may have stored them, so long ago that Amplitude "
    "would store them twice. `seg2amp retry --unknown` makes them pending again."
)


class _Result(NamedTuple):
    exit_code: int
    outcome: RunOutcome
    error: str | None = None


@dataclass
class Operation:
    """Performs the work of a command; the files are written when it is over, however it ended.

    Raises `ConfigurationError` when there is no such log format.
    """

    command: Literal["load", "run"]
    log_format: str = "text"
    summary: Path | None = None
    metrics: Path | None = None
    run_id: str = field(default_factory=new_run_id)
    log: Log = field(init=False)
    _built: BuildSummary | None = None
    _loaded: LoadSummary | None = None

    def __post_init__(self) -> None:
        """Open the log."""
        self.log = log_for(self.log_format, self.run_id)

    def perform(self, work: Callable[[], None]) -> int:
        """Do the work and give the exit code: the load's, or that of the error that ended it."""
        started_at = datetime.now(UTC)
        with self.log.open():
            result = self._result(work)
        ending = Ending(
            command=self.command,
            run_id=self.run_id,
            started_at=started_at,
            finished_at=datetime.now(UTC),
            exit_code=result.exit_code,
            outcome=result.outcome,
            error=result.error,
            built=self._built,
            loaded=self._loaded,
        )
        return self._write(ending)

    def build(self, work: Callable[[], BuildSummary]) -> None:
        """Build, and say in one line what came of it."""
        with (
            self._span("build") as found,
            self.log.busy("build_started", "dbt build"),
            interruptible("dbt was building"),
        ):
            built = self._built = work()
            found["seg2amp.models"], found["seg2amp.tests"] = built.models, built.tests
        self.log.say(
            "build_finished",
            f"built {built.models} models and {built.seeds} seeds, passed {built.tests} tests "
            f"in {built.seconds:.1f} s",
            models=built.models,
            seeds=built.seeds,
            tests=built.tests,
            seconds=round(built.seconds, 3),
        )

    def load(self, work: Callable[..., LoadSummary]) -> None:
        """Load, and say in one line what came of it; `work` takes what `api.load` reports to."""
        with self._span("load") as found, interruptible("the load was about to begin"):
            loaded = self._loaded = work(
                progress=self.log.progress(), run_id=self.run_id, ended=self._keep
            )
            found["seg2amp.delivered"], found["seg2amp.left"] = loaded.delivered, loaded.left
        self.log.say(
            "load_finished",
            f"loaded {loaded.delivered} rows in {loaded.requests} requests, {loaded.rejected} "
            f"rejected, {loaded.skipped} skipped, {loaded.left} left, {loaded.seconds:.1f} s",
            delivered=loaded.delivered,
            requests=loaded.requests,
            rejected=loaded.rejected,
            skipped=loaded.skipped,
            held=loaded.held,
            left=loaded.left,
            seconds=round(loaded.seconds, 3),
            exit_code=loaded.exit_code,
        )
        if loaded.held:
            self.log.say("rows_held", _HELD.format(loaded.held), "warning", held=loaded.held)

    def _result(self, work: Callable[[], None]) -> _Result:
        try:
            work()
        except Seg2ampError as error:
            said, code = scrubbed(str(error)), error.exit_code
            self.log.say("error", said, "error", exit_code=code)
            return _Result(code, "stopped" if isinstance(error, StoppedEarly) else "failed", said)
        except Exception as error:  # noqa: BLE001 - whatever it is, its words may hold a key
            said, trace = f"unexpected {type(error).__name__}", traceback_of(error)
            self.log.say("error", said, "error", exit_code=1, traceback=trace)
            return _Result(1, "failed", said)
        if self._loaded is None:
            return _Result(0, "completed")
        return _Result(self._loaded.exit_code, self._loaded.outcome)

    def _span(self, part: str) -> AbstractContextManager[Attributes]:
        return span(f"seg2amp {part}", **{"seg2amp.run_id": self.run_id})

    def _keep(self, loaded: LoadSummary) -> None:
        # A load that raises has told before what it came to.
        self._loaded = loaded

    def _write(self, ending: Ending) -> int:
        try:
            if self.summary:
                text = json.dumps(ending.as_json(), indent=2, ensure_ascii=False)
                replace_file(self.summary, text + "\n")
            if self.metrics:
                replace_file(self.metrics, metrics_text(ending, self.metrics))
        except OSError as error:
            code = ending.exit_code or 1
            said = f"cannot write `{error.filename}`: {error.strerror}"
            self.log.say("error", said, "error", exit_code=code)
            return code
        return ending.exit_code
