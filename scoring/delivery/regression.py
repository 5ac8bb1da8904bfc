"""A logistic regression whose coefficients are drawn to 0 as far as the data say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats
from scoring.regression import CLOSE, inverted, logistic, standardised

ROUNDS: Final = 30
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
    standard = standardised(columns)
    varies = np.isfinite(standard.scale)
    table = np.column_stack((np.ones(len(columns)), standard.table))
    expected = np.concatenate(([0.0], toward * np.where(varies, standard.scale, 0.0)))
    effect, covariance = _learnt(table, happened, expected)
    unit = np.concatenate(([1.0], 1 / standard.scale))
    return Regression(float(effect[0]), effect[1:] * unit[1:], standard.centre, covariance * np.outer(unit, unit))


def _learnt(table: Floats, happened: Bools, expected: Floats) -> tuple[Floats, Floats]:
    effect, spread = expected, 0.25
    covariance = np.eye(table.shape[1])
    for _ in range(ROUNDS):
        ridge = np.full(table.shape[1], 1 / spread)
        ridge[0] = CLOSE
        effect, curvature = logistic(table, happened, ridge=ridge, toward=expected, start=effect)
        covariance = inverted(curvature)
        before = spread
        spread = (
            float(np.clip(np.mean((effect - expected)[1:] ** 2 + np.diag(covariance)[1:]), NARROWEST, WIDEST))
            if len(effect) > 1
            else spread
        )
        if abs(spread - before) < CLOSE:
            break
    return effect, covariance
