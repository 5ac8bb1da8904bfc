"""Products shown in posts, in order of time, and the orders credited to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints, places_before
from scoring.facts.market import Market
from scoring.facts.period import DAY

BEFORE: Final = 6
"""How many posts of the same product before the credited one are asked whether an order is theirs."""
DAYS: Final = 28


@dataclass(frozen=True, slots=True)
class Showings:
    """One entry a product in a post, sorted by product and time; `views` are logs less their mean, 0 where unknown."""

    creator: Ints
    product: Ints
    at: Floats
    live: Bools
    views: Floats
    creators: int
    products: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of an order and a showing that may have led to it, by order; that of the credited showing is among them.

    `lag` is in days. `apart` counts how many showings of the product the candidate stands before the credited one, 0 for that itself;
    `later` counts those after the candidate and before the order. `credited` is the showing of each order.
    """

    order: Ints
    showing: Ints
    lag: Floats
    apart: Ints
    later: Ints
    credited: Ints

    @property
    def final(self) -> Bools:
        """Which would have led to an order that is credited to the last showing before it instead."""
        return (self.apart > 0) & (self.later == self.apart)


def showings(market: Market) -> tuple[Showings, Ints]:
    """Return the showings of the history, and the number of the content of each."""
    posts, shown = market.past_posts, market.past_features
    at, name = posts.at[shown.post].astype(np.float64), posts.name[shown.post]
    order = np.lexsort((posts.creator[shown.post], at, shown.product))
    seen = posts.views[shown.post]
    logs = np.log(np.where(seen > 0, seen, np.nan))
    mean = float(np.nanmean(logs)) if np.isfinite(logs).any() else 0.0
    sorted_ = Showings(
        creator=posts.creator[shown.post][order],
        product=shown.product[order],
        at=at[order],
        live=posts.live[shown.post][order],
        views=np.nan_to_num(logs - mean)[order],
        creators=len(market.creators.id),
        products=len(market.catalogue.product),
    )
    return sorted_, name[order]


def candidates(market: Market, shown: Showings, name: Ints) -> Candidates:
    """Return which showings may have led to each order line of the longest window that is credited to a known one; there is at least one.

    These are the credited one and, of others' showings of the product in the `DAYS` before the order, the one before it and, if the
    credited one is the last, `BEFORE` of them. `name` numbers the content of each showing.
    """
    sales = market.sales
    keys = name * shown.products + shown.product
    by_key = np.argsort(keys, kind="stable")
    wanted = sales.content * shown.products + sales.product
    found = by_key[np.minimum(np.searchsorted(keys[by_key], wanted), len(keys) - 1)]
    known = (sales.content >= 0) & (sales.order >= 0) & (keys[found] == wanted)
    return _before(shown, found[known], sales.at[known].astype(np.float64))


def _before(shown: Showings, credited: Ints, at: Floats) -> Candidates:
    last = np.maximum(_last(shown, shown.product[credited], at), credited)
    parts = [_nth(shown, credited, at, last, apart) for apart in range(BEFORE + 1)]
    order, showing = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    by_order = np.argsort(order, kind="stable")
    order, showing = order[by_order], showing[by_order]
    return Candidates(
        order=order,
        showing=showing,
        lag=np.maximum((at[order] - shown.at[showing]) / DAY, 0.0),
        apart=credited[order] - showing,
        later=last[order] - showing,
        credited=credited,
    )


def _nth(shown: Showings, credited: Ints, at: Floats, last: Ints, apart: int) -> tuple[Ints, Ints]:
    """Return orders and showings of the candidates so many showings before the credited one."""
    order = np.flatnonzero((credited >= apart) & ((apart <= 1) | (last == credited))).astype(np.int64)
    showing, own = credited[order] - apart, credited[order]
    lag = (at[order] - shown.at[showing]) / DAY
    others = (shown.product[showing] == shown.product[own]) & (shown.creator[showing] != shown.creator[own]) & (lag < DAYS) & (lag >= 0)
    kept = others | (apart == 0)
    return order[kept], showing[kept]


def _last(shown: Showings, product: Ints, at: Floats) -> Ints:
    """Return the place of the last showing of a product before a time."""
    return places_before(shown.product, shown.at, product, at) - 1
