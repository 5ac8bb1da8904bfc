"""What groups are told of, worked by hand, and that equal groups differ by chance alone."""

from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest

from scoring.fairness import difference, group_scores

nan = float("nan")


def test_a_difference_is_taken_among_creators_of_as_much_evidence() -> None:
    values = np.array([40.0, 42.0, 30.0, 32.0, 80.0, 84.0, 70.0, 72.0, 76.0])
    evidence = np.array([1, 1, 1, 1, 40, 50, 60, 70, 80])
    member = np.array([True, True, False, False, True, True, False, False, False])
    found = difference(values, evidence, member)
    few, many = 41.0 - 31.0, 82.0 - (70.0 + 72.0 + 76.0) / 3
    assert found.points == pytest.approx((2 * few + 2 * many) / 4)
    of_few, of_many = 2.0 / 2 + 2.0 / 2, 8.0 / 2 + np.var([70.0, 72.0, 76.0], ddof=1) / 3
    assert found.error == pytest.approx(sqrt(4 * of_few + 4 * of_many) / 4)


def test_more_evidence_alone_is_no_difference() -> None:
    evidence = np.array([1] * 40 + [20] * 40)
    values = np.where(evidence == 1, 50.0, 80.0) + np.tile([-1.0, 1.0], 40)
    member = np.arange(80) % 8 == 1
    member[:20] = False
    member[60:] |= np.arange(20) < 16
    plain = values[member].mean() - values[~member].mean()
    found = difference(values, evidence, member)
    assert plain > 10
    assert abs(found.points) < 1


def test_without_others_of_as_much_evidence_nothing_is_told() -> None:
    found = difference(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1, 1, 9, 9]), np.array([True, True, False, False]))
    assert isnan(found.points)
    assert isnan(found.error)


def test_groups_have_means_coverage_and_widths_and_small_ones_are_left_out() -> None:
    values = np.array([10.0, 20.0, 30.0, 40.0, 50.0, nan, 60.0, 61.0, 62.0, 63.0, 64.0, 65.0])
    widths = np.where(np.isnan(values), nan, 12.0)
    large = np.arange(12) < 6
    groups = {"REGION": {"US": large, "GB": ~large, "VN": np.arange(12) < 4}, "TIER": {"none": np.zeros(12, dtype=bool)}}
    found = group_scores(values, widths, np.full(12, 3), groups)
    assert [(each.kind, each.group) for each in found] == [("REGION", "GB"), ("REGION", "US")]
    us = found[1]
    assert (us.creators, us.scored, us.mean, us.width) == (6, 5, 30.0, 12.0)
    assert us.error == pytest.approx(sqrt(250.0) / sqrt(5))
    assert us.difference == pytest.approx(30.0 - 62.5)
    few = group_scores(np.where(np.arange(12) < 4, values, nan), widths, np.full(12, 3), {"REGION": {"US": large}})
    assert (few[0].scored, few[0].creators) == (4, 6)
    assert all(isnan(one) for one in (few[0].mean, few[0].error, few[0].width, few[0].difference))


def test_equal_groups_lie_within_two_errors_as_often_as_they_should() -> None:
    draws = np.random.default_rng(0)
    within = 0
    for _ in range(200):
        evidence = draws.integers(1, 60, 300)
        values = 50.0 + draws.normal(0.0, 5.0 + evidence / 4)
        found = difference(values, evidence, draws.random(300) < 0.3)
        within += abs(found.points) < 1.96 * found.error
    assert 180 <= within <= 199


def test_the_order_of_creators_changes_nothing() -> None:
    draws = np.random.default_rng(1)
    values, evidence, member = draws.normal(50, 9, 99), draws.integers(1, 40, 99), draws.random(99) < 0.4
    order = draws.permutation(99)
    assert difference(values, evidence, member) == pytest.approx(difference(values[order], evidence[order], member[order]), abs=1e-9)
