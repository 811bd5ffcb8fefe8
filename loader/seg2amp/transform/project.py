"""The dbt project, invoked inside this process.

A dbt command of its own costs seconds of imports; inside one process only the first does.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seg2amp.errors import ConfigurationError, Seg2ampError, StoppedEarly

_OURS = re.compile(r"((?:Settings?|Profile|Schema|Path) `.+)")
_NO_FILE = re.compile(r'No files found that match the pattern "(.+?)"')
_LOCKED = re.compile(r"Could not set lock on file|Conflicting lock is held")


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, test or seed.

    status: dbt's own word: success, pass, fail, error, skipped, no-op.
    seconds: wall time.
    """

    name: str
    resource_type: str
    status: str
    message: str
    seconds: float


@dataclass(frozen=True)
class Project:
    """A dbt project and the DuckDB file it is run against.

    state: folder for what dbt writes beside the warehouse (compiled SQL, log).
    """

    folder: Path
    database: Path
    state: Path

    def invoke(
        self, command: Sequence[str], settings: Mapping[str, object]
    ) -> tuple[NodeResult, ...]:
        """Run one dbt command and return what became of its nodes.

        Raises:
            ConfigurationError: a setting, profile or raw schema is not as it must be.
            StoppedEarly: another process holds the warehouse.
            Seg2ampError: dbt could not start, or a node failed.

        """
        # Importing dbt costs seconds, and only this method needs it.
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415
        from dbt.cli.main import dbtRunner  # noqa: PLC0415

        if not (self.folder / "dbt_project.yml").is_file():
            raise ConfigurationError(
                f"No dbt project in `{self.folder}`; point SEG2AMP_PROJECT_DIR at seg2amp's."
            )
        with _environment(SEG2AMP_DUCKDB_PATH=str(self.database)):
            outcome = dbtRunner().invoke([*command, *self._flags(settings)])
        # dbt keeps the file open for its next command; others in this process need it now.
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        if outcome.exception is not None:
            raise self._failure(str(outcome.exception))
        nodes = tuple(_node(result) for result in getattr(outcome.result, "results", ()))
        for node in nodes:
            if node.status in {"error", "fail", "runtime error"}:
                raise self._failure(node.message, node)
        if not outcome.success:
            raise self._failure("dbt failed without saying why")
        return nodes

    def _flags(self, settings: Mapping[str, object]) -> list[str]:
        own_profiles = Path("profiles.yml").is_file()
        profiles = Path.cwd() if own_profiles else self.folder.parent
        return [
            *("--project-dir", str(self.folder)),
            *("--profiles-dir", str(profiles)),
            *("--target-path", str((self.state / "target").resolve())),
            *("--log-path", str((self.state / "logs").resolve())),
            *("--log-level", "none"),
            *("--vars", json.dumps(_unrendered(dict(settings)))),
        ]

    def _failure(self, message: str, node: NodeResult | None = None) -> Seg2ampError:
        """Turn dbt's words into one line of ours."""
        if ours := _OURS.search(message):
            return ConfigurationError(ours.group(1).strip())
        if missing := _NO_FILE.search(message):
            return ConfigurationError(
                f"Setting `raw_json_path`: there is no file `{missing.group(1)}`."
            )
        if _LOCKED.search(message):
            return StoppedEarly(
                f"Warehouse `{self.database}` is in use by another process; "
                "wait until that has ended and run again."
            )
        lines = [line.strip() for line in message.splitlines() if line.strip()]
        said = " ".join(lines[1:3] if len(lines) > 1 else lines)
        where = f"{node.resource_type} `{node.name}`: " if node else ""
        return Seg2ampError(f"dbt failed: {where}{said} (log: {self.state / 'logs' / 'dbt.log'})")


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """Set variables for as long as dbt runs: it reads its profile from the environment."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _unrendered(value: object) -> object:
    """Keep dbt from rendering what a setting holds: a page template has braces of its own."""
    if isinstance(value, str) and ("{{" in value or "{%" in value):
        return f"{{% raw %}}{value}{{% endraw %}}"
    if isinstance(value, dict):
        return {key: _unrendered(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unrendered(item) for item in value]
    return value


def _node(result: Any) -> NodeResult:  # noqa: ANN401 - dbt's result classes have no common type
    return NodeResult(
        name=str(getattr(result.node, "name", "")),
        resource_type=str(getattr(result.node, "resource_type", "")),
        status=str(result.status),
        message=str(result.message or ""),
        seconds=float(result.execution_time or 0),
    )
