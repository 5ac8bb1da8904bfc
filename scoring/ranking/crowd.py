"""All posteriors of a scope at once: how many of the true scores lie above a point, and how surely.

The mixture is evaluated on one fixed grid of normal scores, by fast Fourier transforms of the rows' histogram by location
and error: O(n + g log g) for n rows and g points, where pairs would cost n².
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.fft import irfft, rfft
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs] -- SciPy ships none

from scoring.ranking.posteriors import NARROWEST, WIDEST, Posterior
from scoring.tables import Floats, Ints

EDGE: Final = 8.0
STEP: Final = 1.0 / 64.0
POINTS: Final = round(2 * EDGE / STEP) + 1
LENGTH: Final = 1 << 11
CLASSES: Final = 24
NODES: Final = 16


@dataclass(frozen=True)
class Crowd:
    """Grids over normal scores from −8 to 8: expected number of true scores above each point, its variance, and its slope."""

    rows: int
    above: Floats
    variance: Floats
    density: Floats

    @classmethod
    def of(cls, posterior: Posterior) -> "Crowd":
        """Return the crowd of independent posteriors."""
        spectrum = rfft(_histogram(posterior), LENGTH, axis=1)
        gaussians, doubts = _transfers()
        density = np.maximum(irfft((spectrum * gaussians).sum(axis=0), LENGTH)[:POINTS], 0.0)
        variance = np.maximum(irfft((spectrum * doubts).sum(axis=0), LENGTH)[:POINTS], 0.0)
        density *= len(posterior.z) / density.sum()
        above = np.minimum.accumulate(len(posterior.z) - np.cumsum(density) + density / 2.0)
        return cls(len(posterior.z), np.maximum(above, 0.0), variance, density / STEP)

    def at(self, points: Floats, grid: Floats) -> Floats:
        """Return one of the grids at some points, between its own by straight lines."""
        place = np.clip((points + EDGE) / STEP, 0.0, POINTS - 1.0)
        left = np.minimum(place.astype(np.intp), POINTS - 2)
        part = place - left
        return grid[left] * (1.0 - part) + grid[left + 1] * part

    def noise(self, points: Floats) -> Floats:
        """Return the standard error of the point above which so many truly lie, in normal scores: the others' doubt."""
        return np.sqrt(self.at(points, self.variance)) / np.maximum(self.at(points, self.density), 1e-3)

    def thresholds(self, counts: Floats) -> Floats:
        """Return the points above which `counts` true scores are expected."""
        places = np.linspace(-EDGE, EDGE, POINTS)
        return np.interp(-counts, -self.above, places)

    def expected(self, posterior: Posterior) -> Floats:
        """Return the expected rank of every row of the crowd, from 1: 1 + Σ P(other above), ties in probability halved."""
        nodes, weights = _nodes()
        total = np.zeros(len(posterior.z))
        for node, weight in zip(nodes, weights, strict=True):
            total += weight * self.at(posterior.z + node * posterior.s, self.above)
        # Each row is in the crowd itself, above itself with probability one half.
        return np.clip(total + 0.5, 1.0, self.rows)

    def among_first(self, posterior: Posterior, sizes: Ints) -> Floats:
        """Return normal scores of the probabilities to be among the true first so many [sizes × rows], fewer than the rows.

        Those are the rows above the point above which so many are expected; how far it may lie off counts as error.
        """
        threshold = self.thresholds(sizes.astype(np.float64))[:, np.newaxis]
        return (posterior.z - threshold) / np.hypot(posterior.s, np.minimum(self.noise(threshold), WIDEST))

    def quantile(self, posterior: Posterior, normal: float) -> Floats:
        """Return the rank, not rounded, that lies `normal` standard errors of location up from each row."""
        point = posterior.z + normal * posterior.s
        spread = np.hypot(posterior.s, np.minimum(self.noise(point), WIDEST))
        point = posterior.z + normal * spread
        return 1.0 + self.at(point, self.above) - ndtr((posterior.z - point) / posterior.s)


def _histogram(posterior: Posterior) -> Floats:
    """Return the rows by class of error and point [classes × points], each shared out among four so that moments hold."""
    variances = _variances()
    inside = np.clip(posterior.s * posterior.s, variances[0], variances[-1])
    lower = np.clip(np.searchsorted(variances, inside, side="right") - 1, 0, CLASSES - 2)
    rise = (inside - variances[lower]) / (variances[lower + 1] - variances[lower])
    place = (np.clip(posterior.z, -EDGE, EDGE) + EDGE) / STEP
    left = np.minimum(place.astype(np.intp), POINTS - 2)
    part = place - left
    total = np.zeros(CLASSES * POINTS)
    for up, by in ((0, 1.0 - rise), (1, rise)):
        for right, along in ((0, 1.0 - part), (1, part)):
            total += np.bincount((lower + up) * POINTS + left + right, weights=by * along, minlength=len(total))
    return total.reshape(CLASSES, POINTS)


@cache
def _variances() -> Floats:
    return np.geomspace(NARROWEST, WIDEST, CLASSES) ** 2


@cache
def _transfers() -> tuple[Floats, Floats]:
    """Return the transforms, by class of error, of the normal density and of p(1 − p) around a row."""
    errors = np.sqrt(_variances())[:, np.newaxis]
    frequencies = 2.0 * np.pi * np.arange(LENGTH // 2 + 1) / LENGTH / STEP
    gaussians = np.exp(-0.5 * (frequencies * errors) ** 2)
    offsets = np.fft.fftfreq(LENGTH, 1.0 / LENGTH) * STEP
    return gaussians, np.real(rfft(ndtr(offsets / errors) * ndtr(-offsets / errors), axis=1))


@cache
def _nodes() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()
