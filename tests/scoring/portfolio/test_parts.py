"""What a portfolio is made of, by hand: worth, overlap, totals, amounts known by range and order, and what another would change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.portfolio import (
    CORRELATION,
    CORRELATION_OF_RANGES,
    Choice,
    Limit,
    alternatives,
    correlations,
    losses,
    overlap,
    range_of,
    spread,
    total,
)

SHARED = np.array([[0.0, 0.5, 0.2], [0.5, 0.0, 1.0], [0.2, 1.0, 0.0]])


def chosen(*rows: int) -> np.ndarray:
    return np.array(rows, dtype=np.int64)


def test_the_greater_of_two_counts_whole_and_the_lesser_loses_by_the_largest_overlap_alone() -> None:
    choice = Choice(np.array([60.0, 100.0, 40.0]), np.ones(3), SHARED, 0.5, 10.0)
    assert choice.worth(chosen(2, 0, 1)).tolist() == [40 * 0.5, 60 * 0.75, 100.0]
    assert choice.worth(chosen(0, 2)).tolist() == [60.0, 40 * 0.9]
    assert choice.total(chosen()) == 0.0


def test_bounds_that_are_broken_are_named() -> None:
    choice = Choice(np.ones(3), np.ones(3), SHARED, 0.5, 2.0, (Limit("two", np.array([True, True, False]), 1, 1),))
    assert list(choice.broken(chosen(0, 2))) == []
    assert list(choice.broken(chosen(2))) == ["two"]
    assert list(choice.broken(chosen(0, 1, 2))) == ["budget", "two"]


def test_audiences_that_are_equal_and_ten_products_in_common_are_three_quarters() -> None:
    women, men = {"GENDER": {"F": 1.0}}, {"GENDER": {"M": 1.0}}
    found = overlap([women, women, men, {}], np.array([[9.0, 10, 0, 30], [10, 9, 0, 0], [0, 0, 9, 0], [30, 0, 0, 9]]))
    assert found[0].tolist() == [0.0, 0.75, 0.0, 0.375]
    assert np.array_equal(found, found.T)


def test_a_total_of_independent_errors_grows_with_the_root_and_of_equal_ones_with_the_sum() -> None:
    expected, low, high = np.array([100.0, 100.0]), np.array([70.0, 60.0]), np.array([130.0, 140.0])
    none, half, whole = (np.full(2, part) for part in (0.0, 0.5, 1.0))
    assert total(expected, low, high, correlation=none) == (200.0, 150.0, 250.0)
    assert total(expected, low, high, correlation=whole) == (200.0, 130.0, 270.0)
    # ½ · 50² + ½ · 70² = 3700
    assert total(expected, low, high, correlation=half) == (200.0, pytest.approx(200 - 3700**0.5), pytest.approx(200 + 3700**0.5))
    # the first alone has a common part: 40² + 30², whether or not that is all of its error
    assert total(expected, low, high, correlation=np.array([1.0, 0.0])) == (200.0, pytest.approx(150), pytest.approx(250))
    assert np.isnan(total(expected, np.array([np.nan, 0.0]), high, correlation=half).low)
    assert total(np.array([10.0]), np.array([-50.0]), np.array([20.0]), correlation=half[:1]).low == 0.0


def test_errors_of_ranges_and_of_exact_amounts_have_correlations_of_their_own() -> None:
    assert correlations(np.array([True, False])).tolist() == [CORRELATION, CORRELATION_OF_RANGES]


def test_published_ranges_stand_for_amounts() -> None:
    low, high = range_of(np.array([0.0, -5.0, 99.9, 100.0, 2e7, np.nan]))
    assert low.tolist()[:5] == [0.0, 0.0, 0.0, 100.0, 1e7]
    assert high.tolist()[:4] == [100.0, 100.0, 100.0, 1_000.0]
    assert np.isnan([low[5], high[4], high[5]]).all()


def test_amounts_known_by_range_and_order_are_spread_over_the_range() -> None:
    found = spread(np.array([500.0, 150.0, np.nan, 5_000.0, 150.0, 1e9]))
    # three in 100–1,000: the two lowest share the place of the mean, 1/3; the highest has 5/6
    assert found[[0, 1, 4]] == pytest.approx([400, 1_000 / 7, 1_000 / 7])
    assert found[[3, 5]] == pytest.approx([20_000 / 11, 2e8 / 11])
    assert np.isnan(found[2])


@given(st.lists(st.floats(0, 1e8), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_amounts_redrawn_within_their_ranges_in_the_same_order_are_spread_alike(amounts: list[float], seed: int) -> None:
    before = np.unique(np.array(amounts))
    low, high = range_of(before)
    drawn = np.random.default_rng(seed).uniform(low, np.where(np.isnan(high), low * 5, high))
    after = np.concatenate([np.sort(drawn[low == bottom]) for bottom in np.unique(low)])
    if len(np.unique(after)) == len(after):
        assert np.array_equal(spread(before), spread(after))


def test_who_is_left_out_is_held_against_all_and_against_each() -> None:
    choice = Choice(np.array([60.0, 100.0, 40.0]), np.array([5.0, 5.0, 6.0]), SHARED, 0.5, 11.0)
    assert losses(choice, chosen(0, 1)).tolist() == [145 - 100, 145 - 60]
    (other,) = alternatives(choice, chosen(0, 1))
    # beside both it would be worth 20; in place of 0 all are worth 100 + 20, in place of 1 60 + 36
    assert (other.row, other.adds, other.breaks, other.instead, other.change) == (2, 20.0, ("budget",), 0, 120.0 - 145.0)
    (dear,) = alternatives(Choice(choice.value, np.array([5.0, 5.0, 12.0]), SHARED, 0.5, 11.0), chosen(0, 1))
    assert (dear.instead, dear.breaks) == (None, ("budget",))
    assert np.isnan(dear.change)
