"""Net GMV of the next 28 days: a blend of expected flow and past sales whose weights replayed dates teach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.table import Floats
from scoring.forecast.history import History
from scoring.forecast.hurdle import Hurdle, fitted, quantile

COVERAGE: Final = 0.8
FEWEST: Final = 50


@dataclass(frozen=True, slots=True)
class Learnt:
    """The blend, and how many rows of replayed dates taught it; `blend` is None where they were fewer than 50."""

    blend: Hurdle | None
    rows: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """One row a creator, USD: `expected` net GMV, its `median`, an 80 % interval, and the probability of any sale.

    NaN for who has neither sold nor is expected to; the interval is NaN where nothing could be learnt from replayed dates.
    """

    expected: Floats
    median: Floats
    low: Floats
    high: Floats
    chance: Floats


def learn(replays: Sequence[tuple[History, Floats]]) -> Learnt:
    """Learn from earlier dates: what was known then, and the net GMV of the 28 days after; both of the same shops."""
    known = [(history.columns()[history.known], np.maximum(after[history.known], 0.0)) for history, after in replays]
    rows = sum(len(after) for _, after in known)
    sold = sum(int((after > 0).sum()) for _, after in known)
    if min(sold, rows) < FEWEST:
        return Learnt(None, rows)
    return Learnt(fitted(np.concatenate([columns for columns, _ in known]), np.concatenate([after for _, after in known])), rows)


def forecast(history: History, learnt: Learnt) -> Forecast:
    """Forecast from what is known now. Without a blend the expectation is the geometric mean of flow and both kinds of past sales."""
    known = history.known
    if learnt.blend is None:
        plain = np.where(known, np.exp(history.columns()[:, 1:4].mean(axis=1)), np.nan)
        nothing = np.full(len(known), np.nan)
        return Forecast(plain, nothing, nothing, nothing, nothing)
    chance, level, deviation = learnt.blend.parts(history.columns())
    # where nothing at all is likelier than a tail, the interval begins at 0 and the other tail holds all that is left out
    tail = (1 - COVERAGE) / 2
    low_at = np.where(1 - chance >= tail, 0.0, tail)
    columns = (
        chance * np.exp(level + deviation**2 / 2),
        quantile(chance, level, deviation, np.full(len(chance), 0.5)),
        quantile(chance, level, deviation, low_at),
        quantile(chance, level, deviation, low_at + COVERAGE),
        chance,
    )
    return Forecast(*(np.where(known, column, np.nan) for column in columns))
