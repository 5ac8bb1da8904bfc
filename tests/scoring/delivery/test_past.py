"""Counting what came before, against counting one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.delivery.past import Past

EVENTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 6)), max_size=12)


@given(events=EVENTS, asked=EVENTS)
def test_sums_and_newest_are_those_of_a_count_by_hand(events: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    group, at = (np.array([each[part] for each in events], dtype=np.int64) for part in (0, 1))
    past = Past.of(group, at.astype(np.float64), np.arange(len(events), dtype=np.float64))
    who, when = (np.array([each[part] for each in asked], dtype=np.int64) for part in (0, 1))
    sums, newest = past.before(who, when.astype(np.float64)), past.newest(who, when.astype(np.float64))
    for row, (one, time) in enumerate(asked):
        before = [place for place, (other, then) in enumerate(events) if other == one and then < time]
        assert sums[row, 0] == sum(before)
        assert (newest[row] >= 0) == bool(before)
        if before:
            assert past.at[newest[row]] == max(events[place][1] for place in before)


def test_an_unknown_time_never_comes() -> None:
    past = Past.of(np.array([0, 0]), np.array([1.0, np.nan]))
    assert past.before(np.array([0]), np.array([np.inf]))[0, 0] == 1
