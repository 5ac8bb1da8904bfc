"""The usual expectation in pieces: a line that bends at two amounts and never falls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats

BENDS: Final = (0.4, 0.8)
"""Quantiles of what teaches, at which the line may bend."""
MEANINGS: Final = {
    "usual_low": "log of the default expectation, up to the amount that two fifths of the creators learnt from stay below",
    "usual_middle": "what the log lies above that amount, up to the one that four fifths stay below",
    "usual_high": "what it lies above the second amount",
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """Adds to columns three that sum up to what they come to by the `usual` weights, cut at two amounts (logs)."""

    usual: Floats
    low: float
    high: float

    @classmethod
    def of(cls, columns: Floats, usual: Floats) -> Pieces:
        """Cut where the columns that teach have their `BENDS`."""
        low, high = np.quantile(columns @ usual, BENDS).tolist()
        return cls(usual, low, high)

    def added(self, columns: Floats) -> Floats:
        """Return the columns, shape (rows, any), and the pieces."""
        level = columns @ self.usual
        pieces = np.minimum(level, self.low), np.clip(level - self.low, 0.0, self.high - self.low), np.maximum(level - self.high, 0.0)
        return np.column_stack([columns, *pieces])
