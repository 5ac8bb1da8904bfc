"""r-values (Henderson and Newton 2016): one order whose first k rows are those most likely among the true first k, for every k."""

from typing import Final

import numpy as np

from scoring.tables import Floats, Ints

MOST_SIZES: Final = 24
SMALL: Final = 1e-12


def sizes(rows: int) -> Ints:
    """Return the sizes that are tried: all of few, else `MOST_SIZES` evenly spaced in logarithm."""
    if rows <= MOST_SIZES:
        return np.arange(1, rows + 1)
    return np.unique(np.rint(np.geomspace(1, rows, MOST_SIZES)).astype(np.int64))


def rvalues(surety: Floats, tried: Ints) -> Floats:
    """Return the smallest share α, 0–1, at which a row belongs to the αn rows most likely to be among the true αn best.

    `surety` [sizes × rows] rises with a row's probability to be among the true first so many; `tried` are the sizes, rising to
    all rows. What lies between two of them follows by a straight line.
    """
    rows = len(surety[0])
    margin = (
        surety
        - np.stack([np.partition(each, rows - size)[rows - size] for each, size in zip(surety, tried.tolist(), strict=True)])[:, np.newaxis]
    )
    at = np.argmax(margin >= 0, axis=0)
    every = np.arange(rows)
    short = np.where(at > 0, -margin[at - 1, every], 1.0)
    part = short / np.maximum(short + margin[at, every], SMALL)
    before = np.where(at > 0, tried[at - 1], 0)
    return (before + (tried[at] - before) * np.clip(part, 0.0, 1.0)) / rows
