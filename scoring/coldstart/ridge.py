"""A linear regression whose slopes are drawn to 0 as far as the data say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Floats
from scoring.regression import inverted, solved, standardised

ROUNDS: Final = 100
CLOSE: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Line:
    """`base` + Σ `slope` × (column − `centre`); an unknown value stands at the centre."""

    base: float
    slope: Floats
    centre: Floats

    def at(self, columns: Floats) -> Floats:
        """Return what is expected of each row."""
        return self.base + np.nan_to_num(columns - self.centre) @ self.slope


def fitted(columns: Floats, values: Floats) -> Line:
    """Fit to columns, shape (rows, any), NaN where unknown. Slopes share a normal prior whose variance is learnt (MacKay's evidence)."""
    standard, base = standardised(columns), float(values.mean())
    middle = standard.table.mean(axis=0)
    slope = _slopes(standard.table - middle, values - base)
    return Line(base - float(middle @ slope), slope / standard.scale, standard.centre)


def _slopes(table: Floats, values: Floats) -> Floats:
    rows, columns = table.shape
    noise, spread = float((values**2).mean()) + CLOSE, 1.0
    slope = np.zeros(columns)
    for _ in range(ROUNDS):
        curvature = table.T @ table / noise + np.eye(columns) / spread
        slope = solved(curvature, table.T @ values / noise)
        doubt = np.diag(inverted(curvature))
        used = columns - float(doubt.sum()) / spread
        before = noise, spread
        noise = float(((values - table @ slope) ** 2).sum()) / max(rows - used, 1.0) + CLOSE
        spread = float((slope @ slope) / max(used, CLOSE)) + CLOSE
        if abs(noise - before[0]) + abs(spread - before[1]) < CLOSE:
            break
    return slope
