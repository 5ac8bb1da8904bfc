"""The blend that best picks future net sales: a regression whose mean is a product of powers of facts, learnt on replayed dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats
from scoring.regression import solved

POWER: Final = 1.2
"""The variance of sales grows as this power of their mean: between Poisson's (1) and gamma's (2)."""
RIDGE: Final = 100.0
"""How much is held of the weights before anything is learnt; ten times less lets the few largest sales of two dates decide."""
PASSES: Final = 100
CLOSE: Final = 1e-9
LARGEST: Final = 30.0


@dataclass(frozen=True, slots=True)
class Blend:
    """`weights` are those of the columns, the first of the ones; `dispersion` is the variance over mean ** POWER."""

    weights: Floats
    dispersion: float

    def mean(self, columns: Floats) -> Floats:
        """Return expected net sales in USD."""
        return np.exp(np.clip(columns @ self.weights, -LARGEST, LARGEST))


def blended(columns: Floats, amounts: Floats, *, usual: Floats | None = None, rising: Sequence[int] = ()) -> Blend:
    """Fit to columns, shape (rows, any) with ones first, and amounts of 0 or more, some above 0, by quasi-likelihood.

    A ridge on standardised columns draws weights toward the `usual` ones (0 where not given), so that few rows do not decide. The columns
    `rising` get no weight below 0: more of them never means less; of those that would, the worst is left out until none would.
    """
    toward = np.zeros(columns.shape[1]) if usual is None else usual
    used = list(range(columns.shape[1]))
    while True:
        fit = _fitted(columns[:, used], amounts, toward[used])
        falling = [(weight, column) for weight, column in zip(fit.weights.tolist(), used, strict=True) if column in rising and weight < 0]
        if not falling:
            weights = np.zeros(columns.shape[1])
            weights[used] = fit.weights
            return Blend(weights, fit.dispersion)
        used.remove(min(falling)[1])


def _fitted(columns: Floats, amounts: Floats, usual: Floats) -> Blend:
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    centre[0], scale = 0.0, np.where(scale > CLOSE, scale, 1.0)
    table = (columns - centre) / scale
    ridge = np.full(table.shape[1], RIDGE)
    ridge[0] = 0.0
    toward = usual * scale
    effect = toward.copy()
    effect[0] = np.log(amounts.sum() / np.exp(np.clip(table[:, 1:] @ effect[1:], -LARGEST, LARGEST)).sum())
    dispersion = 1.0
    for _ in range(PASSES):
        mean = np.exp(np.clip(table @ effect, -LARGEST, LARGEST))
        dispersion = max(float(((amounts - mean) ** 2 / mean**POWER).mean()), CLOSE)
        slope = table.T @ ((amounts - mean) * mean ** (1 - POWER)) / dispersion - ridge * (effect - toward)
        curvature = (table * (mean ** (2 - POWER) / dispersion)[:, None]).T @ table + np.diag(ridge + CLOSE)
        step = np.clip(solved(curvature, slope), -1.0, 1.0)
        effect = effect + step
        if float(np.abs(step).max()) < CLOSE:
            break
    weights = effect / scale
    weights[0] -= float(centre @ weights)
    return Blend(weights, dispersion)
