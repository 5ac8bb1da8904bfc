"""Simulated scopes: true scores that are normal, observed with normal errors, and their posteriors."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, owens_t

from scoring.ranking.posteriors import Posterior


class Scope(NamedTuple):
    """True scores, and posteriors in the order of their means."""

    truth: np.ndarray
    posterior: Posterior

    @property
    def ranks(self) -> np.ndarray:
        """The true ranks, 1 the best."""
        return np.argsort(np.argsort(-self.truth)) + 1


def scope(rows: int, rng: np.random.Generator, *, errors: tuple[float, float] = (0.2, 1.2)) -> Scope:
    """Return a scope whose errors of observation are uniform between two."""
    truth, error = rng.normal(size=rows), rng.uniform(*errors, size=rows)
    observed = truth + error * rng.normal(size=rows)
    shrinkage = 1.0 / (1.0 + error**2)
    z, s = observed * shrinkage, error * np.sqrt(shrinkage)
    order = np.argsort(-z / np.hypot(1.0, s))
    return Scope(truth[order], Posterior(z[order], s[order]))


def moments(posterior: Posterior) -> tuple[np.ndarray, np.ndarray]:
    """Return mean and variance of the shares Φ(Z), exactly."""
    h = posterior.z / np.hypot(1.0, posterior.s)
    rho = posterior.s**2 / (1.0 + posterior.s**2)
    return ndtr(h), ndtr(h) * ndtr(-h) - 2.0 * owens_t(h, np.sqrt((1.0 - rho) / (1.0 + rho)))


def above(posterior: Posterior) -> np.ndarray:
    """Return the probability that each row is above each other one."""
    return ndtr((posterior.z[:, np.newaxis] - posterior.z) / np.hypot(posterior.s[:, np.newaxis], posterior.s))
