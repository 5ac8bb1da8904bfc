"""Exact search: every row is looked at, so that nothing near is missed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.likeness.projection import Matrix
from scoring.tables import Bools, Ints


class Nearest(NamedTuple):
    """Places of rows, the most alike first, and how alike each is, −1 to 1."""

    places: Ints
    likeness: NDArray[np.float32]


def nearest(rows: Matrix, to: Matrix, allowed: Bools, first: int) -> Nearest:
    """Return the `first` allowed rows of largest dot product with `to`; of equals, those that come first.

    A row of zeros is like nothing and is never returned, nor is anything for a `to` of zeros.
    """
    if not to.any() or first <= 0:
        return Nearest(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
    found = rows @ to
    found[~allowed | ~rows.any(axis=1)] = -np.inf
    count = min(first, int(np.count_nonzero(np.isfinite(found))))
    places = _largest(found, count)
    return Nearest(places, found[places])


def _largest(values: NDArray[np.float32], count: int) -> Ints:
    """Return the places of the `count` largest values, equals in their order."""
    if not count:
        return np.empty(0, dtype=np.int64)
    least = np.partition(values, len(values) - count)[len(values) - count]
    above = np.flatnonzero(values > least)
    chosen = np.concatenate([above, np.flatnonzero(values == least)[: count - len(above)]])
    return chosen[np.lexsort((chosen, -values[chosen]))].astype(np.int64)
