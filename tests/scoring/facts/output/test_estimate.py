"""Estimates on a logarithmic scale, against values worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts.output.estimate import Estimate, beta_of, either, log_share, rate, shrunk


def one(log: float, var: float) -> Estimate:
    return Estimate(np.array([log]), np.array([var]))


def test_a_rate_has_the_variance_of_chance_of_bursts_and_of_its_time() -> None:
    found = rate(np.array([3.0, 0.0, 2.0, np.nan]), np.array([2.0, 4.0, 0.0, 1.0]), bursts=1.0, log_weeks_var=0.25)
    assert found.log[:2] == pytest.approx([np.log(1.75), np.log(0.125)])
    assert found.var[:2] == pytest.approx([1 / 3.5 + 0.5 + 0.25, 2.0 + 0.25 + 0.25])
    assert np.isnan(found.log[2:]).all()
    assert np.isnan(found.var[2:]).all()


def test_however_even_the_weeks_a_quarter_of_chance_is_left() -> None:
    found = rate(np.array([9.5, 9.5]), np.array([10.0, 10.0]), bursts=np.array([-0.5, -2.0]))
    assert found.var == pytest.approx([0.1 - 0.05, 0.025])


def test_two_independent_estimates_weigh_by_precision_and_one_alone_stands() -> None:
    both = either(one(1.0, 1.0), one(2.0, 3.0), shared=np.zeros(1))
    assert (both.log[0], both.var[0]) == pytest.approx((1.25, 0.75))
    alone = either(one(np.nan, np.nan), one(2.0, 3.0), shared=np.array([np.nan]))
    assert (alone.log[0], alone.var[0]) == (2.0, 3.0)


def test_an_estimate_that_holds_the_other_s_posts_takes_all_the_weight() -> None:
    found = either(one(1.0, 1.0), one(2.0, 3.0), shared=np.array([1.0]))
    assert (found.log[0], found.var[0]) == (1.0, 1.0)


def test_shares_of_peers_stand_in_where_there_are_no_counts() -> None:
    successes, among = np.array([1.0, 9.0, np.nan]), np.array([10.0, 10.0, 0.0])
    alpha, beta = beta_of(successes, among)
    assert alpha == pytest.approx(beta)  # the mean is ½
    found = log_share(successes, among)
    assert found.log[0] < found.log[2] < found.log[1] < 0
    assert found.var[2] > found.var[0] > found.var[1] > 0


def test_shares_of_one_alone_lean_on_even_chances() -> None:
    found = log_share(np.array([0.0]), np.array([0.0]))
    assert (found.log[0], found.var[0]) == pytest.approx((-1.0, 1.0))  # of a uniform share


def test_shrinking_moves_toward_the_mean_and_gives_it_to_the_unknown() -> None:
    found = shrunk(Estimate(np.array([-2.0, 2.0, np.nan]), np.array([1.0, 1.0, np.nan])))
    # Variance 4 about 0, of which 1 is chance: the spread is 3, three quarters stay.
    assert found.log == pytest.approx([-1.5, 1.5, 0.0])
    assert found.var == pytest.approx([0.75, 0.75, 3.0])


@given(st.floats(0.01, 5), st.floats(0.01, 5), st.floats(0, 1))
def test_the_best_of_two_is_at_least_as_sure_as_each(left: float, right: float, alike: float) -> None:
    shared = alike * min(left, right)
    found = either(one(0.0, left), one(1.0, right), shared=np.array([shared]))
    assert found.var[0] <= min(left, right) + 1e-12
    assert -1e-12 <= found.log[0] <= 1 + 1e-12
