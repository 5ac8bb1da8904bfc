"""Hidden numbers leave in steps: what lies within one is one, and nothing is told of fewer than five ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom

from api.access.table import SMALLEST_GROUP
from graph.plans.ranges import COUNT_BOUNDS as PUBLISHED_COUNTS
from graph.plans.ranges import USD_BOUNDS as PUBLISHED_USD
from scoring.outward.declassifier import COUNT_BOUNDS, SMALLEST, USD_BOUNDS, counted_fives, fives, half_stars, middles, share_in_fives

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


@given(COUNT, COUNT, st.floats(0.0, 1.0))
def test_successes_and_attempts_are_multiples_of_five_and_none_where_fewer_than_five_are_others(
    successes: int, more: int, part: float
) -> None:
    others = int(part * (successes + more))
    kept, told = (float(each[0]) for each in share_in_fives(*(np.array([float(n)]) for n in (successes, successes + more, others))))
    assert kept % SMALLEST == told % SMALLEST == 0
    assert kept <= told
    assert (told > 0) == (others >= SMALLEST)
    assert abs(told - (successes + more)) <= SMALLEST / 2 or told == 0


@given(COUNT)
def test_counts_are_rounded_down(count: int) -> None:
    (told,) = fives(np.array([float(count)]))
    assert told == count // 5 * 5


def test_ratings_are_told_in_half_stars() -> None:
    assert half_stars(np.array([4.2, 4.3]), np.array([5.0, 8.0])).tolist() == [4.0, 4.5]


def told_of(successes: int, among: int) -> tuple[float, float]:
    kept, told = share_in_fives(np.array([float(successes)]), np.array([float(among)]), np.array([float(among - 1)]))
    return float(kept[0]), float(told[0])


def test_fives_count_for_what_they_say_of_a_share() -> None:
    """Against the posterior of the share under all counts that are rounded to the same fives, on a fine grid."""
    share = (np.arange(4000) + 0.5) / 4000
    for kept, told in ((0, 5), (5, 5), (5, 10), (15, 20)):
        attempts = range(SMALLEST + 1, told + SMALLEST)
        pairs = [(k, n) for n in attempts for k in range(n + 1) if told_of(k, n) == (kept, told)]
        likelihood = np.sum([binom.pmf(k, n, share) for k, n in pairs], axis=0)
        mean = np.average(share, weights=likelihood)
        variance = np.average((share - mean) ** 2, weights=likelihood)
        y, size = (float(part[0]) for part in counted_fives(np.array([float(kept)]), np.array([float(told)])))
        found = beta(y + 1, size - y + 1)
        assert (found.mean(), found.var()) == pytest.approx((mean, variance), abs=1e-5)


def test_nothing_told_counts_for_nothing() -> None:
    assert [part.tolist() for part in counted_fives(np.zeros(1), np.zeros(1))] == [[0.0], [0.0]]
