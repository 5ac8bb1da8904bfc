"""The ranks of a few rows, exactly."""

import numpy as np
import pytest
from scipy.special import ndtr

from scoring.ranking.few import rank_probabilities
from scoring.ranking.posteriors import Posterior
from tests.scoring.ranking.markets import above, scope


def test_two_rows_by_hand():
    found = rank_probabilities(Posterior(np.array([0.7, 0.2]), np.array([0.3, 0.4])))
    first = ndtr(1.0)
    np.testing.assert_allclose(found, [[first, 1 - first], [1 - first, first]], atol=1e-4)


def test_one_row_is_the_first():
    assert rank_probabilities(Posterior(np.array([0.3]), np.array([0.5]))) == pytest.approx(np.ones((1, 1)))


def test_against_drawing():
    posterior = scope(9, np.random.default_rng(3)).posterior
    drawn = posterior.z + posterior.s * np.random.default_rng(4).normal(size=(200_000, 9))
    ranks = np.argsort(np.argsort(-drawn, axis=1), axis=1)
    counted = np.stack([np.bincount(ranks[:, row], minlength=9) for row in range(9)]) / len(drawn)
    np.testing.assert_allclose(rank_probabilities(posterior), counted, atol=0.006)


def test_expected_ranks_as_by_pairs():
    posterior = scope(16, np.random.default_rng(5)).posterior
    expected = rank_probabilities(posterior) @ np.arange(1, 17)
    np.testing.assert_allclose(expected, 0.5 + above(posterior).sum(axis=0), atol=1e-3)
