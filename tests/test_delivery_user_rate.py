"""Nobody's rows go out faster than Amplitude takes them of one person."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox import ask, build, change, events, run, states
from scripted import CLOSE, Heard, Say, scripted
from seg2amp.delivery import Patience
from seg2amp.delivery.user_rate import SECONDS, UserRate
from seg2amp.errors import StoppedEarly

NOW_DUE = "update amplitude.delivery_parked set retry_at = now()::timestamp"


def test_a_heavy_user_is_slowed_down_and_others_are_not(tmp_path, sandbox):
    rows = [*events(80, users=1), *events(400, users=40, first=80)]
    path = build(tmp_path / "w.duckdb", rows)
    seen: list[str] = []

    def answer(heard: Heard) -> Say | None:
        seen.extend(row["user_id"] for row in heard.rows)
        return None

    with scripted(answer, behind=sandbox.url) as server:
        summary = run(path, server.url, user_rate=2, time_limit=3)
        assert summary.left == 30
        assert Counter(seen)["user-0000"] == 60
        assert summary.delivered == 450
        assert not ask(path, "select * from amplitude.delivery_requests where status_code = 429")
        change(path, NOW_DUE)
        assert run(path, sandbox.url).delivered == 30
        numbers = defaultdict(list)
        for row in sandbox.store.rows:
            numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert all(found == sorted(found) for found in numbers.values())
    assert sum(map(len, numbers.values())) == 480
    assert states(path) == {"delivered": 480}


def test_rows_sent_before_those_that_wait_are_not_passed_over(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(80, users=1))
    hasty = Patience(first_wait=0.01, longest_wait=0.02, give_up_after=0.05)
    with scripted(lambda _: CLOSE) as server, pytest.raises(StoppedEarly):
        run(path, server.url, user_rate=1, patience=hasty)
    assert ask(path, "select first_position from amplitude.delivery_parked") == [(31,)]
    change(path, NOW_DUE)
    # Nothing but their rows is left, so the next load sends those that waited.
    assert [run(path, sandbox.url).delivered for _ in range(2)] == [30, 50]
    found = [row.item["event_properties"]["number"] for row in sandbox.store.rows]
    assert found == list(range(80))
    assert states(path) == {"delivered": 80}


@given(st.lists(st.tuples(st.lists(st.sampled_from("abc")), st.floats(0, 40)), max_size=20))
def test_no_stretch_of_time_holds_more_than_the_rate(requests):
    rate, now = UserRate(5), 0.0
    sent: list[tuple[float, str]] = []
    for people, later in requests:
        now += later
        excess = rate.excess(people, now)
        kept = [who for place, who in enumerate(people) if place < excess.get(who, len(people))]
        assert not rate.excess(kept, now)
        rate.count(kept, now)
        sent += [(now, who) for who in kept]
        if excess:
            assert 0 < rate.wait(list(excess), now) < SECONDS + 0.001
    for end, _ in sent:
        recent = Counter(who for moment, who in sent if end - SECONDS < moment <= end)
        assert max(recent.values()) <= 5
