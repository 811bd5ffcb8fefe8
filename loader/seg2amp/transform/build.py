"""`dbt build`, in this process: raw Segment tables become rows in the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from seg2amp.transform.new_agents import AFTER_AGENTS, UP_TO_AGENTS, parse_new_agents
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import NodeResult, Project
from seg2amp.transform.windows import Window

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


class BuildTests(StrEnum):
    """Which tests a build runs."""

    ALL = "all"
    DATA = "data"
    NONE = "none"

    @property
    def left_out(self) -> list[str]:
        """The flags that tell dbt which nodes to leave out."""
        kinds = {"all": [], "data": ["unit_test"], "none": ["unit_test", "test"]}[self.value]
        return [part for kind in kinds for part in ("--exclude-resource-type", kind)]


@dataclass(frozen=True)
class BuildSummary:
    """What a build did. seconds: the nodes' own time, dbt's start-up not included; nodes: each."""

    models: int
    tests: int
    seeds: int
    seconds: float
    nodes: tuple[NodeResult, ...] = ()


def build(  # noqa: PLR0913 - by keyword, one for an option
    project_dir: Path,
    database: Path,
    settings: Mapping[str, object],
    *,
    tests: BuildTests = BuildTests.ALL,
    target: str | None = None,
    windows: Sequence[Window] = (Window(),),
    full_refresh: bool = False,
) -> BuildSummary:
    """Build every model into the warehouse, and test it.

    target: an output of profiles.yml, None for its default; database: the DuckDB file, where the
    target is DuckDB. Beside it stands what dbt writes. windows: built one after the other, what an
    earlier one made stays; the tests run after the last.

    Raises:
        ConfigurationError: a setting, profile, target or raw schema is not as it must be.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or a model or test failed.

    """
    project = Project.beside(database, project_dir, target)
    manifest = parsed(project, settings.get("segment_schemas"))
    nodes: tuple[NodeResult, ...] = ()
    for window in windows:
        these_tests = tests if window is windows[-1] else BuildTests.NONE
        flags = ["--full-refresh"] if full_refresh and window is windows[0] else []
        nodes += _build(project, {**settings, **window.settings}, manifest, these_tests, flags)
    return BuildSummary(
        models=len({node.name for node in nodes if node.resource_type == "model"}),
        tests=sum(node.resource_type in {"test", "unit_test"} for node in nodes),
        seeds=len({node.name for node in nodes if node.resource_type == "seed"}),
        seconds=sum(node.seconds for node in nodes),
        nodes=nodes,
    )


def _build(
    project: Project,
    settings: Mapping[str, object],
    manifest: "Manifest",
    tests: BuildTests,
    flags: Sequence[str],
) -> tuple[NodeResult, ...]:
    if manifest.metadata.adapter_type == "duckdb":
        return project.invoke(["build", *flags, *tests.left_out], settings, manifest)
    # Here no model can run ua-parser, so the build halts for it. The messages are not read again
    # in its second half: agents that came in meanwhile wait for the next build.
    first = ["build", *flags, *UP_TO_AGENTS, *BuildTests.NONE.left_out]
    nodes = project.invoke(first, settings, manifest)
    parse_new_agents(project, settings, manifest)
    second = ["build", *flags, *AFTER_AGENTS, *tests.left_out]
    return nodes + project.invoke(second, settings, manifest)
