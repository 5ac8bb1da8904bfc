"""For how many brands does the creator make content, counted by how evenly?

The effective number of brands is exp(H), H the entropy of the shares of contents by brand. 1 − exp(−H) is the share that another
brand would have among equally many contents for each, so H is told as so many of the contents beside a first one: a binomial count,
which knows by itself that one content says nothing and that two for one brand say little.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Columns, Floats, Ints
from scoring.facts.rows import Spread
from scoring.facts.view import View

REPORT: Final = 2.0
"""Contents that a reported number of brands counts for, where some of these are not seen."""


def breadth(view: View) -> Columns:
    """Return contents compared, and how many of them are for another brand."""
    row, contents = _contents(view)
    size = len(view.rows)
    total, seen = np.bincount(row, weights=contents, minlength=size), np.bincount(row, minlength=size).astype(np.float64)
    reported = np.nan_to_num(view.overall(view.market.reports["reported_brands"]))
    hidden = np.maximum(reported - seen, 0.0)
    other = 1.0 - np.exp(-_entropy(row, contents, hidden, total, seen))
    compared = np.maximum(total - 1.0, 0.0)
    compared = np.where(hidden > 0, np.minimum(compared, seen), compared)
    told = np.where(hidden > 0, REPORT, 0.0)
    return {
        "compared_contents": compared + told,
        "other_brand_contents": compared * other + told * (1.0 - 1.0 / np.maximum(reported, 1.0)),
    }


def _entropy(row: Ints, contents: Floats, hidden: Floats, total: Floats, seen: Floats) -> Floats:
    """Return the entropy in nats (Miller and Madow 1955), each hidden brand taken for one that has as much as those seen on average.

    At most as if all brands had the same; 0 without a content.
    """
    brands = seen + hidden
    whole = np.divide(total * brands, seen, out=np.zeros(len(total)), where=seen > 0)
    mean = np.divide(total, seen, out=np.ones(len(total)), where=seen > 0)
    own = np.bincount(row, weights=contents * np.log(contents), minlength=len(total)) + hidden * mean * np.log(mean)
    known = whole > 0
    safe = np.where(known, whole, 1.0)
    entropy = np.where(known, np.log(safe) - own / safe + (brands - 1.0) / (2.0 * safe), 0.0)
    return np.clip(entropy, 0.0, np.log(np.maximum(brands, 1.0)))


def _contents(view: View) -> tuple[Ints, Floats]:
    """Return for each row and brand, sorted, the row and how many contents are known."""
    place, row, count = _by_product(view)
    brand = view.market.catalogue.brand_of[place]
    known = (brand != ABSENT) & (count > 0)
    width = len(view.market.catalogue.brand) or 1
    keys, at = np.unique(row[known] * width + brand[known], return_inverse=True)
    return keys // width, np.bincount(at, weights=count[known], minlength=len(keys)).astype(np.float64)


def _by_product(view: View) -> tuple[Ints, Ints, Floats]:
    """Return product, row and number of contents: as open plans count them, or as posts and sales show them, whichever is more."""
    market, width = view.market, len(view.market.catalogue.product) or 1
    shown = view.past_features.target * width + market.past_features.product[view.past_features.event]
    sold = view.sales.where(market.sales.kept)
    planned, counts = _planned(view)
    keys = np.unique(np.concatenate([shown, sold.target * width + market.sales.product[sold.event], planned]))
    posts = np.bincount(np.searchsorted(keys, shown), minlength=len(keys))
    told = np.zeros(len(keys))
    np.maximum.at(told, np.searchsorted(keys, planned), counts)
    sale = np.isin(keys, sold.target * width + market.sales.product[sold.event])
    return keys % width, keys // width, np.maximum(np.maximum(posts, told), sale)


def _planned(view: View) -> tuple[Ints, Floats]:
    """Return row and product as one key, and the content counted, of open plans."""
    market, width = view.market, len(view.market.catalogue.product) or 1
    deal, product = market.deals.products
    counted = (market.deals.kind[deal] == "OPEN") & (market.deals.content_count[deal] > 0)
    deal, product = deal[counted], product[counted]
    place, category = market.catalogue.spread(product)
    pairs = view.rows.spread(Spread(place, category), market.deals.creator[deal])
    return pairs.target * width + product[pairs.event], market.deals.content_count[deal[pairs.event]]
