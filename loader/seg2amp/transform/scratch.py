"""The project in a DuckDB file of its own, for as long as a question takes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


@contextmanager
def scratch(project_dir: Path) -> Iterator[tuple[Project, "Manifest"]]:
    """Give the project, aimed at an empty file, and what `parsed` makes of it."""
    with tempfile.TemporaryDirectory(prefix="seg2amp-") as folder:
        database = Path(folder) / "scratch.duckdb"
        project = Project(project_dir, Path(folder), "duckdb", database)
        yield project, parsed(project)
