"""Which creators and brands have worked together, over the whole history."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts.arrays import ABSENT, Floats, Ints, Texts
from scoring.facts.events.sales import Sales
from scoring.facts.market import Market


@dataclass(frozen=True, slots=True)
class Ties:
    """Creators and brands with accepted collaborations or sales together, each pair once, sorted by creator and brand."""

    creator: Texts
    brand: Texts
    times: Ints
    gmv_usd: Floats
    first_at: Ints
    last_at: Ints

    def __len__(self) -> int:
        return len(self.creator)


def ties(market: Market) -> Ties:
    """Return the ties as they were known at the as-of time; sums kept on features count only where they lie in the longest window."""
    parts = (_deals(market), _sales(market, market.earlier_sales), _sales(market, market.sales))
    times, net = (np.concatenate([part[column] for part in parts]) for column in (2, 3))
    at = np.concatenate([part[4] for part in parts])
    width = len(market.catalogue.brand) or 1
    keys, place = np.unique(np.concatenate([part[0] * width + part[1] for part in parts]), return_inverse=True)
    first = np.full(len(keys), np.iinfo(np.int64).max)
    last = np.full(len(keys), np.iinfo(np.int64).min)
    np.minimum.at(first, place, at)
    np.maximum.at(last, place, at)
    return Ties(
        creator=market.creators.id[keys // width],
        brand=market.catalogue.brand[keys % width],
        times=np.bincount(place, weights=times, minlength=len(keys)).astype(np.int64),
        gmv_usd=np.bincount(place, weights=net, minlength=len(keys)).astype(np.float64),
        first_at=first,
        last_at=last,
    )


Columns = tuple[Ints, Ints, Floats, Floats, Ints]


def _deals(market: Market) -> Columns:
    """Return creator, brand, 1, no money and the time of every accepted collaboration with a known brand and time."""
    deals = market.deals
    chosen = deals.accepted & (deals.brand != ABSENT) & ~np.isnan(deals.taken_up)
    count = chosen[chosen].astype(np.float64)
    return deals.creator[chosen], deals.brand[chosen], count, np.zeros(len(count)), deals.taken_up[chosen].astype(np.int64)


def _sales(market: Market, sales: Sales) -> Columns:
    """Return creator, brand, no collaboration, net dollars and the time of every sale that was kept, of a product whose brand is known."""
    brand = market.catalogue.brand_of[sales.product]
    chosen = sales.kept & (brand != ABSENT)
    net = sales.net[chosen]
    return sales.creator[chosen], brand[chosen], np.zeros(len(net)), net, sales.at[chosen]
