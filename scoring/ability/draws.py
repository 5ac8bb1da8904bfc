"""Random signs that belong to a key, not to a place in a stream."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.ability.table import Floats

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
MOST: Final = 64


def signs(*keys: NDArray[np.int64], stream: int, draws: int) -> Floats:
    """Return -1 or 1, shape (rows, `draws`, at most 64): the bits of SplitMix64 of the keys.

    A row's signs depend on its keys and on `stream` alone, so neither order nor number of rows changes them. Signs serve where only
    the variance of noise matters, at a hundredth of the cost of normal numbers.
    """
    state = np.full(len(keys[0]), np.uint64(stream), dtype=np.uint64)
    for key in keys:
        state = _mixed(state ^ key.astype(np.uint64))
    bits = np.arange(draws, dtype=np.uint64)
    return ((state[:, None] >> bits[None, :]) & np.uint64(1)).astype(np.float64) * 2.0 - 1.0


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = state + GOLDEN
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))
