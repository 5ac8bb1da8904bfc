"""Orders for the views of all of a creator's shoppable posts, whatever they showed: the plain figure beside the model of sales.

The model knows orders by product and by post. Orders through posts of which nothing but these orders is known have no place there, and in
what shops save they can be half of all. The plain figure counts them with the others, so it speaks of those of whose orders the model
misses some, and surely where it misses many; of the others it would say nothing new, only what products make of their orders.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.ability import Ability
from scoring.ability.slots import Exposure
from scoring.facts.arrays import Columns, Floats, Ints, sums
from scoring.facts.market import Market
from scoring.facts.sold import days_seen, orders_kept

HALF: Final = 0.5
"""Orders added to what is seen, so that none has a logarithm."""
WEEK: Final = 7.0
RATES: Final = ("plan_shoppable_rate", "reported_shoppable_rate", "listed_shoppable_rate")
"""Shoppable posts a week, the first that is known."""
MISSED: Final = 0.2
"""Part of a creator's orders that the model cannot place from which on the figure counts whole; less of it counts by the square of that."""
ELASTICITY: Final = (0.0, 1.5)
"""Between these lies the power of views that orders grow with."""


def order_rate(market: Market, found: tuple[Ability, Exposure], rates: Columns, creator: Ints) -> Columns:
    """Return ln of orders over those that as many views bring others, and its variance, for rows given as codes of creators.

    `rates` are the facts named in `RATES` with their variances; NaN where none of them is known, and where the model has all orders.
    """
    fit, exposure = found
    posts, doubt = _rate(rates)
    kept = orders_kept(market)
    seen = days_seen(market)
    weeks = np.where(seen > 0, seen + WEEK, seen.max(initial=0.0) + WEEK) / WEEK
    power = float(np.clip(1.0 + fit.covariates["log_views"], *ELASTICITY))
    orders = (kept + HALF)[creator]
    expected = (power * exposure.videos.log_views + np.log(weeks))[creator] + posts
    beyond = np.log(orders) - expected
    known = np.isfinite(beyond)
    level = _level(np.log(orders[known]), expected[known])
    counted = _counted(kept, fit)[creator]
    known &= counted > 0
    variance = (1.0 / orders + power**2 * exposure.videos.variance[creator] + doubt) / np.where(known, counted, 1.0)
    return {"order_rate_log": np.where(known, beyond - level, np.nan), "order_rate_log_var": np.where(known, variance, np.nan)}


def _counted(kept: Floats, fit: Ability) -> Floats:
    """Return what the figure of each creator counts for, by the part of the orders kept that the model does not have; 1 of none."""
    design = fit.state.design
    placed = sums(design.slots.creator, design.slots.orders, design.creators)
    missed = 1.0 - np.divide(placed, kept, out=np.zeros(len(kept)), where=kept > 0)
    return np.clip(missed / MISSED, 0.0, 1.0) ** 2


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
