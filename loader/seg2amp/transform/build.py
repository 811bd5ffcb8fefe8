"""`dbt build`, in this process: raw Segment tables become rows in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seg2amp.transform.project import Project


@dataclass(frozen=True)
class BuildSummary:
    """What a build did. seconds: the nodes' own time, dbt's start-up not included."""

    models: int
    tests: int
    seeds: int
    seconds: float


def build(
    project_dir: Path, database: Path, settings: Mapping[str, object], *, tests: bool = True
) -> BuildSummary:
    """Build every model into the warehouse, and test it unless told not to.

    Raises:
        ConfigurationError: a setting, profile or raw schema is not as it must be.
        Seg2ampError: dbt could not start, or a model or test failed.

    """
    database.parent.mkdir(parents=True, exist_ok=True)
    project = Project(project_dir, database, database.parent)
    without_tests = [] if tests else ["--exclude-resource-type", "test", "unit_test"]
    nodes = project.invoke(["build", *without_tests], settings)
    return BuildSummary(
        models=sum(node.resource_type == "model" for node in nodes),
        tests=sum(node.resource_type in {"test", "unit_test"} for node in nodes),
        seeds=sum(node.resource_type == "seed" for node in nodes),
        seconds=sum(node.seconds for node in nodes),
    )
