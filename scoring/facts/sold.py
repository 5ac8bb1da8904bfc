"""Everything that was sold, and since when each creator has been seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from scoring.facts.arrays import ABSENT, Floats, Ints, sums
from scoring.facts.market import Market
from scoring.facts.period import DAY


def all_sales(market: Market, *names: str) -> Iterator[Any]:
    """Yield columns of all sales, lines and sums: those of the longest window, then the earlier ones."""
    parts = (market.sales, market.earlier_sales)
    return (np.concatenate([getattr(part, name) for part in parts]) for name in names)


def sold(market: Market) -> tuple[Ints, Ints, Floats, Floats]:
    """Return creator, time, net USD and orders of everything sold, lines and sums; of an order's lines the first counts as an order."""
    parts = (market.sales, market.earlier_sales)
    creator, at, net = all_sales(market, "creator", "at", "net")
    orders = np.concatenate([part.orders * _first_lines(part.order) for part in parts])
    return creator, at, net, orders


def orders_kept(market: Market) -> Floats:
    """Return each creator's orders over all the history of which something was not refunded."""
    found = np.zeros(len(market.creators.id))
    for part in (market.sales, market.earlier_sales):
        kept = part.kept
        found += sums(part.creator[kept], part.orders[kept] * _first_lines(part.order[kept]), len(found))
    return found


def days_seen(market: Market) -> Floats:
    """Return the days since each creator's first order, post or reported shoppable post; 0 where there is none."""
    until, posts, told = market.period.until, market.past_posts, market.report_history
    first = np.zeros(len(market.creators.id))
    for sales in (market.sales, market.earlier_sales):
        np.maximum.at(first, sales.creator, np.maximum((until - sales.at) / DAY, 0.0))
    np.maximum.at(first, posts.creator, (until - posts.at) / DAY)
    active = np.nan_to_num(told.shoppable) > 0
    np.maximum.at(first, told.creator[active], (until - told.at[active]) / DAY + np.nan_to_num(told.days[active], nan=0.0))
    return first


def _first_lines(order: Ints) -> Floats:
    """Return 1 for the first line of each order, for lines of none, and for sums; else 0."""
    first = np.zeros(len(order))
    first[np.unique(order, return_index=True)[1]] = 1.0
    first[order <= ABSENT] = 1.0
    return first
