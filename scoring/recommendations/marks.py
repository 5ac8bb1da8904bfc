"""Marks: how well each creator does in one respect, on one scale: 50 is typical, a standard deviation is 20, cut at 0 and 100.

Places among peers crowd together at the top, where candidates are chosen; standard deviations do not.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtri  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.points import BASE, NINETY
from scoring.tables import Floats

DEVIATION: Final = 20.0
"""Points of a standard deviation."""


class Marks(NamedTuple):
    """One respect, a row a creator: value and 90 % interval; NaN where nothing is known."""

    value: Floats
    low: Floats
    high: Floats


def standing(measured: Floats, doubt: Floats) -> Marks:
    """Return how many standard deviations each creator stands from the median of all that are given, as marks; NaN stays unknown.

    `doubt` is each one's standard error in the measure's own unit. Where all are alike, all are typical.
    """
    known = np.isfinite(measured)
    if not known.any():
        return Marks(measured, measured, measured)
    spread = float(np.std(measured[known])) or 1.0
    z, error = (measured - np.median(measured[known])) / spread, NINETY * doubt / spread
    return Marks(*(_points(each) for each in (z, z - error, z + error)))


def of_scores(scores: Marks) -> Marks:
    """Return scores, which are shares of a normal curve as points, as marks: a score of 84 is one deviation up, a mark of 70."""
    return Marks(*(_points(np.asarray(ndtri(each / 100.0), dtype=np.float64)) for each in scores))


def share_standing(count: Floats, total: Floats) -> Marks:
    """Return where each creator stands by a share; unknown where there is nothing to take a share of.

    The share is taken as asin √, on which its error is ½ ⁄ √total whatever it is, after half a hit and half a miss are added.
    """
    known = total > 0
    size = np.where(known, total, 1.0) + 1.0
    share = np.clip((np.where(known, count, 0.0) + 0.5) / size, 0.0, 1.0)
    return standing(np.where(known, np.arcsin(np.sqrt(share)), np.nan), 0.5 / np.sqrt(size))


def _points(z: Floats) -> Floats:
    return np.clip(BASE + DEVIATION * z, 0.0, 100.0)
