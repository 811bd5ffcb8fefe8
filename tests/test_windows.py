"""The windows of a backfill."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seg2amp.errors import ConfigurationError
from seg2amp.transform import Window, windows

DAY = datetime(2026, 1, 10, tzinfo=UTC)


def test_without_bounds_there_is_one_window_that_sets_nothing():
    assert [window.settings for window in windows(None, None, None)] == [{}]


@given(
    hours=st.integers(1, 2000),
    days=st.integers(1, 40),
)
def test_windows_stand_side_by_side_and_miss_no_moment(hours, days):
    until = DAY + timedelta(hours=hours)
    found = windows(DAY, until, days)
    assert (found[0].since, found[-1].until) == (DAY, until)
    assert all(a.until == b.since for a, b in pairwise(found))
    assert all(window.until - window.since <= timedelta(days=days) for window in found)


def test_the_last_window_is_open_where_no_end_is_given():
    *closed, last = windows(datetime.now(UTC) - timedelta(days=3), None, 2)
    assert last.until is None
    assert all(window.until for window in closed)


def test_bounds_are_given_to_dbt_in_utc():
    window = Window(datetime.fromisoformat("2026-01-10T02:00:00+02:00"))
    assert window.settings == {"read_since": "2026-01-10 00:00:00.000000"}


@pytest.mark.parametrize(
    ("since", "until", "days", "said"),
    [(DAY, DAY, None, "is not before `--until"), (None, DAY, 7, "needs `--since`")],
)
def test_a_window_without_time_is_refused(since, until, days, said):
    with pytest.raises(ConfigurationError, match=said):
        windows(since, until, days)
