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


PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131 Mobile Safari/537.36"
)
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"


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


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mozilla/5.0 (compatible; bingbot/2.0; +http://bing.com/bot)", id="crawler"),
        pytest.param(f"{PHONE} (compatible; Googlebot/2.1)", id="crawler on a phone"),
        pytest.param(f"{PHONE} (compatible; Bytespider; a@b.c)", id="crawler like a phone"),
        pytest.param("Mozilla/5.0 (compatible; Perplexity-User/1.0; +https://a.b)", id="assistant"),
        pytest.param("facebookexternalhit/1.1", id="link preview"),
        pytest.param("Mozilla/5.0+(compatible; UptimeRobot/2.0)", id="monitor"),
        pytest.param(f"{DESKTOP} HeadlessChrome/131.0.0.0 Safari/537.36", id="headless"),
        pytest.param(f"{DESKTOP} PhantomJS/2.1.1 Safari/538.1", id="driven"),
        pytest.param(f"{DESKTOP} Chrome/131.0.0.0 Safari/537.36 Chrome-Lighthouse", id="measuring"),
    ],
)
def test_a_bot_is_told_apart(text):
    assert read_user_agent(text).is_bot


def test_a_bot_tells_the_rest_as_a_browser_does():
    headless = read_user_agent(f"{DESKTOP} HeadlessChrome/131.0.0.0 Safari/537.36")
    assert (headless.os_name, headless.browser_name) == ("Linux", "HeadlessChrome")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PHONE.replace("Pixel 8", "CUBOT NOTE 20"), id="Cubot"),
        "iRobot HOME/7.1 CFNetwork/1410.0.3 Darwin/22.6.0",
        *("okhttp/4.11.0", "curl/8.4.0", "python-requests/2.31.0", "analytics-node/2.1", ""),
    ],
)
def test_a_library_is_no_bot_nor_is_what_has_bot_in_its_name(text):
    assert not read_user_agent(text).is_bot


def test_no_browser_of_a_person_is_a_bot():
    assert [case for case in CASES if read_user_agent(case["user_agent"]).is_bot] == []


@given(st.lists(st.text(), max_size=5))
def test_any_text_gives_one_row(texts):
    assert read_user_agents(texts)["user_agent"].to_pylist() == texts
