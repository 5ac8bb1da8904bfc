"""How good forecasts of a date were, of which nothing after the date was known: calibration, error, and whom they picked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats
from scoring.forecast.forecast import Forecast
from scoring.forecast.history import History

BINS: Final = 10
BEST: Final = 50


@dataclass(frozen=True, slots=True)
class Bin:
    """Creators whose probability of a sale lies between two tenths: their mean probability, and the share who sold."""

    chance: float
    sold: float
    creators: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to forecast: the mean absolute error in USD, and the share of the best 50's sales that its first 50 had."""

    name: str
    error: float
    best: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """A replayed date (Unix seconds) that taught nothing: share of 80 % intervals that held, calibration, and rivals, the forecast first.

    `groups` is the share of intervals of brands and categories that held; NaN where there were none.
    """

    at: int
    creators: int
    covered: float
    groups: float
    reliability: tuple[Bin, ...]
    rivals: tuple[Rival, ...]


def backtest(at: int, history: History, said: Forecast, after: Floats, *, groups: float) -> Backtest | None:
    """Hold the forecast of a date against what came; None where the forecast had no interval."""
    told = np.isfinite(said.low)
    if not told.any():
        return None
    inside = (said.low <= after) & (after <= said.high)
    return Backtest(
        at=at,
        creators=int(told.sum()),
        covered=float(inside[told].mean()),
        groups=groups,
        reliability=_reliability(said.chance[told], after[told] > 0),
        rivals=tuple(_rival(*each, history, after) for each in _rivals(history, said)),
    )


def _rivals(history: History, said: Forecast) -> tuple[tuple[str, Floats, Floats], ...]:
    """Return name, figure to rank by, and amount foretold: of the forecast the median, of plain figures what 28 days of the past had."""
    price = history.long.sum() / max(float(history.orders.sum()), 1.0)
    return (
        ("forecast", said.expected, said.median),
        ("pastGmv", history.long, history.long),
        ("lastMonth", history.month, history.month),
        ("orders", history.orders, history.orders * price),
    )


def _rival(name: str, ranked: Floats, amount: Floats, history: History, after: Floats) -> Rival:
    known = history.known
    error = float(np.abs(np.nan_to_num(amount) - after)[known].mean())
    return Rival(name, error, share_of_best(ranked, after))


def share_of_best(ranked: Floats, real: Floats, count: int = BEST) -> float:
    """Return what the first `count` by a figure (NaN last, ties in order of rows) had, over what the best `count` had; NaN of nothing."""
    chosen = np.argsort(-np.where(np.isnan(ranked), -np.inf, ranked), kind="stable")[:count]
    most = float(np.sort(real)[-count:].sum())
    return float(real[chosen].sum()) / most if most > 0 else float("nan")


def _reliability(chance: Floats, sold: Bools) -> tuple[Bin, ...]:
    place = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    filled = [np.flatnonzero(place == tenth) for tenth in range(BINS)]
    return tuple(Bin(float(chance[at].mean()), float(sold[at].mean()), len(at)) for at in filled if len(at))
