"""How much higher a group's scores are than others' of as much evidence: who has less is nearer to the middle, which is no unfairness."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from scoring.tables import Bools, Floats, Ints

FROM: Final = np.array([2, 5, 10, 30])
"""Where the bins of evidence begin, after the first: 1, 2–4, 5–9, 10–29, 30 and more."""
LEAST: Final = 2
"""Creators of both kinds in a bin, so that their scores have a variance."""


class Difference(NamedTuple):
    """Points and their standard error; NaN where no bin of evidence holds both kinds."""

    points: float
    error: float


def difference(values: Floats, evidence: Ints, member: Bools) -> Difference:
    """Return the mean of the differences in each bin of evidence, weighed by how many of the group are there; NaN values count nothing."""
    known = ~np.isnan(values)
    bins = np.searchsorted(FROM, evidence, side="right")
    parts = [_in_bin(values[known & (bins == place)], member[known & (bins == place)]) for place in range(len(FROM) + 1)]
    told = [part for part in parts if part is not None]
    whole = sum(size for size, _, _ in told)
    if not whole:
        return Difference(np.nan, np.nan)
    points = sum(size * apart for size, apart, _ in told) / whole
    return Difference(points, float(np.sqrt(sum(size**2 * variance for size, _, variance in told))) / whole)


def _in_bin(values: Floats, member: Bools) -> tuple[int, float, float] | None:
    """Return how many of the group there are, the difference of the means, and its variance; None where there are too few."""
    own, others = np.sort(values[member]), np.sort(values[~member])
    if min(len(own), len(others)) < LEAST:
        return None
    variance = own.var(ddof=1) / len(own) + others.var(ddof=1) / len(others)
    return len(own), float(own.mean() - others.mean()), float(variance)
