"""The mixture of a scope's posteriors."""

import numpy as np
import pytest
from scipy.special import ndtr

from scoring.ranking.crowd import Crowd
from tests.scoring.ranking.markets import above, scope


@pytest.mark.parametrize("rows", [20, 400])
def test_expected_ranks_as_by_pairs(rows: int):
    posterior = scope(rows, np.random.default_rng(rows)).posterior
    by_pairs = 0.5 + above(posterior).sum(axis=0)
    np.testing.assert_allclose(Crowd.of(posterior).expected(posterior), by_pairs, atol=6e-4 * rows)


def test_how_many_are_above_a_point_and_how_surely():
    posterior = scope(300, np.random.default_rng(1)).posterior
    crowd, points = Crowd.of(posterior), np.array([-1.0, 0.0, 0.3, 2.0])
    chances = ndtr((posterior.z - points[:, np.newaxis]) / posterior.s)
    np.testing.assert_allclose(crowd.at(points, crowd.above), chances.sum(axis=1), atol=0.18)
    np.testing.assert_allclose(crowd.at(points, crowd.variance), (chances * (1 - chances)).sum(axis=1), rtol=0.01, atol=0.1)
    np.testing.assert_allclose(crowd.thresholds(crowd.at(points, crowd.above)), points, atol=0.01)


def test_probabilities_to_be_among_the_first_add_up_to_how_many_there_are():
    posterior = scope(500, np.random.default_rng(2)).posterior
    found = ndtr(Crowd.of(posterior).among_first(posterior, np.array([10, 50, 250])))
    np.testing.assert_allclose(found.sum(axis=1), [10, 50, 250], rtol=0.06)
