"""How many orders a showing leads to: creator × product × views, and a luck of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats, Ints, sums
from scoring.spillover.showings import Showings

ROUNDS: Final = 3
STEEPEST: Final = 2.0
LUCKIEST: Final = 0.1
EVENEST: Final = 1e3


@dataclass(frozen=True, slots=True)
class Rates:
    """Factors by creator and by product, the elasticity of orders to views, and the shape of a showing's luck."""

    creator: Floats
    product: Floats
    elasticity: float
    shape: float

    @staticmethod
    def even(shown: Showings) -> Rates:
        """Return where to begin: everybody alike."""
        return Rates(np.ones(shown.creators), np.ones(shown.products), 0.5, 1.0)

    def expected(self, shown: Showings) -> Floats:
        """Return the orders that each showing leads to by what it is."""
        return self.creator[shown.creator] * self.product[shown.product] * np.exp(self.elasticity * shown.views)

    def posterior(self, shown: Showings, orders: Floats, seen: Floats) -> Floats:
        """Return the same, moved toward the orders that it did lead to, of which a part `seen` fell into the time looked at."""
        expected = self.expected(shown)
        return expected * (orders + self.shape) / (expected * seen + self.shape)

    def learnt(self, shown: Showings, orders: Floats, seen: Floats) -> Rates:
        """Return rates nearer to those that explain the showings' orders best: one round of alternating Poisson steps."""
        creator, product = self.creator, self.product
        views = seen * np.exp(self.elasticity * shown.views)
        for _ in range(ROUNDS):
            product = _factor(shown.product, orders, creator[shown.creator] * views, shown.products)
            creator = _factor(shown.creator, orders, product[shown.product] * views, shown.creators)
        expected = creator[shown.creator] * product[shown.product] * views
        slope, curvature = float(((orders - expected) * shown.views).sum()), float((expected * shown.views**2).sum()) + 1.0
        elasticity = float(np.clip(self.elasticity + np.clip(slope / curvature, -0.2, 0.2), -STEEPEST, STEEPEST))
        return Rates(creator, product, elasticity, _shape(orders, expected))


def _factor(group: Ints, orders: Floats, exposure: Floats, size: int) -> Floats:
    """Return each group's orders a unit of exposure, drawn to that of all by as much as the groups are alike."""
    came, exposed = sums(group, orders, size), sums(group, exposure, size)
    level = max(float(came.sum()), LUCKIEST) / max(float(exposed.sum()), LUCKIEST)
    shape = _shape(came, level * exposed)
    return (came + shape) / (exposed + shape / level)


def _shape(orders: Floats, expected: Floats) -> float:
    """Return the shape of the gamma distribution by which counts differ more than Poisson ones would, by its moments."""
    excess = float(((orders - expected) ** 2 - expected).sum()) / max(float((expected**2).sum()), 1 / EVENEST)
    return 1 / float(np.clip(excess, 1 / EVENEST, 1 / LUCKIEST))
