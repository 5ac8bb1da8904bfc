"""What is held of effects before an order is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.design import Design
from scoring.ability.table import Floats, totals

RIDGE: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Prior:
    """Creators are N(0, 1/`creators`), products N(category + slope × log price, 1/`products`).

    All else has a ridge that only keeps it finite.
    """

    design: Design
    creators: Floats
    products: float

    def times(self, effects: Floats) -> Floats:
        """Multiply effects, shape (effects, columns), by the prior's precision."""
        design = self.design
        _, _, _, creators, products = design.parts
        answer = RIDGE * effects
        answer[creators] = self.creators[:, None] * effects[creators]
        apart = self.products * self._apart(effects)
        answer[products] = apart
        return self._less_means(answer, apart)

    def drawn(self, noise: Floats) -> Floats:
        """Return effects whose covariance is the precision, from noise of variance 1, shape (effects, columns)."""
        design = self.design
        _, _, _, creators, products = design.parts
        answer = np.sqrt(RIDGE) * noise
        answer[creators] = np.sqrt(self.creators)[:, None] * noise[creators]
        answer[products] = np.sqrt(self.products) * noise[products]
        return self._less_means(answer, answer[products])

    def diagonal(self) -> Floats:
        """Return the diagonal of the precision."""
        design = self.design
        _, price, categories, creators, products = design.parts
        diagonal = np.full(design.size, RIDGE)
        diagonal[price] += self.products * float(design.price @ design.price)
        diagonal[categories] += self.products * totals(design.category, design.shown, design.categories)
        diagonal[creators] = self.creators
        diagonal[products] = self.products
        return diagonal

    def apart(self, effects: Floats) -> Floats:
        """Return how far each product's appeal lies from what its category and price let expect."""
        return self._apart(effects[:, None])[:, 0]

    def _apart(self, effects: Floats) -> Floats:
        design = self.design
        _, price, categories, _, products = design.parts
        means = effects[categories][design.category] * design.shown[:, None] + design.price[:, None] * effects[price]
        return effects[products] - means

    def _less_means(self, answer: Floats, apart: Floats) -> Floats:
        design = self.design
        _, price, categories, _, _ = design.parts
        answer[price] -= design.price @ apart
        for column in range(apart.shape[1]):
            answer[categories, column] -= totals(design.category, design.shown * apart[:, column], design.categories)
        return answer
