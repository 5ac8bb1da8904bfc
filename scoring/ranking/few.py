"""The ranks of a few rows exactly: the distribution of how many of the others are above, by Poisson and binomial trials."""

from typing import Final

import numpy as np
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs] -- SciPy ships none

from scoring.ranking.posteriors import Posterior
from scoring.tables import Floats

MOST: Final = 16
NODES: Final = 49
REACH: Final = 4.5


def rank_probabilities(posterior: Posterior) -> Floats:
    """Return the probability that row i has rank r + 1 [rows × rows]; others' scores are independent given its own.

    At each of `NODES` values of a row's own score, evenly spaced and weighed by their density, the others are trials of
    different chances; O(rows³), so for at most `MOST` rows.
    """
    points = np.linspace(-REACH, REACH, NODES)
    weights = np.exp(-0.5 * points * points)
    rows = len(posterior.z)
    values = posterior.z[:, np.newaxis] + posterior.s[:, np.newaxis] * points
    probabilities = np.zeros((rows, NODES, rows))
    probabilities[:, :, 0] = 1.0
    for other in range(rows):
        chance = ndtr((posterior.z[other] - values) / posterior.s[other])
        chance[other] = 0.0
        _add_trial(probabilities, chance[:, :, np.newaxis])
    return np.einsum("q,iqr->ir", weights / weights.sum(), probabilities)


def _add_trial(probabilities: Floats, chance: Floats) -> None:
    moved = probabilities * chance
    probabilities -= moved
    probabilities[:, :, 1:] += moved[:, :, :-1]
