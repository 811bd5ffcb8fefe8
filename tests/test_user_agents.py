"""User agents in Amplitude's vocabulary, held against what Amplitude's own parser makes of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden_cases as golden
from seg2amp.transform.user_agents import read_user_agent, read_user_agents

CASES = [
    json.loads(line) for line in (golden.GOLDEN / "user_agents.ndjson").read_text().splitlines()
]


def _as_actions_sends_it(agent):
    return {
        "os_name": agent.os_name or agent.browser_name,
        "os_version": agent.browser_version,
        "real_os_version": agent.os_version,
        "device_manufacturer": agent.device_manufacturer,
        "device_model": agent.device_model or agent.os_name,
        "device_type": agent.device_type,
    }


READ = [_as_actions_sends_it(read_user_agent(case["user_agent"])) for case in CASES]


@pytest.mark.parametrize("field", READ[0])
def test_a_field_agrees_in_95_of_100_agents(field):
    agreeing = sum(case[field] == read[field] for case, read in zip(CASES, READ, strict=True))
    golden.TALLY[f"user agents/{field}"] = (agreeing, len(CASES))
    assert agreeing >= 0.95 * len(CASES)


@pytest.mark.parametrize("text", ["okhttp/4.11.0", "curl/8.4.0", "analytics-node/2.1", "", "{}"])
def test_what_no_browser_sent_tells_nothing(text):
    assert set(_as_actions_sends_it(read_user_agent(text)).values()) == {None}


@given(st.lists(st.text(), max_size=5))
def test_any_text_gives_one_row(texts):
    assert read_user_agents(texts)["user_agent"].to_pylist() == texts
