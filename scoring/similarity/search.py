"""Exact search: every row is looked at, so that nothing near is missed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.similarity.projection import Matrix
from scoring.tables import Bools, Ints


class Nearest(NamedTuple):
    """Places of rows, the most alike first, and how alike each is, above 0 and up to 1."""

    places: Ints
    likeness: NDArray[np.float32]


def nearest(rows: Matrix, to: Matrix, allowed: Bools, first: int) -> Nearest:
    """Return the `first` allowed rows of largest dot product with `to`; of equals, those that come first.

    Only those above zero: at zero and below nothing is alike, as with a row of zeros, of whom nothing is known.
    """
    found = np.where(allowed, rows @ to, np.float32(0))
    count = min(max(first, 0), int(np.count_nonzero(found > 0)))
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
