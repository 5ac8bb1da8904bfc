"""A linear regression whose slopes are drawn to 0 as far as the data say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from scoring.facts.arrays import Bools, Floats

ROUNDS: Final = 100
CLOSE: Final = 1e-10
FLAT: Final = 1e-12


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
    known: Bools = ~np.isnan(columns)
    centre = np.where(known, columns, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    apart = np.where(known, columns - centre, 0.0)
    scale = np.sqrt((apart**2).mean(axis=0))
    unit = np.where(scale > FLAT, 1 / np.where(scale > FLAT, scale, 1.0), 0.0)
    table, base = apart * unit, float(values.mean())
    slope = _slopes(table - table.mean(axis=0), values - base)
    return Line(base - float(table.mean(axis=0) @ slope), slope * unit, centre)


def _slopes(table: Floats, values: Floats) -> Floats:
    solve: Any = np.linalg.solve
    inverse: Any = np.linalg.inv
    rows, columns = table.shape
    noise, spread = float((values**2).mean()) + CLOSE, 1.0
    slope = np.zeros(columns)
    for _ in range(ROUNDS):
        curvature = table.T @ table / noise + np.eye(columns) / spread
        slope = np.asarray(solve(curvature, table.T @ values / noise), dtype=np.float64)
        doubt = np.diag(inverse(curvature))
        used = columns - float(doubt.sum()) / spread
        before = noise, spread
        noise = float(((values - table @ slope) ** 2).sum()) / max(rows - used, 1.0) + CLOSE
        spread = float((slope @ slope) / max(used, CLOSE)) + CLOSE
        if abs(noise - before[0]) + abs(spread - before[1]) < CLOSE:
            break
    return slope
