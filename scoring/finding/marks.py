"""Marks: how well each creator does in one respect, 0–100 with an interval, 50 for the typical one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.points import NINETY
from scoring.tables import Floats


class Marks(NamedTuple):
    """One respect, a row a creator: value and 90 % interval; NaN where nothing is known."""

    value: Floats
    low: Floats
    high: Floats


def standing(measured: Floats, doubt: Floats) -> Marks:
    """Return where each creator stands among all that are given: 100 × the share of a normal curve below; NaN stays unknown.

    `doubt` is each one's standard error in the measure's own unit. Where all are alike, all are typical.
    """
    known = np.isfinite(measured)
    if not known.any():
        return Marks(measured, measured, measured)
    spread = float(np.std(measured[known])) or 1.0
    z, error = (measured - np.median(measured[known])) / spread, NINETY * doubt / spread
    return Marks(*(_points(each) for each in (z, z - error, z + error)))


def share_standing(count: Floats, total: Floats) -> Marks:
    """Return where each creator stands by a share; unknown where there is nothing to take a share of.

    The share is taken as asin √, on which its error is ½ ⁄ √total whatever it is, after half a hit and half a miss are added.
    """
    known = total > 0
    size = np.where(known, total, 1.0) + 1.0
    share = np.clip((np.where(known, count, 0.0) + 0.5) / size, 0.0, 1.0)
    return standing(np.where(known, np.arcsin(np.sqrt(share)), np.nan), 0.5 / np.sqrt(size))


def _points(z: Floats) -> Floats:
    return 100.0 * np.asarray(ndtr(z), dtype=np.float64)
