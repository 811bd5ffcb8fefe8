"""`dbt build`, in this process: raw Segment tables become rows in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

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
) -> BuildSummary:
    """Build every model into the warehouse, and test it.

    Raises:
        ConfigurationError: a setting, profile or raw schema is not as it must be.
        Seg2ampError: dbt could not start, or a model or test failed.

    """
    database.parent.mkdir(parents=True, exist_ok=True)
    project = Project(project_dir, database, database.parent)
    nodes = project.invoke(["build", *tests.left_out], settings)
    return BuildSummary(
        models=sum(node.resource_type == "model" for node in nodes),
        tests=sum(node.resource_type in {"test", "unit_test"} for node in nodes),
        seeds=sum(node.resource_type == "seed" for node in nodes),
        seconds=sum(node.seconds for node in nodes),
    )
