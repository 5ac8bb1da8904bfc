"""With how many brands does the creator work, and do they come back?"""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import ABSENT, Columns, Floats, Ints
from scoring.facts.rows import Spread
from scoring.facts.view import View


def partners(view: View) -> Columns:
    """Return distinct brands and accepted collaborations of the window; a repeat brand may have come first before it."""
    deals, rows = view.market.deals, view.rows
    accepted = view.deals_in(deals.taken_up, deals.accepted)
    with_brand = accepted.where(deals.brand != ABSENT)
    return {
        "brands": _brands(view, with_brand),
        "repeat_brands": _repeat_brands(view, with_brand),
        "collaborations": rows.count(accepted),
        "brand_entropy": _entropy(*_counts(view, with_brand), len(rows)),
    }


def _brands(view: View, accepted: Spread) -> Floats:
    """Return how many brands gave the creator work that was taken up, or had something sold and kept."""
    sales, brand_of = view.market.sales, view.market.catalogue.brand_of
    seller = brand_of[sales.product]
    sold = view.sales.where(sales.kept & (seller != ABSENT))
    both = Spread(
        np.concatenate([accepted.event, len(view.market.deals.brand) + sold.event]), np.concatenate([accepted.target, sold.target])
    )
    return view.rows.count(view.rows.distinct(both, np.concatenate([view.market.deals.brand, seller])))


def _repeat_brands(view: View, accepted: Spread) -> Floats:
    """Return how many brands of the window have had two accepted collaborations or more by its end, in all the history."""
    deals = view.market.deals
    ever = view.deals.where(deals.accepted & (deals.brand != ABSENT) & (deals.taken_up < view.market.period.until))
    width = len(view.market.catalogue.brand) or 1
    pairs, times = np.unique(ever.target * width + deals.brand[ever.event], return_counts=True)
    now = np.unique(accepted.target * width + deals.brand[accepted.event])
    repeated = np.intersect1d(pairs[times > 1], now, assume_unique=True)
    return np.bincount(repeated // width, minlength=len(view.rows)).astype(np.float64)


def _counts(view: View, accepted: Spread) -> tuple[Ints, Floats]:
    """Return for each row and brand with accepted collaborations the row, and how many."""
    width = len(view.market.catalogue.brand) or 1
    pairs, times = np.unique(accepted.target * width + view.market.deals.brand[accepted.event], return_counts=True)
    return pairs // width, times.astype(np.float64)


def _entropy(row: Ints, times: Floats, rows: int) -> Floats:
    """Return the entropy in nats of each row's `times`; NaN for a row without any."""
    totals = np.bincount(row, weights=times, minlength=rows)
    share = times / totals[row]
    entropy = np.bincount(row, weights=-share * np.log(share), minlength=rows)
    return np.where(totals > 0, np.maximum(entropy, 0.0), np.nan)
