"""Applications for samples at one brand, one entry each, with what was known when each came and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.delivery.past import Past
from scoring.facts.arrays import Bools, Floats, Ints
from scoring.facts.period import DAY

SALES_DAYS: Final = 28
"""Sales count from when the content came until so many days later."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Applications of one brand in order of time; times are Unix seconds, amounts US dollars, NaN where unknown.

    `clear` is when the time for content was over, NaN for who was not approved; `came` tells whether content came by then. `net` and
    `orders` are the sales of the product by the creator in the 28 days after the content, 0 without. `commission` is the creator's share
    of net sales, `before` what the creator had sold of the brand, net, in the 90 days before applying.
    """

    creator: Ints
    applied: Floats
    approved: Bools
    clear: Floats
    came: Bools
    net: Floats
    orders: Floats
    price: Floats
    commission: Floats
    before: Floats

    def __len__(self) -> int:
        """Return how many applications there are."""
        return len(self.creator)

    @property
    def over(self) -> Floats:
        """When the sales of each were known, NaN for who was not approved."""
        return self.clear + SALES_DAYS * DAY

    def at(self, rows: Bools | Ints) -> Samples:
        """Return some of them."""
        return Samples(*(getattr(self, name)[rows] for name in self.__slots__))

    def record(self, creator: Ints, time: Floats) -> tuple[Floats, Floats]:
        """Return how many samples of each creator were clear before a time, and for how many of these content came."""
        past = Past.of(self.creator, self.clear, np.column_stack((np.ones(len(self)), self.came.astype(np.float64))))
        both = past.before(creator, time)
        return both[:, 0], both[:, 1]
