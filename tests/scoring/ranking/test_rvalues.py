"""One order for every size of the list."""

import numpy as np
from scipy.special import ndtr

from scoring.ranking.crowd import Crowd
from scoring.ranking.rvalues import rvalues, sizes
from tests.scoring.ranking.markets import scope


def test_by_hand():
    surety = np.array([[0.5, 0.4, 0.1], [0.6, 0.9, 0.5], [1.0, 1.0, 1.0]])
    np.testing.assert_allclose(rvalues(surety, np.arange(1, 4)), [1 / 3, (1 + 1 / 4) / 3, 1.0])


def test_the_first_are_those_most_likely_among_the_first():
    posterior = scope(400, np.random.default_rng(1)).posterior
    tried = sizes(400)
    surety = Crowd.of(posterior).among_first(posterior, tried)
    order = np.argsort(rvalues(surety, tried))
    for size, row in zip(tried.tolist(), ndtr(surety), strict=True):
        assert np.sort(row)[::-1][:size].sum() - row[order[:size]].sum() < 0.02 * size


def test_equal_errors_keep_the_order_of_the_means():
    posterior = scope(300, np.random.default_rng(2), errors=(0.8, 0.8)).posterior
    tried = sizes(300)
    assert (np.diff(rvalues(Crowd.of(posterior).among_first(posterior, tried), tried)) >= 0).all()


def test_sizes_end_with_all_rows():
    assert sizes(1).tolist() == [1]
    assert sizes(24).tolist() == list(range(1, 25))
    assert sizes(20_000)[[0, -1]].tolist() == [1, 20_000]
