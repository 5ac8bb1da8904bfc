"""A regression whose mean is a product of powers of facts, learnt by quasi-likelihood."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats
from scoring.regression import never_falling, solved

POWER: Final = 1.2
"""The variance of sales grows as this power of their mean: between Poisson's (1) and gamma's (2)."""
RIDGE: Final = 100.0
"""How much holds weights to 0: ten times less lets the few largest sales decide."""
PASSES: Final = 100
CLOSE: Final = 1e-9
LARGEST: Final = 30.0


@dataclass(frozen=True, slots=True)
class Blend:
    """`weights` are those of the columns, the first of the ones."""

    weights: Floats

    def mean(self, columns: Floats) -> Floats:
        """Return expected net sales in USD."""
        return np.exp(np.clip(columns @ self.weights, -LARGEST, LARGEST))


def blended(columns: Floats, amounts: Floats, *, rising: Collection[int] = ()) -> Blend:
    """Fit to columns, shape (rows, any) with ones first, and amounts of 0 or more, some above 0, by quasi-likelihood.

    A ridge on standardised columns draws weights toward 0, so that few rows do not decide. The columns `rising` get no weight below 0:
    more of them never means less.
    """
    return Blend(never_falling(lambda used: _fitted(columns[:, used], amounts), columns.shape[1], rising))


def _fitted(columns: Floats, amounts: Floats) -> Floats:
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    centre[0], scale = 0.0, np.where(scale > CLOSE, scale, 1.0)
    table = (columns - centre) / scale
    ridge = np.full(table.shape[1], RIDGE)
    ridge[0] = 0.0
    effect = np.zeros(table.shape[1])
    effect[0] = np.log(amounts.mean())
    for _ in range(PASSES):
        mean = np.exp(np.clip(table @ effect, -LARGEST, LARGEST))
        dispersion = max(float(((amounts - mean) ** 2 / mean**POWER).mean()), CLOSE)
        slope = table.T @ ((amounts - mean) * mean ** (1 - POWER)) / dispersion - ridge * effect
        curvature = (table * (mean ** (2 - POWER) / dispersion)[:, None]).T @ table + np.diag(ridge + CLOSE)
        step = np.clip(solved(curvature, slope), -1.0, 1.0)
        effect = effect + step
        if float(np.abs(step).max()) < CLOSE:
            break
    weights = effect / scale
    weights[0] -= float(centre @ weights)
    return weights
