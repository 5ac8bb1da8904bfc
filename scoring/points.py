"""From shrunk values to points, and from points' uncertainty to an interval."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.tables import Bools, Floats

BASE: Final = 50.0
GRID: Final = 2.0**-12
NINETY: Final = 1.6448536269514722
PEAK: Final = 0.3989422804014327
STEPS: Final = 4


class Voice(NamedTuple):
    """What one part says of each row: points 0–100, and mean and variance of the true place as a share."""

    known: Bools
    points: Floats
    mean: Floats
    variance: Floats


class Chorus(NamedTuple):
    """What weighted parts say together: value 0–100, mean and variance as shares, and the weight with evidence."""

    value: Floats
    mean: Floats
    variance: Floats
    weight: Floats


def voice(known: Bools, z: Floats, s: Floats) -> Voice:
    """Return the voice of rows that stand z of the peers' standard deviations up, uncertain by s.

    Points are the share of the peers' true values that lie below; 50 is the typical peer.
    """
    return Voice(known, 100.0 * ndtr(z), *moments(z, s))


def effective_weights(voices: Sequence[Voice], weights: Sequence[float]) -> tuple[list[Floats], Floats]:
    """Return each part's weight where those without evidence give theirs to the others, and the weight with evidence."""
    total = np.zeros(len(voices[0].points))
    for part, weight in zip(voices, weights, strict=True):
        total = total + weight * part.known
    safe = np.where(total > 0, total, 1.0)
    return [np.where(part.known, weight / safe, 0.0) for part, weight in zip(voices, weights, strict=True)], total / sum(weights)


def contribution(weight: Floats, points: Floats) -> Floats:
    """Return what a part adds to the base: whole 4096ths, cut toward zero, which floats add exactly in any order."""
    # Adding zero turns -0.0, which would be shown, into 0.0.
    return np.trunc(weight * (points - BASE) / GRID) * GRID + 0.0


def together(voices: Sequence[Voice], weights: Sequence[float], *, shared_error: float) -> Chorus:
    """Return the base plus all contributions; errors are taken to correlate by `shared_error`."""
    effective, total = effective_weights(voices, weights)
    value = np.full_like(total, BASE)
    mean, apart, alike = (np.zeros_like(total) for _ in range(3))
    for part, weight in zip(voices, effective, strict=True):
        value = value + contribution(weight, part.points)
        mean = mean + weight * part.mean
        apart = apart + weight * weight * part.variance
        alike = alike + weight * np.sqrt(part.variance)
    return Chorus(value, mean, (1.0 - shared_error) * apart + shared_error * alike * alike, total)


def moments(z: Floats, s: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of Φ(Z) for Z ~ N(z, s²); the variance by four terms of the tetrachoric series."""
    spread = 1.0 + s * s
    h = z / np.sqrt(spread)
    return ndtr(h), _variance(h, s * s / spread)


def _variance(h: Floats, rho: Floats) -> Floats:
    density = PEAK * np.exp(-0.5 * h * h)
    return density * density * _series(_terms(h), rho)


def _terms(h: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the squares of Hermite's polynomials over factorials that weigh ρ², ρ³ and ρ⁴."""
    square = h * h
    third, fourth = square - 1.0, h * (square - 3.0)
    return square / 2.0, third * third / 6.0, fourth * fourth / 24.0


def _series(terms: tuple[Floats, Floats, Floats], rho: Floats) -> Floats:
    second, third, fourth = terms
    return rho * (1.0 + rho * (second + rho * (third + rho * fourth)))


def interval(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Return the ends, 0–100, that hold 90 % of points with this mean and variance (both as shares).

    The points are taken as Φ(Z) with Z normal: exact for one component, matched by two moments for several.
    """
    h = ndtri(np.clip(mean, 1e-12, 1.0 - 1e-12))
    rho = _correlation(h, variance)
    s = np.sqrt(rho / (1.0 - rho))
    z = h * np.sqrt(1.0 + s * s)
    return 100.0 * ndtr(z - NINETY * s), 100.0 * ndtr(z + NINETY * s)


def _correlation(h: Floats, variance: Floats) -> Floats:
    """Return the ρ at which the series of `_variance` gives `variance`, by Newton's steps from above."""
    terms = second, third, fourth = _terms(h)
    density = PEAK * np.exp(-0.5 * h * h)
    target = variance / np.maximum(density * density, 1e-300)
    rho = np.clip(target, 0.0, 0.9)
    for _ in range(STEPS):
        slope = 1.0 + rho * (2.0 * second + rho * (3.0 * third + rho * 4.0 * fourth))
        rho = np.clip(rho - (_series(terms, rho) - target) / slope, 0.0, 0.9)
    return rho
