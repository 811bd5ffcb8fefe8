"""The dbt project, read once for all questions of this process."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from seg2amp.transform.project import Project

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

_READ: dict[tuple[object, ...], "Manifest"] = {}


def parsed(project: Project, schemas: object = ()) -> "Manifest":
    """Give what `Project.parse` makes of a project, anew only where a file of it has changed.

    What settings change is the SQL, which dbt renders when it runs. The graph they change by the
    seeds alone, which play the raw tables where `segment_schemas` names them. schemas: that
    setting, None where it is not given.

    Raises:
        ConfigurationError: profiles.yml or the target is not as it must be.
        Seg2ampError: dbt could not start.

    """
    # profiles.yml reads the variables, and the database bears the name of its file.
    surroundings = sorted(
        (name, value)
        for name, value in os.environ.items()
        if name.startswith("SEG2AMP_") and name != "SEG2AMP_DUCKDB_PATH"
    )
    settings: dict[str, object] = {}
    if schemas is not None:
        played = "segment_seeds" in schemas if isinstance(schemas, list | tuple | str) else False
        settings = {"segment_schemas": ["segment_seeds"] if played else []}
    key = (
        *(project.folder, project.target, project.database.stem, Path.cwd(), str(settings)),
        *(newest(project.folder), *surroundings),
    )
    if key not in _READ:
        _READ[key] = project.parse(settings)
    return _READ[key]


def newest(project_dir: Path) -> float:
    """Give the time of the last change to a file that dbt reads."""
    rooms = ("macros", "models", "seeds", "tests")
    files = [path for room in rooms for path in (project_dir / room).rglob("*")]
    return max(path.stat().st_mtime for path in [project_dir / "dbt_project.yml", *files])
