"""For how many brands does the creator make content, counted by how evenly?

The effective number of brands is exp(H), H the entropy of the shares of contents by brand. 1 − exp(−H) is the share that another
brand would have among equally many contents for each, so H is told as so many of the contents beside a first one: a binomial count,
which knows by itself that one content says nothing and that two for one brand say little. An even spread over K brands is known
better than a binomial share: 1 − 1 / K has the variance V / (n K²), V that of −ln(share of a brand), and not (K − 1) / (n K²). So a
content counts as K / (1 + V) comparisons, one added on both sides lest few contents claim to be even.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Columns, Floats, Ints, sums
from scoring.facts.rows import Spread
from scoring.facts.view import View
from scoring.facts.wholeness import whole

REPORT: Final = 1.0
"""Contents compared that a reported number of brands counts for, where none are: it is of the account's life, and of all brands."""


def breadth(view: View) -> Columns:
    """Return contents compared, how many of them are for another brand, and how much each tells.

    The platform's number of brands is of the account's life, so it adds nothing where contents are compared: it stands in for them.
    """
    row, contents = _contents(view)
    total = sums(row, contents, len(view.rows))
    entropy, unevenness = _entropy(row, contents, total)
    compared = np.maximum(total - 1.0, 0.0)
    reported = np.nan_to_num(view.overall(np.where(whole(view), np.nan, view.market.reports["reported_brands"])))
    alone = (compared == 0) & (reported > 0)
    return {
        "compared_contents": np.where(alone, REPORT, compared),
        "other_brand_contents": np.where(alone, REPORT * (1.0 - 1.0 / np.maximum(reported, 1.0)), compared * (1.0 - np.exp(-entropy))),
        "compared_contents_worth": np.maximum(np.exp(entropy) / (1.0 + unevenness), 1.0),
    }


def _entropy(row: Ints, contents: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Return the entropy in nats, for few contents with what it misses of it (Miller and Madow 1955), and the variance of −ln(share).

    Both are 0 without a content.
    """
    brands = sums(row, None, len(total))
    log = np.log(total[row] / contents)
    share = contents / total[row]
    plain = sums(row, share * log, len(total))
    missed = np.divide(brands - 1.0, 2.0 * total, out=np.zeros(len(total)), where=total > 0)
    return plain + missed, np.maximum(sums(row, share * log**2, len(total)) - plain**2, 0.0)


def _contents(view: View) -> tuple[Ints, Floats]:
    """Return for each row and brand, sorted, the row and how many contents are known.

    As open plans count them, or as posts and sales show them, whichever is more: a plan's count is whole, but not every brand's
    plans are seen.
    """
    market, sales = view.market, view.sales.where(view.market.sales.kept)
    shown = _by_brand(view, view.past_features.target, market.past_features.product[view.past_features.event])
    sold = _by_brand(view, sales.target, market.sales.product[sales.event])
    row, product, count = _planned(view)
    planned = _by_brand(view, row, product)
    keys = np.unique(np.concatenate([shown, sold, planned]))
    posts = sums(np.searchsorted(keys, shown), None, len(keys))
    told = sums(np.searchsorted(keys, planned), count, len(keys))
    contents = np.maximum(np.maximum(posts, told), 1.0)
    width = len(market.catalogue.brand) + 1
    known = keys % width > 0
    return keys[known] // width, contents[known]


def _by_brand(view: View, row: Ints, product: Ints) -> Ints:
    """Return row and brand as one key; without a brand it is a multiple of their number and one."""
    return row * (len(view.market.catalogue.brand) + 1) + view.market.catalogue.brand_of[product] + 1


def _planned(view: View) -> tuple[Ints, Ints, Floats]:
    """Return row, product and the content counted, each pair once, of open plans that tell of content.

    A plan may be known by its own id and by its product's: the larger count is the later one.
    """
    market, width = view.market, len(view.market.catalogue.product) or 1
    deal, product = market.deals.products
    counted = (market.deals.kind[deal] == "OPEN") & (market.deals.content_count[deal] > 0)
    deal, product = deal[counted], product[counted]
    pairs = view.rows.spread(Spread(*market.catalogue.spread(product)), market.deals.creator[deal])
    keys, place = np.unique(pairs.target * width + product[pairs.event], return_inverse=True)
    counts = np.zeros(len(keys))
    np.maximum.at(counts, place, market.deals.content_count[deal[pairs.event]])
    return keys // width, keys % width, counts
