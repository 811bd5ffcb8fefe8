"""golden/classic: the documented behaviour of Amplitude (Classic)."""

import json

import classic_cases as classic
import golden_cases as golden
from seg2amp import transform
from seg2amp.settings import Environment


def test_cases_give_the_documented_rows():
    different = []
    for settings, cases, messages in classic.groups():
        shown = transform.preview(Environment().project_dir, messages, settings)
        different += classic.different(cases, [json.loads(line) for line in shown.lines])
    golden.TALLY["classic"] = (len(classic.CASES) - len(different), len(classic.CASES))
    assert different == []
