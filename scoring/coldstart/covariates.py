"""What is known of a creator's posting, audience and products without any sale of their own."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Bools, Floats, Ints, sums
from scoring.facts.market import Market
from scoring.facts.period import DAY

WINDOW: Final = 90
PSEUDO: Final = 3.0
"""What a product sells by each creator is drawn to the mean of all products as if by so many more creators."""
NAMES: Final = (
    "posts",
    "shoppable_posts",
    "planned_contents",
    "reported_posts",
    "reported_views",
    "followers",
    "promoted_products",
    "worth_of_products",
    "collaborations",
)


def covariates(market: Market, until: int) -> Floats:
    """Return one row a creator of what was known by `until`, shape (creators, columns) in the order of `NAMES`; NaN where unknown.

    Content that is known only because an order names it counts for nothing, nor does a reported GMV: each is a sale by another name.
    """
    people = len(market.creators.id)
    own, product = _promotions(market, until)
    accepted = market.deals.accepted & (market.deals.taken_up < until)
    reported_posts, views = _reported(market, until)
    return np.column_stack(
        (
            *(np.log1p(count) for count in _posts(market, until)),
            np.log1p(_planned(market, until)),
            np.log1p(reported_posts),
            np.log1p(views),
            np.log1p(market.creators.followers),
            np.log1p(sums(own, None, people)),
            _worth(market, own, product, until),
            np.log1p(sums(market.deals.creator[accepted], None, people)),
        )
    )


def sold(market: Market, since: float, until: int) -> Floats:
    """Return each creator's net sales in a span, USD."""
    answer = np.zeros(len(market.creators.id))
    for sales in (market.earlier_sales, market.sales):
        within = (sales.at >= since) & (sales.at < until)
        answer += sums(sales.creator[within], sales.net[within], len(answer))
    return answer


def ever_sold(market: Market, until: int) -> Bools:
    """Return through whom anything was sold before a time, refunded or not."""
    answer = np.zeros(len(market.creators.id), dtype=np.bool_)
    for sales in (market.earlier_sales, market.sales):
        answer[sales.creator[sales.at < until]] = True
    return answer


def _posts(market: Market, until: int) -> tuple[Floats, Floats]:
    """Return posts and shoppable posts of the window; those selected by sales or samples count for nothing."""
    posts, people = market.past_posts, len(market.creators.id)
    seen = ~posts.selected & (posts.at < until) & (posts.at >= until - WINDOW * DAY)
    shoppable = np.zeros(len(posts.at), dtype=np.bool_)
    shoppable[market.past_features.post] = True
    return sums(posts.creator[seen], None, people), sums(posts.creator[seen & shoppable], None, people)


def _planned(market: Market, until: int) -> Floats:
    deals = market.deals
    known = ~np.isnan(deals.content_count) & (deals.taken_up < until)
    return sums(deals.creator[known], deals.content_count[known], len(market.creators.id))


def _reported(market: Market, until: int) -> tuple[Floats, Floats]:
    """Return shoppable posts and mean views of a video by the last report before a time; reports come in the order of time."""
    history, people = market.report_history, len(market.creators.id)
    answer = np.full((2, people), np.nan)
    for row, values in enumerate((history.shoppable, history.video_views)):
        known = np.flatnonzero(~np.isnan(values) & (history.at < until))
        answer[row, history.creator[known]] = values[known]
    return answer[0], answer[1]


def _promotions(market: Market, until: int) -> tuple[Ints, Ints]:
    """Return pairs of creator and product, each once: shown in content that sales did not select, or promoted by what was taken up."""
    posts, features, deals = market.past_posts, market.past_features, market.deals
    shown = ~posts.selected[features.post] & (posts.at[features.post] < until)
    deal, promoted = deals.products
    taken = deals.accepted[deal] & (deals.taken_up[deal] < until)
    width = len(market.catalogue.product) or 1
    creator = np.concatenate([posts.creator[features.post[shown]], deals.creator[deal[taken]]])
    product = np.concatenate([features.product[shown], promoted[taken]])
    keys = np.unique(creator * width + product)
    return keys // width, keys % width


def _worth(market: Market, own: Ints, product: Ints, until: int) -> Floats:
    """Return the mean log of what others sell of each product that the creator promotes; NaN for who promotes none.

    A product's figure is net sales of the window by each other creator who promotes it.
    """
    goods, people, width = len(market.catalogue.product), len(market.creators.id), len(market.catalogue.product) or 1
    sellers: list[Ints] = []
    gross: list[Floats] = []
    for sales in (market.earlier_sales, market.sales):
        within = (sales.at < until) & (sales.at >= until - WINDOW * DAY) & (sales.product != ABSENT)
        sellers.append(sales.creator[within] * width + sales.product[within])
        gross.append(sales.net[within])
    keys, place = np.unique(np.concatenate(sellers), return_inverse=True)
    net = sums(place, np.concatenate(gross), len(keys))
    total, promoters = sums(keys % width, net, goods), sums(product, None, goods)
    pair = own * width + product
    at = np.minimum(np.searchsorted(keys, pair), max(len(keys) - 1, 0))
    mine = np.where(keys[at] == pair, net[at], 0.0) if len(keys) else np.zeros(len(pair))
    mean = float(total.sum() / max(promoters.sum(), 1))
    others = np.maximum(total[product] - mine, 0.0)
    worth = np.log1p((others + PSEUDO * mean) / (np.maximum(promoters[product] - 1, 0) + PSEUDO))
    count = sums(own, None, people)
    return np.divide(sums(own, worth, people), count, out=np.full(people, np.nan), where=count > 0)
