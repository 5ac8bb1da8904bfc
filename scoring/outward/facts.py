"""The facts of the outward audience: what is open as computed from open tables, what is hidden by the rules of the declassifier alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.cells import column_codes, joint_codes
from scoring.facts import Columns, Market, table
from scoring.facts.arrays import sums
from scoring.facts.events.catalogue import ALL
from scoring.outward.declassifier import (
    COUNT_BOUNDS,
    DECADE_VARIANCE,
    SMALLEST,
    USD_BOUNDS,
    counted_fives,
    fives,
    half_stars,
    middles,
    share_in_fives,
)
from scoring.outward.labels import SALES, TIES
from scoring.tables import Bools, Floats

HALF: Final = 0.5
EXPOSURE_VARIANCE: Final = 0.25
"""Doubt about the logarithm of views that are estimated by posts a week and views of a post, or seen of some posts alone."""

SLOPE: Final = 0.5
LEANING: Final = 5.0
"""By how much ln(orders) is taken to grow with ln(views) before any peers tell, and the sum of squares that this counts for."""

RATING_VARIANCE: Final = 0.5**2 / 12.0
"""Variance of what may lie anywhere in half a star."""

SOLD: Final = {"orders": COUNT_BOUNDS, "units": COUNT_BOUNDS, "gmv_usd": USD_BOUNDS}
"""Sums of sales whose ranges are published."""

EXACT: Final = ("video_gmv_usd", "live_gmv_usd", "clicks", "click_orders", "reported_gpm_usd")
"""What is told of those alone who consent; nearly all GMV per 1,000 views lies in one published range."""

PROMISES: Final = (
    ("promises_due", "promises_kept", "promises_beside_one_brand"),
    ("open_promises", "open_promises_kept", "open_promises_beside_one_brand"),
    ("ended_invitations", "ended_invitations_answered", "ended_invitations_beside_one_brand"),
    ("open_invitations", "open_invitations_answered", "open_invitations_beside_one_brand"),
)
"""Attempts, successes, and attempts beside those of the one brand that could take most of them off."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The rows of the outward facts: their open columns, the same rows as everything tells them, and who consents to exact sales."""

    open: Columns
    whole: Columns
    consents: Bools

    def shown(self, name: str, otherwise: Floats) -> Floats:
        """Return a column as it is for those who consent, and `otherwise` for the others."""
        return np.where(self.consents, self.whole[name], otherwise)


def outward_facts(opened: Market, whole: Market, consenting: frozenset[str]) -> Columns:
    """Return the facts of one region; `opened` is the market of `open_tables`, `whole` that of all tables.

    There is a row where something open happened, in categories that at least five brands sell in.
    """
    hidden = _rows(table(opened), table(whole), told_categories(whole), consenting)
    unknown = np.full(len(hidden.consents), np.nan)
    found = hidden.open | dict.fromkeys(SALES | TIES, unknown)
    for rule in RULES:
        found |= rule(hidden)
    return found


def told_categories(market: Market) -> frozenset[str]:
    """Return everything, and the categories in which at least five brands sell: of a smaller one a name tells too much."""
    goods = market.catalogue
    place, category = goods.spread(np.arange(len(goods.product), dtype=np.int64))
    brand = goods.brand_of[place]
    pairs = np.unique(np.stack([category[brand >= 0], brand[brand >= 0]]), axis=1)
    sellers = np.bincount(pairs[0], minlength=len(goods.category))
    return frozenset({ALL, *goods.category[sellers >= SMALLEST].tolist()})


def _rows(opened: Columns, whole: Columns, categories: frozenset[str], consenting: frozenset[str]) -> Hidden:
    told = np.isin(opened["category"], sorted(categories))
    opened = {name: column[told] for name, column in opened.items()}
    places = {key: place for place, key in enumerate(_keys(whole))}
    at = np.array([places[key] for key in _keys(opened)], dtype=np.int64)
    return Hidden(opened, {name: column[at] for name, column in whole.items()}, np.isin(opened["creator"], sorted(consenting)))


def _keys(facts: Columns) -> Sequence[tuple[str, int, str]]:
    return list(zip(facts["creator"].tolist(), facts["window"].tolist(), facts["category"].tolist(), strict=True))


def _sales(rows: Hidden) -> Columns:
    """Return sums of sales, exact or as the middle of their range, and what follows from those."""
    amounts = {name: rows.shown(name, middles(rows.whole[name], bounds)) for name, bounds in SOLD.items()}
    exact = {name: rows.shown(name, np.full(len(rows.consents), np.nan)) for name in EXACT}
    doubt = np.where(rows.consents, 0.0, DECADE_VARIANCE)
    return {**amounts, **exact, **_ability(rows, amounts["orders"], doubt), **_weight(rows, amounts["gmv_usd"], doubt)}


def _ability(rows: Hidden, orders: Floats, doubt: Floats) -> Columns:
    """Return ln of orders beyond what an audience of that size brings, and its variance; which products were shown is not told."""
    views, log = _views(rows.open), np.log(orders + HALF)
    known = views > 0
    exposure = np.log(np.where(known, views, 1.0))
    beyond = np.full(len(log), np.nan)
    for window in np.unique(rows.open["window"]).tolist():
        here = known & (rows.open["window"] == window)
        everything = here & (rows.open["category"] == ALL)
        slope, mean = _slope(exposure[everything], log[everything])
        beyond[here] = log[here] - slope * (exposure[here] - mean)
    variance = doubt + 1.0 / (orders + HALF) + EXPOSURE_VARIANCE
    return {"selling_log": beyond, "selling_var": np.where(np.isnan(beyond), np.nan, variance)}


def _slope(x: Floats, y: Floats) -> tuple[float, float]:
    """Return by how much y grows with x, leaning on `SLOPE` as on so many peers, and the mean of x."""
    if not len(x):
        return SLOPE, 0.0
    mean = float(x.mean())
    return float(((x - mean) @ y + LEANING * SLOPE) / ((x - mean) @ (x - mean) + LEANING)), mean


def _views(facts: Columns) -> Floats:
    """Return the views of shoppable posts: as seen where all content is listed, else by posts a week and views of a post."""
    seen = np.nan_to_num(facts["video_views"]) + np.nan_to_num(facts["live_views"])
    rate = np.where(np.isnan(facts["listed_shoppable_rate"]), facts["reported_shoppable_rate"], facts["listed_shoppable_rate"])
    each = np.where(np.isnan(facts["reported_video_views"]), facts["seen_video_views"], facts["reported_video_views"])
    estimated = _everywhere(facts, np.nan_to_num(rate * each * facts["weeks"]))
    return np.where(~np.isnan(facts["listed_posts"]) & (seen > 0), seen, estimated)


def _everywhere(facts: Columns, column: Floats) -> Floats:
    """Return a column with each creator's value over everything in its rows of categories too; 0 where there is none."""
    return _total(facts, ("creator", "window"), np.where(facts["category"] == ALL, column, 0.0))


def _weight(rows: Hidden, gmv: Floats, doubt: Floats) -> Columns:
    """Return the share of the region's sales in the category, by what is told of each.

    The first range counts as nothing sold: whether it is nothing is not told.
    """
    told = rows.consents | (gmv >= USD_BOUNDS[1])
    sold = np.where(told, np.maximum(np.nan_to_num(gmv), 0.0), 0.0)
    total = _total(rows.open, ("window", "category"), sold)
    share = np.divide(sold, total, out=np.full(len(sold), np.nan), where=(total > 0) & (sold > 0))
    return {"category_sales_share": share, "influence": share, "influence_log_var": np.where(np.isnan(share), np.nan, doubt)}


def _total(facts: Columns, by: tuple[str, ...], values: Floats) -> Floats:
    """Return for each row the sum of values over all rows that these columns say the same of."""
    groups = joint_codes([column_codes(facts[name]) for name in by]).codes.astype(np.int64)
    return sums(groups, values, int(groups.max(initial=0)) + 1)[groups]


def _ties(rows: Hidden) -> Columns:
    """Return promises and ratings in fives, and how many brands there are.

    Both are told where five are by others than any one brand, which knows its own and could take them off.
    """
    found: Columns = {}
    for among, successes, others in PROMISES:
        kept, told = share_in_fives(rows.whole[successes], rows.whole[among], rows.whole[others])
        found[successes], found[among] = counted_fives(kept, told)
    rating = half_stars(rows.whole["brand_rating"], rows.whole["ratings_beside_one_brand"])
    rated, due = ~np.isnan(rating), found["promises_due"] > 0
    return {
        **found,
        "brand_rating": rating,
        "brand_rating_var": np.where(rated, RATING_VARIANCE + 1.0 / np.maximum(fives(rows.whole["brand_ratings"]), SMALLEST), np.nan),
        **{name: np.where(rated, np.nan, rows.open[name]) for name in ("unseen_rating", "unseen_rating_var")},
        "unseen_fulfilment_rate": np.where(due, np.nan, rows.open["unseen_fulfilment_rate"]),
        **_breadth(rows),
        "collaborations": fives(rows.whole["collaborations"]),
    }


def promises_told(kept: float, due: float) -> int:
    """Return how many promises, in fives, the facts `promises_kept` and `promises_due` stand for; 0 for unknown ones."""
    if np.isnan(due) or due <= 0:
        return 0
    most = int(2 * due) // SMALLEST + 4
    pairs = SMALLEST * np.array([(successes, among) for among in range(1, most) for successes in range(among + 1)], dtype=np.float64)
    shares, sizes = counted_fives(pairs[:, 0], pairs[:, 1])
    return int(pairs[np.argmin(np.hypot(shares - kept, sizes - due)), 1])


def _breadth(rows: Hidden) -> Columns:
    """Return how many brands there are in fives, and as many contents compared, evenly spread.

    So many as the platform reports, if it reports five or more; under five they count as two, if it is known of the creator that they post.
    """
    brands = fives(rows.whole["brands"])
    reported = fives(np.nan_to_num(rows.whole["reported_brands"]))
    active = (rows.open["posts"] > 0) | ~np.isnan(rows.open["reported_days"])
    counted = np.where(active, np.maximum(np.maximum(brands, reported), 2.0), 0.0)
    return {
        "brands": brands,
        "compared_contents": counted,
        "other_brand_contents": np.maximum(counted - 1.0, 0.0),
        "compared_contents_worth": np.ones(len(counted)),
    }


RULES: Final[tuple[Callable[[Hidden], Columns], ...]] = (_sales, _ties)
"""What is told of hidden columns; the others are unknown."""
