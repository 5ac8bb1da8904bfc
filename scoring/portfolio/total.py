"""What several creators may sell together."""

from typing import Final, NamedTuple

import numpy as np

from scoring.tables import Bools, Floats

CORRELATION: Final = 0.13
"""Between the errors of forecasts, since a season moves all of them and whoever is chosen by a forecast is likelier forecast too high.
Learnt by `python -m validation.portfolio --learn --seeds 11 12 13 14 15 16 17 18`, and judged on other markets: `docs/portfolio.md`."""
CORRELATION_OF_RANGES: Final = 0.1
"""The same between forecasts that are known by range and order alone: where amounts lie within their ranges is one error for all."""


class Total(NamedTuple):
    """An expectation and an interval around it, NaN where an end is unknown."""

    expected: float
    low: float
    high: float


def correlations(exact: Bools) -> Floats:
    """Return the correlation that each forecast's error has with that of another alike, by whether its amount is exact."""
    return np.where(exact, CORRELATION, CORRELATION_OF_RANGES)


def total(expected: Floats, low: Floats, high: Floats, *, correlation: Floats) -> Total:
    """Return the sum of forecasts whose errors have a part in common: its share of the variance is `correlation`, 0–1, a row each.

    Formula: each end lies √(Σ (1 − ρᵢ) aᵢ² + (Σ √ρᵢ aᵢ)²) from the sum of expectations, where aᵢ is how far that end of one lies from its
    expectation: the spread of a sum, end by end, as forecasts are skewed. It is not below 0. NaN where an end of one is unknown.
    """
    middle = float(expected.sum())
    below, above = (_spread(np.maximum(ends, 0.0), correlation) for ends in (expected - low, high - expected))
    return Total(middle, max(middle - below, 0.0) if below == below else below, middle + above)


def _spread(distances: Floats, correlation: Floats) -> float:
    common = float((np.sqrt(correlation) * distances).sum())
    return float(np.sqrt(((1.0 - correlation) * np.square(distances)).sum() + common**2))
