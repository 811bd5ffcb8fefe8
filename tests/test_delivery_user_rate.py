"""Nobody's rows go out faster than Amplitude takes them of one person."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox import ask, build, change, events, run, states
from scripted import CLOSE, Heard, Say, in_turn, scripted
from seg2amp.delivery import Patience
from seg2amp.delivery.user_rate import UserRate
from seg2amp.errors import StoppedEarly
from seg2amp.sandbox.server import Serving

HASTY = Patience(first_wait=0.01, longest_wait=0.02, give_up_after=0.05)
SLOW = {"user_rate": 1}
OLDER = "update amplitude.delivery_parked set retry_at = timestamp '2026-01-01'"


def numbers_stored(sandbox: Serving) -> list[int]:
    return [row.item["event_properties"]["number"] for row in sandbox.store.rows]


def test_a_heavy_user_is_slowed_down_and_others_are_not(tmp_path, sandbox):
    rows = [*events(80, users=1), *events(400, users=40, first=80)]
    path = build(tmp_path / "w.duckdb", rows)
    seen: list[str] = []

    def answer(heard: Heard) -> Say | None:
        seen.extend(row["user_id"] for row in heard.rows)
        return None

    with scripted(answer, behind=sandbox.url) as server:
        summary = run(path, server.url, user_rate=2, time_limit=2)
        assert summary.left == 30
        assert Counter(seen)["user-0000"] == 60
        assert summary.delivered == 450
        assert not ask(path, "select * from amplitude.delivery_requests where status_code = 429")
        change(path, OLDER)
        assert run(path, sandbox.url).delivered == 30
        numbers = defaultdict(list)
        for row in sandbox.store.rows:
            numbers[row.item["user_id"]].append(row.item["event_properties"]["number"])
    assert all(found == sorted(found) for found in numbers.values())
    assert sum(map(len, numbers.values())) == 480
    assert states(path) == {"delivered": 480}


def test_rows_sent_before_those_that_wait_are_not_passed_over(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(80, users=1))
    with scripted(lambda _: CLOSE) as server, pytest.raises(StoppedEarly):
        run(path, server.url, patience=HASTY, **SLOW)
    assert ask(path, "select first_position from amplitude.delivery_parked") == [(31,)]
    change(path, OLDER)
    assert run(path, sandbox.url).delivered == 80
    assert numbers_stored(sandbox) == list(range(80))
    assert states(path) == {"delivered": 80}


def test_rows_before_those_that_wait_are_not_settled_by_them(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(80, users=1))
    for _ in range(2):
        with scripted(lambda _: CLOSE) as server, pytest.raises(StoppedEarly):
            run(path, server.url, patience=HASTY, **SLOW)
        change(path, OLDER)
    assert run(path, sandbox.url).delivered == 80
    assert numbers_stored(sandbox) == list(range(80))


def test_who_waits_for_the_rate_and_is_throttled_too_waits_with_everything(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(80, users=1))
    throttled = Say(429, {"throttled_users": {"user-0000": 31}}, {"retry-after": "600"})
    with scripted(in_turn(throttled), behind=sandbox.url) as server:
        assert run(path, server.url, patience=HASTY, time_limit=1, **SLOW).left == 80
    waiting = "select reason from amplitude.delivery_parked order by reason"
    assert ask(path, waiting) == [("paced",), ("throttled",)]
    change(path, f"{OLDER} where reason = 'paced'")
    assert run(path, sandbox.url, time_limit=1).delivered == 0
    change(path, OLDER)
    assert run(path, sandbox.url).delivered == 80
    assert numbers_stored(sandbox) == list(range(80))


def test_a_run_that_ends_while_a_group_waits_for_the_rate_loses_nothing(tmp_path, sandbox):
    path = build(tmp_path / "w.duckdb", events(80, users=1))
    throttled = Say(429, {"throttled_users": {"user-0000": 31}}, {"retry-after": "0"})
    replies = in_turn(throttled, *[CLOSE] * 1_000)
    with scripted(replies, behind=sandbox.url) as server, pytest.raises(StoppedEarly):
        run(path, server.url, patience=HASTY, **SLOW)
    change(path, OLDER)
    assert run(path, sandbox.url).delivered == 80
    assert numbers_stored(sandbox) == list(range(80))
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
            assert 0 < rate.wait(list(excess), now) < rate.seconds + 0.001
    for end, _ in sent:
        recent = Counter(who for moment, who in sent if end - rate.seconds < moment <= end)
        assert max(recent.values()) <= 5


@given(
    st.lists(
        st.tuples(st.dictionaries(st.sampled_from("abc"), st.integers(1, 9_000)), st.floats(0, 20)),
        max_size=12,
    )
)
def test_few_rows_that_are_not_remembered_are_allowed_for(requests):
    rate, now = UserRate(20_000), 0.0
    sent: list[tuple[float, Counter[str]]] = []
    for counts, later in requests:
        now += later
        people = [person for person, rows in counts.items() for _ in range(rows)]
        excess = rate.excess(people, now)
        kept = [who for place, who in enumerate(people) if place < excess.get(who, len(people))]
        rate.count(kept, now)
        sent.append((now, Counter(kept)))
        recent = sum((found for moment, found in sent if now - 30 < moment), Counter())
        assert max(recent.values(), default=0) <= 20_000


def test_a_fast_load_does_not_remember_everybody():
    rate = UserRate(30_000)
    rate.count([f"user-{number}" for number in range(2_000)], 0.0)
    assert not rate._recent
