"""What is usual among peers, told by the middle of the market so that cheats do not move it."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints
from scoring.numerics import scipy

NORMAL: Final = 1.4826
"""Standard deviation of a normal in units of its median absolute deviation."""
ROUNDS: Final = 30
LEAST: Final = 20
"""So many creators must be known to tell what is usual."""
HEAVIEST: Final = 3.0
LIGHTEST: Final = 60.0
"""Degrees of freedom between which tails are learnt."""
TAIL: Final = 0.98
SHOULDER: Final = 0.75


def deviations(values: Floats, followers: Floats, region: Ints) -> Floats:
    """Return how far each value lies from the line on ln(followers) and from the median of the region; NaN where unknown.

    The line is one of least absolute deviations. Where fewer than 20 are known nothing is.
    """
    known = ~np.isnan(values)
    if known.sum() < LEAST:
        return np.full(len(values), np.nan)
    log = np.where(followers > 0, np.log(np.maximum(followers, 1.0)), np.nan)
    x = np.where(np.isnan(log), np.nanmedian(log) if (~np.isnan(log)).any() else 0.0, log)
    rest = values - _line(x, values, known)
    for each in np.unique(region):
        here = known & (region == each)
        rest = np.where(here, rest - (np.median(rest[here]) if here.sum() >= LEAST else 0.0), rest)
    return rest


def _line(x: Floats, values: Floats, known: Bools) -> Floats:
    design = np.stack([np.ones(len(x)), x - x.mean()], axis=1)
    near, y = design[known], values[known]
    slope = np.array([np.median(y), 0.0])
    for _ in range(ROUNDS):
        weight = 1.0 / np.maximum(np.abs(y - near @ slope), 1e-3)
        slope = np.linalg.solve((near * weight[:, None]).T @ near + 1e-9 * np.eye(2), (near * weight[:, None]).T @ y)
    return design @ slope


def spread(rest: Floats) -> float:
    """Return the standard deviation of the middle of the values, 0 where none is known."""
    known = rest[~np.isnan(rest)]
    return NORMAL * float(np.median(np.abs(known - np.median(known)))) if len(known) else 0.0


def correlations(rest: Floats) -> Floats:
    """Return the correlations of columns [creators × columns] by their ranks, 0 where fewer than 20 know both."""
    count = rest.shape[1]
    found = np.eye(count)
    for a in range(count):
        for b in range(a):
            both = ~np.isnan(rest[:, a]) & ~np.isnan(rest[:, b])
            if both.sum() >= LEAST:
                ranks = [np.argsort(np.argsort(rest[both, each], kind="stable"), kind="stable") for each in (a, b)]
                found[a, b] = found[b, a] = 0.95 * 2 * np.sin(np.pi / 6 * float(np.corrcoef(ranks[0], ranks[1])[0, 1]))
    return found


def upper_tail(score: Floats) -> Floats:
    """Return the probability that an honest creator's score is as high; NaN where unknown.

    Nobody cheats to look worse, so the lower half tells centre, spread and how heavy the tails are: a Student distribution.
    """
    known = score[~np.isnan(score)]
    if len(known) < LEAST:
        return np.full(len(score), np.nan)
    centre = float(np.median(known))
    below = centre - known[known <= centre]
    far, near = (float(np.quantile(below, 2 * each - 1)) for each in (TAIL, SHOULDER))
    freedom = _freedom(far / max(near, 1e-9))
    scale = max(near, 1e-9) / float(scipy.stats.t.ppf(SHOULDER, freedom))
    return np.where(np.isnan(score), np.nan, scipy.stats.t.sf((score - centre) / scale, freedom))


def _freedom(ratio: float) -> float:
    """Return the degrees of freedom at which the quantiles of tail and shoulder have this ratio."""
    grid = np.geomspace(HEAVIEST, LIGHTEST, 60)
    ratios = scipy.stats.t.ppf(TAIL, grid) / scipy.stats.t.ppf(SHOULDER, grid)
    if ratio <= scipy.stats.norm.ppf(TAIL) / scipy.stats.norm.ppf(SHOULDER):
        return LIGHTEST
    return float(np.interp(-ratio, -ratios, grid))
