"""docs/raw-data.md answers every known case, and names tests that are there."""

import re

from seg2amp.settings import REPOSITORY

PAGE = (REPOSITORY / "docs" / "raw-data.md").read_text()
CASES = 66


def rows():
    found = re.findall(r"^\| (\d+) \|(.+)\|(.+)\|(.*)\|$", PAGE, re.MULTILINE)
    return {
        int(number): (case.strip(), answer.strip(), held) for number, case, answer, held in found
    }


def names_of_tests():
    python = "\n".join(path.read_text() for path in (REPOSITORY / "tests").glob("test_*.py"))
    models = (REPOSITORY / "dbt_project" / "models").rglob("*.yml")
    dbt = "\n".join(path.read_text() for path in models)
    unit_tests = re.findall(r"^  - name: (\w+)\n    model:", dbt, re.MULTILINE)
    return {*re.findall(r"^def (test_\w+)", python, re.MULTILINE), *unit_tests}


def test_no_case_is_left_out():
    assert sorted(rows()) == list(range(1, CASES + 1))
    assert all(case and answer for case, answer, _ in rows().values())


def test_the_tests_that_hold_a_case_are_there():
    named = {name for _, _, held in rows().values() for name in re.findall(r"`(\w+)`", held)}
    assert len(named) > 40
    assert named - names_of_tests() == set()


def test_a_case_without_a_test_is_the_exception():
    assert sum(not held.strip() for _, _, held in rows().values()) <= 3
