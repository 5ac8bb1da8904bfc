"""Who promotes and sells what, for whom, and who names whom: one window as weighted pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Floats, Ints
from scoring.facts.market import Market
from scoring.facts.view import within

PROMOTED: Final = 1.0
"""Dollars that showing a product weighs beside its sales, once a creator and product however often it is shown: who has sold nothing yet
still has a place, and posting more does not make it a better one."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Weighted pairs of codes, sorted and each once."""

    source: Ints
    target: Ints
    weight: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """One window, in the market's codes.

    `promotes` pairs creators with products by net sales in dollars plus `PROMOTED`, `sells` brands with products by their
    sum, `mentions` creators with creators and `deals` creators with brands by number. `restart` pairs each product
    with each of its categories, weighed as the product is.
    """

    window: int
    promotes: Pairs
    sells: Pairs
    mentions: Pairs
    deals: Pairs
    restart: Pairs


def network(market: Market, window: int) -> Network:
    """Return the network of one window: what was shown, sold, taken up and named in it."""
    promotes = _promotes(market, window)
    of_product = np.bincount(promotes.target, weights=promotes.weight, minlength=len(market.catalogue.product)).astype(np.float64)
    product = np.unique(promotes.target)
    brand = market.catalogue.brand_of[product]
    sold = product[brand != ABSENT]
    place, category = market.catalogue.spread(product)
    return Network(
        window=window,
        promotes=promotes,
        sells=_pairs(brand[brand != ABSENT], sold, of_product[sold]),
        mentions=_mentions(market, window),
        deals=_deals(market, window),
        restart=_pairs(product[place], category, of_product[product[place]]),
    )


def _promotes(market: Market, window: int) -> Pairs:
    posts, features, sales = market.posts, market.features, market.sales
    shown = np.flatnonzero(within(market, window, posts.at)[features.post])
    sold = np.flatnonzero(within(market, window, sales.at))
    creator = np.concatenate([posts.creator[features.post[shown]], sales.creator[sold]])
    product = np.concatenate([features.product[shown], sales.product[sold]])
    pairs = _pairs(creator, product, np.concatenate([np.zeros(len(shown)), sales.net[sold]]))
    return Pairs(pairs.source, pairs.target, pairs.weight + PROMOTED)


def _mentions(market: Market, window: int) -> Pairs:
    named = within(market, window, market.mentions.at)
    return _pairs(market.mentions.source[named], market.mentions.target[named], named[named].astype(np.float64))


def _deals(market: Market, window: int) -> Pairs:
    deals = market.deals
    chosen = deals.accepted & within(market, window, deals.taken_up) & (deals.brand != ABSENT)
    return _pairs(deals.creator[chosen], deals.brand[chosen], chosen[chosen].astype(np.float64))


def _pairs(source: Ints, target: Ints, weight: Floats) -> Pairs:
    """Return each pair once, with the sum of its weights."""
    width = int(target.max(initial=0)) + 1
    keys, place = np.unique(source * width + target, return_inverse=True)
    return Pairs(keys // width, keys % width, np.bincount(place, weights=weight, minlength=len(keys)).astype(np.float64))
