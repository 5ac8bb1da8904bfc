"""Orders for the views of all of a creator's shoppable posts, whatever they showed: the plain figure beside the model of sales.

The model knows orders by product and by post, and what it cannot place says nothing there: orders through posts of which nothing else is
known, and orders of products that nobody else shows. The plain figure counts them all. What products make of it is in it too, so it is one
reading among others.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.ability import Ability
from scoring.ability.slots import Exposure
from scoring.facts.arrays import Columns, Floats, Ints
from scoring.facts.market import Market
from scoring.facts.sold import days_seen, orders_kept

HALF: Final = 0.5
"""Orders added to what is seen, so that none has a logarithm."""
WEEK: Final = 7.0
RATES: Final = ("plan_shoppable_rate", "reported_shoppable_rate", "listed_shoppable_rate")
"""Shoppable posts a week, the first that is known."""
ELASTICITY: Final = (0.0, 1.5)
"""Between these lies the power of views that orders grow with."""


def order_rate(market: Market, found: tuple[Ability, Exposure], rates: Columns, creator: Ints) -> Columns:
    """Return ln of orders over those that as many views bring others, and its variance, for rows given as codes of creators.

    `rates` are the facts named in `RATES` with their variances; NaN where none of them is known.
    """
    fit, exposure = found
    posts, doubt = _rate(rates)
    seen = days_seen(market)
    weeks = np.where(seen > 0, seen + WEEK, seen.max(initial=0.0) + WEEK) / WEEK
    power = float(np.clip(1.0 + fit.covariates["log_views"], *ELASTICITY))
    orders = (orders_kept(market) + HALF)[creator]
    expected = (power * exposure.videos.log_views + np.log(weeks))[creator] + posts
    beyond = np.log(orders) - expected
    known = np.isfinite(beyond)
    level = _level(np.log(orders[known]), expected[known])
    variance = 1.0 / orders + power**2 * exposure.videos.variance[creator] + doubt
    return {"order_rate_log": beyond - level, "order_rate_log_var": np.where(known, variance, np.nan)}


def _rate(rates: Columns) -> tuple[Floats, Floats]:
    """Return ln of shoppable posts a week and its variance, NaN where unknown."""
    log, doubt = (np.full(len(rates[RATES[0]]), np.nan) for _ in range(2))
    for name in RATES:
        use = np.isnan(log) & (np.nan_to_num(rates[name]) > 0)
        log[use], doubt[use] = np.log(rates[name][use]), np.nan_to_num(rates[f"{name}_log_var"][use])
    return log, doubt


def _level(orders: Floats, expected: Floats) -> float:
    """Return ln of all orders over all that is expected, both given as logarithms."""
    if not len(orders):
        return 0.0
    top = float(expected.max())
    return float(np.log(np.exp(orders).sum() / np.exp(expected - top).sum()) - top)
