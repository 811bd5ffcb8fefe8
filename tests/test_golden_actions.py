"""golden/actions: what the real Amplitude (Actions) destination sends for each message."""

import pytest

import golden_cases as golden
from seg2amp import transform
from seg2amp.settings import Environment

# 99 in a hundred; DECISIONS.md lists what differs.
MATCHING = 246


@pytest.mark.parametrize("name", golden.ACTIONS_SETTINGS)
def test_messages_give_the_rows_of_the_destination(name):
    settings = {"profile": "actions", **golden.GROUP_AND_ALIAS, **golden.ACTIONS_SETTINGS[name]}
    shown = transform.preview(Environment().project_dir, golden.messages(), settings)
    wanted, got = golden.expected(name), golden.printed(shown.lines, name)
    different = sorted(case for case, outcome in wanted.items() if got[case] != outcome)
    golden.TALLY[f"actions/{name}"] = (len(wanted) - len(different), len(wanted))
    assert len(wanted) - len(different) >= MATCHING, different
