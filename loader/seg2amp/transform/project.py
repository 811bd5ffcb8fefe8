"""The dbt project, invoked inside this process.

A dbt command of its own costs seconds of imports; inside one process only the first does.
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seg2amp.errors import ConfigurationError, Seg2ampError
from seg2amp.transform.failure import known_failure

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


@dataclass(frozen=True)
class NodeResult:
    """What became of one model, test or seed.

    status: dbt's own word: success, pass, fail, error, skipped, no-op.
    seconds: wall time, of which sql_seconds while the engine ran its SQL; the rest is dbt's own.
    """

    name: str
    resource_type: str
    status: str
    message: str
    seconds: float
    sql_seconds: float = 0.0


@dataclass(frozen=True)
class Project:
    """A dbt project and the warehouse it is run against.

    state: folder for what dbt writes beside the warehouse (compiled SQL, log).
    target: an output of profiles.yml, None for its default.
    database: the DuckDB file, where the target is DuckDB.
    """

    folder: Path
    state: Path
    target: str | None
    database: Path

    @classmethod
    def beside(cls, database: Path, folder: Path, target: str | None) -> "Project":
        """Give the project of a folder; what dbt writes goes beside the warehouse's file."""
        state = database.parent / target if target else database.parent
        state.mkdir(parents=True, exist_ok=True)
        return cls(folder, state, target, database)

    def parse(self, settings: Mapping[str, object]) -> "Manifest":
        """Read the whole project; raises as `invoke`."""
        manifest: Manifest = self._result(["parse"], settings)
        return manifest

    def invoke(
        self,
        command: Sequence[str],
        settings: Mapping[str, object],
        manifest: "Manifest | None" = None,
    ) -> tuple[NodeResult, ...]:
        """Run one dbt command and return what became of its nodes.

        manifest: the project as `parse` read it, which spares dbt the seconds of reading it again.

        Raises:
            ConfigurationError: a setting, profile, target or raw schema is not as it must be.
            StoppedEarly: another process holds the warehouse, or its server is out of reach.
            Seg2ampError: dbt could not start, or a node failed.

        """
        spent: dict[str, float] = defaultdict(float)
        found = self._result(command, settings, manifest, spent).results
        return tuple(_node(result, spent[_unique_id(result)]) for result in found)

    def rows(
        self, node: str, limit: int, settings: Mapping[str, object], manifest: "Manifest"
    ) -> list[tuple[object, ...]]:
        """Give what a model or test selects, at most `limit` rows; raises as above."""
        return [
            tuple(row.values()) for row in self.shown([node], settings, manifest, limit=limit)[node]
        ]

    def shown(
        self,
        nodes: Sequence[str],
        settings: Mapping[str, object],
        manifest: "Manifest",
        *,
        limit: int = -1,
    ) -> dict[str, list[dict[str, object]]]:
        """Give what several models or tests select, by name; -1 gives all rows. Raises as above."""
        command = ["show", "--select", *nodes, "--limit", str(limit)]
        shown = self._result(command, settings, manifest)
        return {
            result.node.name: [dict(row.dict()) for row in result.agate_table.rows]
            for result in shown.results
        }

    def rendered(self, template: str, settings: Mapping[str, object], manifest: "Manifest") -> str:
        """Give what a template of dbt's becomes, macros, settings and warehouse at hand."""
        command = ["compile", "--inline", template]
        return str(self._result(command, settings, manifest).results[0].node.compiled_code)

    def _result(
        self,
        command: Sequence[str],
        settings: Mapping[str, object],
        manifest: "Manifest | None" = None,
        spent: dict[str, float] | None = None,
    ) -> Any:  # noqa: ANN401 - each dbt command has a result class of its own
        """Run a command; spent: takes the seconds of each node's SQL, by its unique id."""
        # Importing dbt costs seconds, and only this method needs it.
        from dbt.cli.main import dbtRunner  # noqa: PLC0415

        if not (self.folder / "dbt_project.yml").is_file():
            raise ConfigurationError(
                f"No dbt project in `{self.folder}`; point SEG2AMP_PROJECT_DIR at seg2amp's."
            )
        said = ["dbt failed without saying why"]
        runner = dbtRunner(manifest=manifest, callbacks=[lambda event: _listen(event, said, spent)])
        with _environment(SEG2AMP_DUCKDB_PATH=str(self.database)):
            outcome = runner.invoke([*command, *self._flags(settings)])
        _release_duckdb()
        if outcome.exception is not None:
            raise self._failure(str(outcome.exception))
        for node in map(_node, getattr(outcome.result, "results", ())):
            if node.status in {"error", "fail", "runtime error"}:
                raise self._failure(node.message or said[-1], node)
        if not outcome.success:
            raise self._failure(said[-1])
        return outcome.result

    def _flags(self, settings: Mapping[str, object]) -> list[str]:
        own_profiles = Path("profiles.yml").is_file()
        profiles = Path.cwd() if own_profiles else self.folder.parent
        return [
            *("--project-dir", str(self.folder)),
            *("--profiles-dir", str(profiles)),
            *(("--target", self.target) if self.target else ()),
            *("--target-path", str((self.state / "target").resolve())),
            *("--log-path", str((self.state / "logs").resolve())),
            *("--log-level", "none", "--log-level-file", "info"),
            *("--vars", json.dumps(_unrendered(dict(settings)))),
        ]

    def _failure(self, message: str, node: NodeResult | None = None) -> Seg2ampError:
        """Turn dbt's words into one line of ours."""
        if ours := known_failure(message, self.target, self.database):
            return ours
        lines = [line.strip() for line in message.splitlines() if line.strip()]
        said = " ".join(lines[1:3] if len(lines) > 1 else lines)
        where = f"{node.resource_type} `{node.name}`: " if node else ""
        return Seg2ampError(f"dbt failed: {where}{said} (log: {self.state / 'logs' / 'dbt.log'})")


def _listen(event: Any, said: list[str], spent: dict[str, float] | None) -> None:  # noqa: ANN401 - dbt's events have no common type
    """Keep what dbt tells of errors, of which an operation's result holds no word, and of SQL."""
    if event.info.level == "error":
        said.append(event.info.msg)
    if spent is not None and event.info.name == "SQLQueryStatus":
        spent[event.data.node_info.unique_id] += event.data.elapsed


def _release_duckdb() -> None:
    """Close DuckDB's file: dbt keeps it for its next command, others here need it now."""
    if loaded := sys.modules.get("dbt.adapters.duckdb.connections"):
        loaded.DuckDBConnectionManager.close_all_connections()


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


def _unique_id(result: Any) -> str:  # noqa: ANN401 - as below
    return str(getattr(getattr(result, "node", None), "unique_id", ""))


def _node(result: Any, sql_seconds: float = 0.0) -> NodeResult:  # noqa: ANN401 - dbt's result classes have no common type
    node = getattr(result, "node", None)
    kind, _, name = getattr(result, "unique_id", "").partition(".")
    return NodeResult(
        name=str(getattr(node, "name", name)),
        resource_type=str(getattr(node, "resource_type", kind)),
        status=str(result.status),
        message=str(result.message or ""),
        seconds=float(result.execution_time or 0),
        sql_seconds=sql_seconds,
    )
