"""Of many tests at once, which are discoveries: the procedure of Benjamini and Hochberg (1995)."""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import Bools, Floats


def adjusted(p: Floats) -> Floats:
    """Return the smallest false discovery rate at which each test would be a discovery; NaN, of what was not tested, stays NaN."""
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    raised = p[order] * len(order) / np.arange(1, len(order) + 1)
    q = np.full(len(p), np.nan)
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def discoveries(p: Floats, *, rate: float) -> Bools:
    """Return which tests are discoveries such that at most `rate` of these are expected to be false."""
    with np.errstate(invalid="ignore"):
        return adjusted(p) <= rate
