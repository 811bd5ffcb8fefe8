"""`dbt build`, in this process: raw Segment tables become rows in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from seg2amp.transform.new_agents import AFTER_AGENTS, UP_TO_AGENTS, parse_new_agents
from seg2amp.transform.project import Project


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
    """What a build did. seconds: the nodes' own time, dbt's start-up not included."""

    models: int
    tests: int
    seeds: int
    seconds: float


def build(
    project_dir: Path,
    database: Path,
    settings: Mapping[str, object],
    *,
    tests: BuildTests = BuildTests.ALL,
    target: str | None = None,
) -> BuildSummary:
    """Build every model into the warehouse, and test it.

    target: an output of profiles.yml, None for its default; database: the DuckDB file, where the
    target is DuckDB. Beside it stands what dbt writes.

    Raises:
        ConfigurationError: a setting, profile, target or raw schema is not as it must be.
        StoppedEarly: another process holds the warehouse, or its server is out of reach.
        Seg2ampError: dbt could not start, or a model or test failed.

    """
    project = Project.beside(database, project_dir, target)
    manifest = project.parse(settings)
    if manifest.metadata.adapter_type == "duckdb":
        nodes = project.invoke(["build", *tests.left_out], settings, manifest)
    else:
        # Here no model can run ua-parser, so the build halts for it. The messages are not read
        # again in its second half: agents that came in meanwhile wait for the next build.
        first = ["build", *UP_TO_AGENTS, *BuildTests.NONE.left_out]
        nodes = project.invoke(first, settings, manifest)
        parse_new_agents(project, settings, manifest)
        nodes += project.invoke(["build", *AFTER_AGENTS, *tests.left_out], settings, manifest)
    return BuildSummary(
        models=sum(node.resource_type == "model" for node in nodes),
        tests=sum(node.resource_type in {"test", "unit_test"} for node in nodes),
        seeds=sum(node.resource_type == "seed" for node in nodes),
        seconds=sum(node.seconds for node in nodes),
    )
