"""A logistic regression whose coefficients are drawn to 0 as far as the data say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Bools, Floats

special: Any = scipy_special
ROUNDS: Final = 30
STEPS: Final = 50
CLOSE: Final = 1e-10
FLAT: Final = 1e-12
WIDEST: Final = 4.0
NARROWEST: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Regression:
    """Log odds = `base` + Σ `slope` × (column − `centre`); an unknown value stands at the centre.

    `covariance` is that of base and slopes.
    """

    base: float
    slope: Floats
    centre: Floats
    covariance: Floats

    def terms(self, columns: Floats) -> Floats:
        """Return each column's term on the log odds, shape as the columns'; 0 where it is unknown."""
        return self.slope * np.nan_to_num(columns - self.centre)

    def log_odds(self, columns: Floats) -> Floats:
        """Return the log odds of each row."""
        return self.base + self.terms(columns).sum(axis=1)

    def variance(self, columns: Floats) -> Floats:
        """Return the variance of the log odds of each row that comes from what could not be learnt."""
        table = np.column_stack((np.ones(len(columns)), np.nan_to_num(columns - self.centre)))
        return np.einsum("ij,jk,ik->i", table, self.covariance, table)


def fitted(columns: Floats, happened: Bools, *, toward: Floats) -> Regression:
    """Fit to columns, shape (rows, any), NaN where unknown. Slopes, per deviation of their column, share a normal prior about `toward`.

    Its variance is learnt with them (MacKay's evidence): where columns tell nothing more, all slopes are nearly those.
    """
    known = ~np.isnan(columns)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, columns, 0.0)
    centre = filled.sum(axis=0) / count
    apart = np.where(known, columns - centre, 0.0)
    scale = np.sqrt((apart**2).mean(axis=0))
    scale = np.where(scale > FLAT, scale, np.inf)
    table = np.column_stack((np.ones(len(columns)), apart / scale))
    expected = np.concatenate(([0.0], toward * np.where(np.isinf(scale), 0.0, scale)))
    effect, covariance = _learnt(table, happened.astype(np.float64), expected)
    unit = np.concatenate(([1.0], 1 / scale))
    return Regression(float(effect[0]), effect[1:] * unit[1:], centre, covariance * np.outer(unit, unit))


def _learnt(table: Floats, happened: Floats, expected: Floats) -> tuple[Floats, Floats]:
    effect, spread = expected, 0.25
    covariance = np.eye(table.shape[1])
    for _ in range(ROUNDS):
        effect, covariance = _newton(table, happened, effect, expected, spread)
        before = spread
        spread = (
            float(np.clip(np.mean((effect - expected)[1:] ** 2 + np.diag(covariance)[1:]), NARROWEST, WIDEST))
            if len(effect) > 1
            else spread
        )
        if abs(spread - before) < CLOSE:
            break
    return effect, covariance


def _newton(table: Floats, happened: Floats, effect: Floats, expected: Floats, spread: float) -> tuple[Floats, Floats]:
    """Return the most likely effects under a prior of that variance, and the inverse of the curvature there."""
    ridge = np.full(table.shape[1], 1 / spread)
    ridge[0] = CLOSE
    solve: Any = np.linalg.solve
    curvature = np.eye(table.shape[1])
    for _ in range(STEPS):
        chance = np.asarray(special.expit(table @ effect), dtype=np.float64)
        curvature = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.clip(solve(curvature, table.T @ (happened - chance) - ridge * (effect - expected)), -3.0, 3.0)
        effect = effect + step
        if float(np.abs(step).max()) < CLOSE:
            break
    inverse: Any = np.linalg.inv
    return effect, np.asarray(inverse(curvature), dtype=np.float64)
