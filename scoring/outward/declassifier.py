"""How a hidden number leaves: the only functions by which one does. Each is a step function, so that what lies within a step is one."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.tables import Floats

USD_BOUNDS: Final = (0, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
COUNT_BOUNDS: Final = (0, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
"""Lower ends of the published ranges; each is a decade, and the last is open."""

SMALLEST: Final = 5
"""Ties are told in groups of at least so many, and in multiples of it."""

DECADE_VARIANCE: Final = np.log(10.0) ** 2 / 12.0
"""Variance of the logarithm of what may lie anywhere in a decade."""


def middles(amounts: Floats, bounds: tuple[int, ...]) -> Floats:
    """Return the geometric middle of the published range in which each amount lies; NaN for the unknown.

    The first range begins at nothing: it counts as the decade below its end.
    """
    highest = np.array(bounds[1:], dtype=np.float64)
    with np.errstate(invalid="ignore"):
        place = np.searchsorted(highest, amounts, side="right")
    middle = np.append(highest, highest[-1] * 10.0) / np.sqrt(10.0)
    return np.where(np.isnan(amounts), np.nan, middle[place])


def fives(counts: Floats) -> Floats:
    """Return counts rounded down to a multiple of five."""
    return np.floor(counts / SMALLEST) * SMALLEST


def share_in_fives(successes: Floats, among: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return successes and attempts as multiples of five, the nearest; none where fewer than five are others' than any one brand's."""
    told = np.where(others >= SMALLEST, np.round(among / SMALLEST) * SMALLEST, 0.0)
    return np.minimum(np.round(successes / SMALLEST) * SMALLEST, told), told


def counted_fives(successes: Floats, among: Floats) -> tuple[Floats, Floats]:
    """Return the successes and attempts that say of a share what these fives say of it, neither of which is whole.

    All pairs of counts that are rounded to the same fives are as likely as each other; the result has the mean and the variance
    that they give a share of which nothing else is known. What is all kept in fives need not be all kept.
    """
    reach = SMALLEST // 2
    around = np.arange(-reach, reach + 1)[:, np.newaxis]
    attempts, kept = np.maximum(among + around[:, np.newaxis], 0.0), np.maximum(successes + around, -1.0)
    weight = np.where((kept >= 0) & (kept <= attempts) & (attempts > SMALLEST), 1.0 / (attempts + 1.0), 0.0)
    mean, second = (kept + 1.0) / (attempts + 2.0), (kept + 1.0) * (kept + 2.0) / ((attempts + 2.0) * (attempts + 3.0))
    known = among > 0
    whole = np.where(known, weight.sum(axis=(0, 1)), 1.0)
    share, square = ((weight * part).sum(axis=(0, 1)) / whole for part in (mean, second))
    size = np.where(known, share * (1.0 - share) / np.where(known, square - share**2, 1.0) - 1.0, 2.0)
    return np.where(known, share * size - 1.0, 0.0), size - 2.0


def half_stars(mean: Floats, others: Floats) -> Floats:
    """Return a mean rating to the half star; NaN where fewer than five ratings are by others than whoever could take off its own."""
    return np.where(others >= SMALLEST, np.round(mean * 2.0) / 2.0, np.nan)
