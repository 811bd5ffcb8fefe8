"""golden/classic: the documented behaviour of Amplitude (Classic)."""

import json

import pytest

import classic_cases as classic
import golden_cases as golden
from seg2amp import transform
from seg2amp.settings import Environment


@pytest.mark.parametrize(
    "rounds", [classic.together, pytest.param(classic.each, marks=pytest.mark.full)]
)
def test_cases_give_the_documented_rows(rounds):
    different = []
    for group in rounds():
        shown = transform.preview(Environment().project_dir, group.messages, group.settings)
        different += classic.different(group.cases, [json.loads(line) for line in shown.lines])
    golden.TALLY["classic"] = (len(classic.CASES) - len(different), len(classic.CASES))
    assert different == []
