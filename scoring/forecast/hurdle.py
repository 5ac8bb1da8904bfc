"""Whether anything is sold, and how much where it is: a logistic regression and a log-normal one whose spread depends on the level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Floats
from scoring.regression import CLOSE, PASSES, logistic, solved

special: Any = scipy_special
RIDGE: Final = 1.0
NARROWEST: Final = 0.1
WIDEST: Final = 3.0
EDGE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Hurdle:
    """Coefficients on standardised columns: `chance` of the log odds of a sale, `level` of the log of its amount.

    `spread` are those of the log of the deviation, by how far the level lies from `middle`.
    """

    centre: Floats
    scale: Floats
    chance: Floats
    level: Floats
    spread: Floats
    middle: float

    def parts(self, columns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return probability of a sale, mean and deviation of the log of the amount."""
        table = (columns - self.centre) / self.scale
        level = table @ self.level
        deviation = np.exp(self.spread[0] + self.spread[1] * (level - self.middle))
        return np.asarray(special.expit(table @ self.chance)), level, np.clip(deviation, NARROWEST, WIDEST)


def fitted(columns: Floats, amounts: Floats) -> Hurdle:
    """Fit to columns, shape (rows, any) with ones first, and amounts of 0 or more; a ridge keeps few rows finite."""
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    centre[0], scale = 0.0, np.where(scale > CLOSE, scale, 1.0)
    table, sold = (columns - centre) / scale, amounts > 0
    ridge = np.full(columns.shape[1], RIDGE)
    ridge[0] = CLOSE
    level = solved(table[sold].T @ table[sold] + np.diag(ridge), table[sold].T @ np.log(amounts[sold]))
    reached = table[sold] @ level
    none = np.zeros(columns.shape[1])
    chance, _ = logistic(table, sold, ridge=ridge, toward=none, start=none)
    middle = float(reached.mean()) if sold.any() else 0.0
    return Hurdle(centre, scale, chance, level, _spread(np.log(amounts[sold]) - reached, reached - middle), middle)


def quantile(chance: Floats, level: Floats, deviation: Floats, at: Floats) -> Floats:
    """Return the amounts that are not exceeded with probability `at`."""
    within = np.clip((at - (1 - chance)) / np.maximum(chance, EDGE), 0.0, 1 - EDGE)
    return np.where(within > 0, np.exp(level + deviation * special.ndtri(np.maximum(within, EDGE))), 0.0)


def _spread(residual: Floats, level: Floats) -> Floats:
    """Return the log of the deviation at the mean level, and its slope; the slope has the prior that one row in a hundred gives."""
    if len(residual) < 3:
        return np.array([0.0, 0.0])
    effect: Floats = np.array([0.5 * np.log(max(float((residual**2).mean()), CLOSE)), 0.0])
    table = np.column_stack([np.ones(len(level)), level])
    for _ in range(PASSES):
        squared = residual**2 * np.exp(-2 * np.clip(table @ effect, -5, 5))
        curvature = 2 * (table * np.maximum(squared, 0.1)[:, None]).T @ table + np.diag([CLOSE, RIDGE])
        step = np.clip(solved(curvature, table.T @ (squared - 1) - np.array([0.0, RIDGE]) * effect), -0.5, 0.5)
        effect += step
        if float(np.abs(step).max()) < CLOSE:
            break
    return effect
