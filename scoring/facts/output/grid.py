"""Every start and end that a creator's activity may have, on a grid of weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints

STEPS: Final = 20
FEW: Final = 10
"""Steps enough to learn from all what all share."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Pairs of start and end at least one step apart, in weeks since the market's begin."""

    start: Floats
    stop: Floats
    step: float

    @classmethod
    def over(cls, weeks: float, *, steps: int = STEPS) -> Grid:
        """Return the pairs of a market of so many weeks."""
        edges = np.linspace(0.0, weeks, steps + 1)
        start, stop = np.triu_indices(steps + 1, 1)
        return cls(edges[start], edges[stop], weeks / steps)

    @property
    def kinds(self) -> Ints:
        """0 there throughout, 1 came later, 2 left earlier, 3 both."""
        return (self.start > 0).astype(np.int64) + 2 * (self.stop < self.stop.max())

    def within(self, since: Floats, until: Floats) -> Floats:
        """Return how many weeks of each time lie in each pair [times, pairs]."""
        return np.clip(np.minimum(self.stop, until[:, None]) - np.maximum(self.start, since[:, None]), 0.0, None)
