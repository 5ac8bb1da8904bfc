"""Whether anything is sold, and how much where it is: a logistic regression and a log-normal one whose spread depends on the level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Floats
from scoring.regression import CLOSE, PASSES, logistic, never_falling, solved

special: Any = scipy_special
RIDGE: Final = 10.0
"""How much is held of the weights before anything is learnt."""
SLOPE: Final = 1.0
"""The same of the slope of the spread."""
NARROWEST: Final = 0.1
WIDEST: Final = 3.0
EDGE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Hurdle:
    """Coefficients on standardised columns: `chance` of the log odds of a sale, `level` of the log of its amount.

    `spread` are those of the log of the deviation, by how far the level lies from `middle`; `scale_up` makes the means of the rows that
    taught add up to what came of them.
    """

    centre: Floats
    scale: Floats
    chance: Floats
    level: Floats
    spread: Floats
    middle: float
    scale_up: float = 1.0

    def parts(self, columns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return probability of a sale, mean and deviation of the log of the amount."""
        table = (columns - self.centre) / self.scale
        level = table @ self.level
        deviation = np.exp(self.spread[0] + self.spread[1] * (level - self.middle))
        return np.asarray(special.expit(table @ self.chance)), level, np.clip(deviation, NARROWEST, WIDEST)

    def mean(self, columns: Floats) -> Floats:
        """Return the expected amount; of the deviation no more is counted than lets it rise with the level."""
        chance, level, deviation = self.parts(columns)
        return self.scale_up * chance * np.exp(level + np.minimum(deviation, self._most) ** 2 / 2)

    def weights(self, columns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return what each column adds to the log odds of a sale, to the log of its amount, and to that of the mean, the mean over rows."""
        chance, _, deviation = self.parts(columns)
        slope = np.where((deviation < min(self._most, WIDEST)) & (deviation > NARROWEST), self.spread[1] * deviation**2, 0.0)
        odds, amount = self.chance / self.scale, self.level / self.scale
        return odds, amount, (1 - chance).mean() * odds + (1 + slope).mean() * amount

    @property
    def _most(self) -> float:
        """The deviation beyond which the mean of a log-normal would fall as its level rises."""
        return float((-self.spread[1]) ** -0.5) if self.spread[1] < 0 else np.inf


def fitted(columns: Floats, amounts: Floats, *, usual: Floats | None = None, rising: Collection[int] = ()) -> Hurdle:
    """Fit to columns, shape (rows, any) with ones first, and amounts of 0 or more.

    A ridge draws the weights of the log of the amount toward the `usual` ones and all others toward 0. The columns `rising` get no weight
    below 0.
    """
    centre, scale = columns.mean(axis=0), columns.std(axis=0)
    centre[0], scale = 0.0, np.where(scale > CLOSE, scale, 1.0)
    table, sold = (columns - centre) / scale, amounts > 0
    ridge, none = np.full(columns.shape[1], RIDGE), np.zeros(columns.shape[1])
    ridge[0] = CLOSE
    toward, paid = none if usual is None else usual * scale, table[sold]

    def level_of(used: list[int]) -> Floats:
        right = paid[:, used].T @ np.log(amounts[sold]) + ridge[used] * toward[used]
        return solved(paid[:, used].T @ paid[:, used] + np.diag(ridge[used]), right)

    def chance_of(used: list[int]) -> Floats:
        return logistic(table[:, used], sold, ridge=ridge[used], toward=none[used], start=none[used])[0]

    level, chance = (never_falling(each, columns.shape[1], rising) for each in (level_of, chance_of))
    reached = paid @ level
    middle = float(reached.mean()) if sold.any() else 0.0
    found = Hurdle(centre, scale, chance, level, _spread(np.log(amounts[sold]) - reached, reached - middle), middle)
    return replace(found, scale_up=float(amounts.sum() / found.mean(columns).sum()))


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
        curvature = 2 * (table * np.maximum(squared, 0.1)[:, None]).T @ table + np.diag([CLOSE, SLOPE])
        step = np.clip(solved(curvature, table.T @ (squared - 1) - np.array([0.0, SLOPE]) * effect), -0.5, 0.5)
        effect += step
        if float(np.abs(step).max()) < CLOSE:
            break
    return effect
