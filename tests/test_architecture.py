"""docs/architecture.md tells the truth: its rooms and files are those of dbt's manifest."""

import re
from itertools import pairwise

import pytest

from seg2amp.settings import REPOSITORY
from seg2amp.transform.parsed import parsed
from seg2amp.transform.project import Project

PAGE = (REPOSITORY / "docs" / "architecture.md").read_text()
MODELS_OF_A_ROW, FILES_OF_A_QUESTION = 9, 6
QUESTIONS = re.findall(r"^\*\*(.+\?)\*\*\n((?:- .+\n)+)", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    folder = tmp_path_factory.mktemp("architecture")
    return parsed(Project.beside(folder / "warehouse.duckdb", REPOSITORY / "dbt_project", None))


def rooms(title):
    """Give the models of a table of rooms, in its order."""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)`", section, re.MULTILINE)


def models(manifest):
    return {n.name: n for n in manifest.nodes.values() if n.resource_type == "model"}


def files(lines):
    return re.findall(r"`((?:models|macros)/[\w/]+\.sql)`", lines)


def macros_called(manifest, ids):
    """Give the files of the macros that these call, and that those call in turn."""
    found, ahead = set(), list(ids)
    while ahead:
        macro = manifest.macros.get(ahead.pop())
        if macro and macro.package_name == "seg2amp" and macro.unique_id not in found:
            found.add(macro.unique_id)
            ahead += macro.depends_on.macros
    return {manifest.macros[each].original_file_path for each in found}


def test_a_page_passes_the_rooms_that_are_told_each_from_the_one_before(manifest):
    known = models(manifest)
    path = rooms("One page")
    assert path[0] == "stg_segment__pages"
    assert path[-1] == "amplitude_outbox"
    assert len(path) <= MODELS_OF_A_ROW
    for earlier, later in pairwise(path):
        assert known[earlier].unique_id in known[later].depends_on.nodes, (earlier, later)


def test_the_rooms_of_an_order_are_models(manifest):
    assert set(rooms("One order")) <= models(manifest).keys()


def test_three_questions_are_answered():
    assert len(QUESTIONS) == 3


@pytest.mark.parametrize(("question", "lines"), QUESTIONS)
def test_few_files_answer_a_question(question, lines):
    named = files(lines)
    assert 3 <= len(named) <= FILES_OF_A_QUESTION, question
    assert [name for name in named if not (REPOSITORY / "dbt_project" / name).is_file()] == []


@pytest.mark.parametrize(("question", "lines"), QUESTIONS)
def test_the_files_of_a_question_depend_on_each_other(manifest, question, lines):
    named = files(lines)
    by_file = {node.original_file_path: node for node in models(manifest).values()}
    asked = [by_file[name] for name in named if name.startswith("models/")]
    for earlier, later in pairwise(asked):
        assert earlier.unique_id in ancestors(manifest, later), (earlier.name, later.name)
    doors = [node for node in by_file.values() if node.name.startswith("stg_segment__")]
    called = macros_called(manifest, [m for n in asked + doors for m in n.depends_on.macros])
    assert {name for name in named if name.startswith("macros/")} <= called


def ancestors(manifest, node):
    found, ahead = set(), list(node.depends_on.nodes)
    while ahead:
        each = ahead.pop()
        if each not in found and each in manifest.nodes:
            found.add(each)
            # A seed depends on macros alone.
            ahead += getattr(manifest.nodes[each].depends_on, "nodes", [])
    return found
