"""Posteriors as normal scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from scoring.ranking.posteriors import NARROWEST, WIDEST, Posterior, normal_scores, probability_above
from tests.scoring.ranking.markets import moments, scope


@given(z=st.floats(-3, 3), s=st.floats(NARROWEST, 1.5))
def test_moments_there_and_back(z: float, s: float):
    found = normal_scores(*moments(Posterior(np.array([z]), np.array([s]))))
    assert found.z == pytest.approx([z], abs=2e-3)
    assert found.s == pytest.approx([s], abs=8e-3)


@given(mean=st.floats(0.0, 1.0), variance=st.floats(0.0, 1.0))
def test_any_moments_give_numbers(mean: float, variance: float):
    found = normal_scores(np.array([mean]), np.array([variance]))
    assert np.isfinite(found.z).all()
    assert NARROWEST <= found.s[0] <= WIDEST


def test_a_place_known_exactly_is_as_narrow_as_can_be():
    found = normal_scores(np.array([0.5, ndtr(1.0)]), np.zeros(2))
    np.testing.assert_allclose(found.z, [0.0, np.hypot(1.0, NARROWEST)], atol=1e-9)
    np.testing.assert_array_equal(found.s, [NARROWEST] * 2)


def test_probability_above_by_hand():
    ana, ben = Posterior(np.array([0.7]), np.array([0.3])), Posterior(np.array([0.2]), np.array([0.4]))
    assert probability_above(ana, ben) == pytest.approx([ndtr(1.0)])
    assert probability_above(ana, ben) + probability_above(ben, ana) == pytest.approx([1.0])
    assert probability_above(ana, ana) == pytest.approx([0.5])


def test_probability_above_is_calibrated():
    rng = np.random.default_rng(7)
    scopes = [scope(200, rng) for _ in range(30)]
    pairs = [rng.permutation(200).reshape(2, 100) for _ in scopes]
    said = np.concatenate(
        [
            probability_above(*(Posterior(one.posterior.z[side], one.posterior.s[side]) for side in sides))
            for one, sides in zip(scopes, pairs, strict=True)
        ]
    )
    true = np.concatenate([one.truth[left] > one.truth[right] for one, (left, right) in zip(scopes, pairs, strict=True)])
    bins = np.minimum((said * 10).astype(int), 9)
    errors = [abs(said[bins == each].mean() - true[bins == each].mean()) * (bins == each).mean() for each in range(10)]
    assert sum(errors) < 0.03
