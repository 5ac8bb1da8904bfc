"""Views that bring hardly any likes, comments or shares count for no more than those would bring elsewhere: views can be bought.

Engagement rates of a market lie about a median on the log scale; views count in full down to three robust standard deviations below it, and
beyond as many as at that rate. It bounds what bought views can gain; whether they were bought is not said here.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Floats

DEVIATIONS: Final = 3.0
NORMAL: Final = 1.4826
"""Standard deviation of a normal in units of its median absolute deviation."""
LEAST: Final = 20
"""So many rates must be known to tell what is usual."""


def log_engagement(engagements: Floats, views: Floats) -> Floats:
    """Return ln of the engagement rate, half an engagement more so that none has a logarithm; NaN where either is unknown."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(views > 0, np.log((engagements + 0.5) / (views + 1.0)), np.nan)


def excess(log_rates: Floats) -> Floats:
    """Return by how much on the log scale to lower each row's views, 0 where the rate is usual or unknown."""
    known = log_rates[~np.isnan(log_rates)]
    if len(known) < LEAST:
        return np.zeros(len(log_rates))
    median = float(np.median(known))
    spread = max(NORMAL * float(np.median(np.abs(known - median))), 0.1)
    return np.nan_to_num(np.maximum(median - DEVIATIONS * spread - log_rates, 0.0))
