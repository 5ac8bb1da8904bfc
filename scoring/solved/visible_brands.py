"""Where nearly all that is seen is for one brand, contents for it say little of how broad anyone's work is.

Shops save what they see of their own. Where one shop of a region does, whoever is seen there works for that brand, and could work for many
others besides. So contents count for as much as the brands of a region lie from a single one, up to two of equal shares, and what
the platform reports of the number of brands stands in for the rest.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts import Columns, Market
from scoring.facts.arrays import Floats, Ints, each_once, sums
from scoring.facts.breadth import REPORT

ENOUGH: Final = 0.5
"""1 − 1 / effective number of brands, at two brands of equal shares: from there on contents count whole."""


def comparable_contents(market: Market, facts: Columns, creator: Ints, category: Ints) -> Columns:
    """Return contents compared and those for another brand, for rows given as codes, as far as other brands could be seen there."""
    region = market.creators.region_codes
    seen = _share_seen(market, region)[region[creator], category]
    compared, other = (facts[name] * seen for name in ("compared_contents", "other_brand_contents"))
    reported = np.nan_to_num(facts["reported_brands"])
    left = np.where(reported > 0, REPORT * (1.0 - seen), 0.0)
    return {"compared_contents": compared + left, "other_brand_contents": other + left * (1.0 - 1.0 / np.maximum(reported, 1.0))}


def _share_seen(market: Market, region: Ints) -> Floats:
    """Return what contents count for in each region and category, [regions × categories]: by how many creators are seen with each brand."""
    goods, posts = market.catalogue, market.past_posts
    deal, promoted = market.deals.products
    creator = np.concatenate([posts.creator[market.past_features.post], market.sales.creator, market.deals.creator[deal]])
    product = np.concatenate([market.past_features.product, market.sales.product, promoted])
    event, category = goods.spread(product)
    brand = goods.brand_of[product[event]]
    known = brand >= 0
    width, size = max(len(goods.brand), 1), len(goods.category)
    once = each_once((creator[event[known]] * size + category[known]) * width + brand[known])
    who, rest = np.divmod(once, size * width)
    keys, place = np.unique(region[who] * size * width + rest, return_inverse=True)
    count = np.bincount(place, minlength=len(keys)).astype(np.float64)
    cell, size = keys // width, (int(region.max(initial=0)) + 1) * size
    whole = sums(cell, count, size)
    share = count / whole[cell]
    evenness = 1.0 - np.exp(-sums(cell, -share * np.log(share), size))
    return np.minimum(evenness / ENOUGH, 1.0).reshape(-1, len(goods.category))
