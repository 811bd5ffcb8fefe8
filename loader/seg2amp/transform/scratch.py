"""The project in a DuckDB file of its own, for as long as a question takes."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from seg2amp.transform.project import Project

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


@contextmanager
def scratch(project_dir: Path) -> Iterator[tuple[Project, "Manifest"]]:
    """Give the project, aimed at an empty file, and what `Project.parse` made of it.

    It is read once for all questions of this process, as long as no file of it changes: what
    settings change is the SQL, which dbt renders when it runs, and not the graph.
    """
    newest = _newest(project_dir)
    with tempfile.TemporaryDirectory(prefix="seg2amp-") as folder:
        yield _project(project_dir, folder), _parsed(project_dir, newest)


@cache
def _parsed(project_dir: Path, newest: float) -> "Manifest":  # noqa: ARG001 - part of the key
    with tempfile.TemporaryDirectory(prefix="seg2amp-") as folder:
        return _project(project_dir, folder).parse({"segment_schemas": []})


def _project(project_dir: Path, folder: str) -> Project:
    # The file's name is that of the database, which the parsed project holds.
    return Project(project_dir, Path(folder), "duckdb", Path(folder) / "scratch.duckdb")


def _newest(project_dir: Path) -> float:
    """Give the time of the last change to a file that dbt reads."""
    rooms = ("macros", "models", "seeds", "tests")
    files = [path for room in rooms for path in (project_dir / room).rglob("*")]
    return max(path.stat().st_mtime for path in [project_dir / "dbt_project.yml", *files])
