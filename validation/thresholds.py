"""What the scores must hold, in one table: the report marks what falls short, and a test holds a small market to it.

A threshold that is `awaited` is known to fall short: its test is expected to fail, and fails when it no longer does, so that
whoever mends a score strikes it from AWAITED.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from validation.comparison import SCORES, Comparison

OVER_PLAIN: Final = 0.03
"""A score's correlation lies above the best plain figure's by so much."""
OF_TOLD: Final = 0.95
"""…and is at least this part of that of an estimator that has the same files and is told the nuisances."""
OF_EVERY_EVENT: Final = 0.95
"""As tables: at least this part of that of an estimator that sees every event."""
SCORED: Final = 0.97
"""Share of creators in the graph that have a score."""
COVERED: Final = (0.88, 0.92)
"""Share of 90 % intervals that hold the truth."""
FORECAST: Final = (0.77, 0.83)
"""Share of 80 % intervals of the next 28 days that hold what came."""
BEST: Final = {"responses": 0.94, "tables": 0.97}
"""Share of the sales to be expected that the best hold."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One thing to hold. `measure` gives the figure and what it must reach (at least); NaN where a market cannot tell."""

    name: str
    measure: Callable[[Comparison], tuple[float, float]]

    def held(self, by: Comparison, *, slack: float = 0.0) -> bool | None:
        """Whether a market's scores hold it, None where the market cannot tell; `slack` is what chance may take in a small one."""
        value, least = self.measure(by)
        return None if np.isnan(value) or np.isnan(least) else bool(value >= least - slack)


def thresholds() -> tuple[Threshold, ...]:
    """Return all thresholds, score by score."""
    each = [make(score) for score in SCORES for make in (_over_plain, _of_told, _of_every_event, _scored, _covered)]
    return (
        *each,
        Threshold("best sellers: share of expected sales", lambda of: (of.product_best, BEST[of.form])),
        Threshold("best sellers: no fewer than by the number of orders", lambda of: (of.product_best, of.plain_best["number of orders"])),
        Threshold("forecast: 80 % intervals hold", _forecast),
    )


def _over_plain(score: str) -> Threshold:
    def measure(of: Comparison) -> tuple[float, float]:
        return of.verdicts[score].product.whole, of.verdicts[score].plain.whole + (OVER_PLAIN if of.form == "responses" else 0.0)

    return Threshold(f"{score}: above the best plain figure", measure)


def _of_told(score: str) -> Threshold:
    return Threshold(
        f"{score}: beside one told the nuisances", lambda of: (of.verdicts[score].product.whole, OF_TOLD * of.verdicts[score].told.whole)
    )


def _of_every_event(score: str) -> Threshold:
    def measure(of: Comparison) -> tuple[float, float]:
        least = OF_EVERY_EVENT * of.verdicts[score].every_event.whole if of.form == "tables" else float("nan")
        return of.verdicts[score].product.whole, least

    return Threshold(f"{score}: beside one that sees every event", measure)


def _scored(score: str) -> Threshold:
    return Threshold(f"{score}: share scored", lambda of: (of.verdicts[score].scored, SCORED))


def _forecast(of: Comparison) -> tuple[float, float]:
    """Hold intervals of forecasts to both ends of FORECAST, as those of scores are held to theirs."""
    middle, reach = sum(FORECAST) / 2, (FORECAST[1] - FORECAST[0]) / 2
    return -abs(of.forecast.share - middle), -reach


def _covered(score: str) -> Threshold:
    """Hold intervals to both ends of COVERED: the figure is how far coverage lies from the middle, negated."""
    middle, reach = sum(COVERED) / 2, (COVERED[1] - COVERED[0]) / 2
    return Threshold(f"{score}: 90 % intervals hold", lambda of: (-abs(of.verdicts[score].cover.share - middle), -reach))
