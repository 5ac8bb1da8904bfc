"""A random direction for each node, that its name alone decides."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import shake_128
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SIGNS: Final = np.array([1, 1, 1, -1, -1, -1, *[0] * 10], dtype=np.float32)
"""What each half byte of a hash stands for: three entries in eight are not zero."""


def directions(kind: str, ids: Iterable[str], dimensions: int) -> Matrix:
    """Return a row for each id with entries of −s, 0 and s, its expected length 1; an even number of dimensions.

    A node has the same row in every graph, so that vectors of two runs differ by what has changed and by nothing else. Rows of
    different nodes are at right angles but for about 1/√dimensions (Achlioptas 2003; Li, Hastie and Church 2006).
    """
    packed = b"".join(shake_128(f"{kind}:{each}".encode()).digest(dimensions // 2) for each in ids)
    halves = np.frombuffer(packed, dtype=np.uint8)
    signs = np.stack([SIGNS[halves >> 4], SIGNS[halves & 15]], axis=1).reshape(-1, dimensions)
    return signs * np.float32(np.sqrt(len(SIGNS) / np.count_nonzero(SIGNS) / dimensions))


def unit(rows: Matrix) -> Matrix:
    """Return the rows at length 1; a row of zeros stays one."""
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))[:, np.newaxis]
    return (rows / np.where(length > 0, length, 1.0)).astype(np.float32)
