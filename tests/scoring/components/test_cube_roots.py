"""Moments on the cube-root scales, against gamma functions and against quadrature."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from scoring.components.cube_roots import beta_moments, gamma_moments, gamma_ratio, unfolded

POSITIVE = st.floats(1e-3, 1e6)


@pytest.mark.parametrize("step", [1 / 3, 2 / 3])
@pytest.mark.parametrize("shape", [0.01, 0.3, 1.0, 2.5, 40.0])
def test_gamma_ratio_is_the_ratio_of_gammas(shape: float, step: float):
    assert gamma_ratio(np.array([shape]), step)[0] == pytest.approx(math.gamma(shape + step) / math.gamma(shape), rel=1e-7)


def test_gamma_ratio_keeps_its_digits_where_log_gammas_lose_them():
    assert gamma_ratio(np.array([1e12]), 1 / 3)[0] == pytest.approx(1e4, rel=1e-12)


def test_variances_stay_exact_at_millions():
    assert gamma_moments(np.array([1e9]), np.array([1e9]))[1][0] == pytest.approx(1 / 9e9, rel=1e-4)
    mean, variance = beta_moments(np.array([2e7]), np.array([2e7]))
    slope = 2 / 3 * 0.5 ** (-2 / 3)
    assert mean[0] == pytest.approx(0.0, abs=1e-12)
    assert variance[0] == pytest.approx(slope**2 * 0.25 / 4e7, rel=1e-4)


@pytest.mark.parametrize(("a", "b"), [(0.5, 3.0), (2.0, 2.0), (8.0, 0.8), (40.0, 60.0)])
def test_beta_moments_against_quadrature(a: float, b: float):
    share = stats.beta(a, b).ppf((np.arange(200_000) + 0.5) / 200_000)
    folded = np.cbrt(share) - np.cbrt(1 - share)
    mean, variance = beta_moments(np.array([a]), np.array([b]))
    assert mean[0] == pytest.approx(folded.mean(), abs=1e-4)
    assert variance[0] == pytest.approx(folded.var(), rel=1e-3)


@given(st.floats(0, 1))
def test_unfolded_undoes_the_folding(share: float):
    folded = np.array([np.cbrt(share) - np.cbrt(1 - share)])
    assert unfolded(folded)[0] == pytest.approx(share, abs=1e-12)


def test_unfolded_stays_within_its_ends():
    assert unfolded(np.array([-1.5, -1.0, 0.0, 1.0, 1.5])) == pytest.approx([0, 0, 0.5, 1, 1])


@given(shape=POSITIVE, more=st.floats(1e-3, 1e3), rate=POSITIVE)
def test_the_mean_rises_with_the_count(shape: float, more: float, rate: float):
    low, high = gamma_moments(np.array([shape, shape + more]), np.array([rate, rate]))[0]
    assert high > low or special.gammaln(shape + more) == special.gammaln(shape)
