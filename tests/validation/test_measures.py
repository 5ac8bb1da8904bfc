"""Measures on cases small enough to work out by hand."""

import numpy as np
import pytest

from validation.measures import (
    Cover,
    agreement,
    best_of,
    correlation,
    coverage,
    coverage_by_evidence,
    differences,
    percentiles,
    pooled,
    share_of_best,
)


def test_who_has_no_value_stands_in_the_middle() -> None:
    truth = np.arange(11.0)
    assert agreement(truth, truth) == pytest.approx(1.0)
    hidden = np.where(truth == 10, np.nan, truth)
    assert agreement(hidden, truth) == pytest.approx(correlation(np.where(truth == 10, 4.5, truth), truth))
    assert agreement(hidden, truth) < 0.9


def test_too_few_or_nothing_known_is_no_correlation() -> None:
    assert np.isnan(agreement(np.arange(9.0), np.arange(9.0)))
    assert np.isnan(agreement(np.full(12, np.nan), np.arange(12.0)))
    assert np.isnan(correlation(np.ones(12), np.arange(12.0)))


def test_percentiles_are_within_the_group_and_ties_share() -> None:
    assert percentiles(np.array([1.0, 2.0, 9.0, 9.0]), ["A", "A", "B", "B"]).tolist() == [25.0, 75.0, 50.0, 50.0]


def test_intervals_are_counted_where_both_ends_are_known() -> None:
    low, high = np.array([0.0, 40.0, 90.0, np.nan]), np.array([50.0, 60.0, 95.0, 99.0])
    found = coverage(low, high, np.array([10.0, 50.0, 20.0, 20.0]))
    assert (found.share, found.number, found.width) == (pytest.approx(2 / 3), 3, 20.0)
    parts = coverage_by_evidence(low, high, np.array([10.0, 50.0, 20.0, 20.0]), np.array([1.0, 30.0, 4.0, 2.0]))
    assert [part.number for part in parts] == [1, 1, 0, 0, 1]
    assert [part.share for part in parts if part.number] == [1.0, 0.0, 1.0]


def test_coverage_of_several_markets_weighs_each_by_its_creators() -> None:
    nothing = Cover(float("nan"), 0, float("nan"))
    assert pooled([Cover(0.9, 100, 60.0), nothing, Cover(0.8, 300, 20.0)]) == pytest.approx((0.825, 400, 30.0))
    assert pooled([nothing]).number == 0


def test_the_best_hold_a_share_of_what_the_best_could() -> None:
    expected = np.array([100.0, 50.0, 10.0, 0.0])
    assert share_of_best(np.array([4.0, 3.0, 2.0, 1.0]), expected, best=2) == 1.0
    assert share_of_best(np.array([np.nan, 3.0, 2.0, 1.0]), expected, best=2) == pytest.approx(60 / 150)
    assert [best_of(each) for each in (100, 500, 5_000)] == [5, 25, 50]


def test_a_group_scored_above_others_of_the_same_trait_is_found() -> None:
    rng = np.random.default_rng(1)
    truth = rng.uniform(0, 100, 600)
    favoured = np.arange(600) < 200
    score = truth + 15 * favoured + rng.normal(0, 5, 600)
    one, other = differences(score, np.full(600, 4.0), truth, {"favoured": favoured, "even": np.arange(600) % 2 == 0})
    assert one.points == pytest.approx(10.0, abs=1.5)
    assert not one.fair
    assert other.fair
