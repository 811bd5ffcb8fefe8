"""Copies of the dbt project, with some files of their own."""

import csv
import io
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from seg2amp.settings import REPOSITORY


def project_with(files: Mapping[str, str], folder: Path) -> Path:
    """Copy the project and its seeds to a folder, put files in its place; give the project."""
    left_out = shutil.ignore_patterns("target", "logs")
    for name in ("dbt_project", "seeds"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=left_out)
    for name, text in files.items():
        (folder / "dbt_project" / name).write_text(text)
    return folder / "dbt_project"


def small_project(folder: Path) -> Path:
    """Make a project of one model, which dbt reads at once: for what happens before any SQL."""
    project = folder / "dbt_project"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text("{name: seg2amp, version: '1.0', profile: seg2amp}")
    (project / "models" / "int_user_agents_parsed.sql").write_text("select 1 as id")
    return project


def seed(rows: Iterable[Iterable[str]]) -> str:
    """Give the text of a seed's file, its first row the names of the columns."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
