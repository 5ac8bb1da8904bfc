"""How much do a creator's own posts differ in views? The variance s² of ln(views), learnt from posts of the same creator and kind.

Of n posts, ln(mean) has variance ln(1 + (e^s² − 1) / n) and lies half of s² less that above the mean of logarithms (log-normal views);
the median's variance is about s²/n · (1 + 0.57 (1 − 1/n)).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints
from scoring.facts.output.estimate import Estimate

DECLARED: Final = 1.0
STRENGTH: Final = 20.0
ENDS: Final = (0.1, 4.0)
PI_HALF: Final = float(np.pi / 2.0)


def post_spread(group: Ints, logs: Floats) -> float:
    """Return s² from single posts, of which those of one creator and kind share a `group`."""
    count = np.bincount(group)
    mean = np.bincount(group, weights=logs) / np.maximum(count, 1)
    squares = float(((logs - mean[group]) ** 2).sum())
    free = float(np.maximum(count - 1, 0).sum())
    return float(np.clip((squares + STRENGTH * DECLARED) / (free + STRENGTH), *ENDS))


def calibrated(each: Estimate, apart: Bools) -> Estimate:
    """Return estimates with variances such that those of one creator differ as much as they should.

    `apart` tells which follow another of the same creator whose posts are not the same. Creators differ in how much their posts vary,
    and a report's posts have their weeks in common, so s² alone makes reports look surer than they are.
    """
    pair = apart[1:] & each.known[1:] & each.known[:-1]
    squares = (np.diff(each.log) ** 2)[pair] / (each.var[1:] + each.var[:-1])[pair]
    factor = float(np.clip((squares.sum() + STRENGTH) / (len(squares) + STRENGTH), *ENDS))
    return Estimate(each.log, each.var * factor)


def of_mean(mean: Floats, count: Floats, s2: float) -> Estimate:
    """Return the creator's mean of ln(views) from the mean views of `count` posts."""
    var = np.log1p(np.expm1(s2) / count)
    return Estimate(np.log(mean) - (s2 - var) / 2.0, var)


def of_median(median: Floats, count: Floats, s2: float) -> Estimate:
    """Return the same from their median."""
    return Estimate(np.log(median), s2 / count * (1.0 + (PI_HALF - 1.0) * (1.0 - 1.0 / count)))
