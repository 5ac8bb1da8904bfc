"""What regressions share: standardised columns, and the steps to the most likely effects under a ridge."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Bools, Floats

special: Any = scipy_special
PASSES: Final = 100
CLOSE: Final = 1e-10
FLAT: Final = 1e-12
LONGEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Standard:
    """Columns less their `centre`, over their `scale`; unknown values are 0, and a column that does not vary is 0 on an infinite scale."""

    table: Floats
    centre: Floats
    scale: Floats


def standardised(columns: Floats) -> Standard:
    """Return columns, shape (rows, any) and NaN where unknown, on a common scale."""
    known = ~np.isnan(columns)
    centre = np.where(known, columns, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    apart = np.where(known, columns - centre, 0.0)
    scale = np.sqrt((apart**2).mean(axis=0))
    scale = np.where(scale > FLAT, scale, np.inf)
    return Standard(apart / scale, centre, scale)


def logistic(table: Floats, happened: Bools, *, ridge: Floats, toward: Floats, start: Floats) -> tuple[Floats, Floats]:
    """Return the most likely effects on the log odds under normal priors about `toward` of precision `ridge`, and the curvature there."""
    effect, curvature = start, np.diag(ridge)
    for _ in range(PASSES):
        chance = np.asarray(special.expit(table @ effect), dtype=np.float64)
        curvature = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.clip(solved(curvature, table.T @ (happened.astype(np.float64) - chance) - ridge * (effect - toward)), -LONGEST, LONGEST)
        effect = effect + step
        if float(np.abs(step).max()) < CLOSE:
            break
    return effect, curvature


def never_falling(fit: Callable[[list[int]], Floats], columns: int, rising: Collection[int]) -> Floats:
    """Return the weights of so many columns, of which those that are `rising` get none below 0: of those that would, the worst is left out.

    `fit` returns the weights of some columns, in their order; those left out weigh 0.
    """
    used, weights = list(range(columns)), np.zeros(columns)
    while True:
        found = fit(used)
        falling = [(weight, column) for weight, column in zip(found.tolist(), used, strict=True) if column in rising and weight < 0]
        if not falling:
            weights[used] = found
            return weights
        used.remove(min(falling)[1])


def solved(matrix: Floats, right: Floats) -> Floats:
    """Return the x of `matrix` x = `right`."""
    solve: Any = np.linalg.solve
    return np.asarray(solve(matrix, right), dtype=np.float64)


def inverted(matrix: Floats) -> Floats:
    """Return the inverse."""
    inverse: Any = np.linalg.inv
    return np.asarray(inverse(matrix), dtype=np.float64)
