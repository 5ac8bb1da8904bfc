"""Amounts for whoever may see their published ranges and their order alone."""

from typing import Final

import numpy as np

from scoring.outward import USD_BOUNDS
from scoring.tables import Floats

DECADE: Final = 10.0
"""Upper over lower end of a published range."""


def range_of(amounts: Floats) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of the published ranges that amounts lie in; NaN where unknown, and for an open end."""
    ends = np.array([*USD_BOUNDS, np.nan])
    place = np.maximum(np.searchsorted(USD_BOUNDS, amounts, side="right") - 1, 0)
    low, high = (np.where(np.isnan(amounts), np.nan, ends[place + step]) for step in (0, 1))
    return low, high


def spread(amounts: Floats) -> Floats:
    """Return for each an amount made of its published range and its order alone; NaN where unknown.

    The n amounts of one range are spread over it as sizes are by Zipf's law, evenly by their reciprocals: the k-th lowest of those in a
    range from a to b is 1 / ((1 − q) / a + q / b), q = (k − ½) / n, so that one alone has the harmonic middle; equals share their mean
    place. The first range, which begins at nothing, and the open last one count as decades.
    """
    low, high = range_of(amounts)
    high = np.where(np.isnan(high), low * DECADE, high)
    low = np.where(low > 0, low, high / DECADE)
    found = np.full(len(amounts), np.nan)
    for bottom in np.unique(low[np.isfinite(low)]).tolist():
        rows = np.flatnonzero(low == bottom)
        own = amounts[rows, np.newaxis]
        place = ((own > amounts[rows]).sum(axis=1) + (own == amounts[rows]).sum(axis=1) / 2.0) / len(rows)
        found[rows] = 1.0 / ((1.0 - place) / low[rows] + place / high[rows])
    return found
