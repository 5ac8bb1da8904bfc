"""Hidden numbers leave in steps: what lies within one is one, and nothing is told of fewer than five ties."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from api.access.table import SMALLEST_GROUP
from graph.plans.ranges import COUNT_BOUNDS as PUBLISHED_COUNTS
from graph.plans.ranges import USD_BOUNDS as PUBLISHED_USD
from scoring.outward.declassifier import COUNT_BOUNDS, SMALLEST, USD_BOUNDS, fives, half_stars, middles, share_in_fives

AMOUNT = st.floats(0.0, 1e9)
COUNT = st.integers(0, 500)


def test_ranges_and_groups_are_those_that_are_published() -> None:
    assert (COUNT_BOUNDS, USD_BOUNDS, SMALLEST) == (PUBLISHED_COUNTS, PUBLISHED_USD, SMALLEST_GROUP)


@given(AMOUNT, AMOUNT)
def test_amounts_differ_just_where_their_published_ranges_do(one: float, other: float) -> None:
    told = middles(np.array([one, other]), USD_BOUNDS)
    ranges = [max(at for at, low in enumerate(USD_BOUNDS) if amount >= low) for amount in (one, other)]
    assert (told[0] == told[1]) == (ranges[0] == ranges[1])


@given(AMOUNT)
def test_a_middle_lies_in_its_range(amount: float) -> None:
    (told,) = middles(np.array([amount]), USD_BOUNDS)
    low = max(bound for bound in USD_BOUNDS if amount >= bound)
    assert low <= told < low * 10 or (low == 0 and told < USD_BOUNDS[1])


def test_what_is_unknown_stays_so() -> None:
    assert np.isnan(middles(np.array([np.nan]), COUNT_BOUNDS)).all()
    assert np.isnan(half_stars(np.array([np.nan, 4.2]), np.array([9.0, 4.0]))).all()


@given(COUNT, COUNT)
def test_successes_and_attempts_are_multiples_of_five_and_none_of_fewer_than_five(successes: int, more: int) -> None:
    kept, told = share_in_fives(np.array([float(successes)]), np.array([float(successes + more)]))
    assert kept % SMALLEST == told % SMALLEST == 0
    assert kept <= told
    assert (told > 0) == (successes + more >= SMALLEST)
    assert abs(told - (successes + more)) <= SMALLEST / 2 or told == 0


@given(COUNT)
def test_counts_are_rounded_down(count: int) -> None:
    (told,) = fives(np.array([float(count)]))
    assert told == count // 5 * 5


def test_ratings_are_told_in_half_stars() -> None:
    assert half_stars(np.array([4.2, 4.3]), np.array([5.0, 8.0])).tolist() == [4.0, 4.5]
