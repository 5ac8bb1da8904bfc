"""The market as the ability model wants it: posts, products shown, order lines, plans' counts and reports."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from scoring.ability.evidence import Evidence, Features, Lines, Plans, Posts, Reports
from scoring.facts.arrays import ABSENT, Floats, Ints
from scoring.facts.events.sales import LIVE, VIDEO, Sales
from scoring.facts.market import Market


def evidence(market: Market, sales: OrderLines, price: Floats) -> Evidence:
    """Return what is known of who sold what through which posts, over all the history: `all_sales` and `prices` beside the market."""
    history, posts = market.report_history, market.past_posts
    return Evidence(
        posts=Posts(posts.creator, posts.live, posts.views, posts.selected),
        features=_features(market),
        lines=_lines(market, sales),
        plans=_plans(market),
        videos=Reports(history.creator, history.at, history.videos, history.video_views, history.median_video_views),
        lives=Reports(history.creator, history.at, history.lives, history.live_views, np.full(len(history.at), np.nan)),
        log_followers=_log(market.creators.followers),
        category=market.catalogue.leaf,
        log_price=_log(price),
        categories=len(market.catalogue.category),
    )


def prices(market: Market, sales: OrderLines) -> Floats:
    """Return each product's price in USD: as it was sold, else as it is asked; NaN where neither is known."""
    units, net = (np.bincount(sales.product, column, len(market.catalogue.product)) for column in (sales.units, sales.net))
    sold = np.divide(net, units, out=np.full(len(units), np.nan), where=(units > 0) & (net > 0))
    return np.where(np.isnan(sold), market.catalogue.price, sold)


class OrderLines(NamedTuple):
    """Order lines of all the history; lines of one order share its number, and a line of none has its own."""

    creator: Ints
    product: Ints
    order: Ints
    kind: Ints
    content: Ints
    units: Floats
    net: Floats


def all_sales(market: Market) -> OrderLines:
    """Return the order lines of the longest window and of the time before it."""
    parts = [_numbered(part, shift) for part, shift in zip((market.sales, market.earlier_sales), (0, _orders(market.sales)), strict=True)]
    whole: Any = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    return OrderLines(*whole)


def _orders(sales: Sales) -> int:
    return int(sales.order.max(initial=ABSENT)) + 1 + len(sales.order)


def _numbered(sales: Sales, shift: int) -> OrderLines:
    lines = sales.order >= ABSENT
    alone = _orders(sales) - len(sales.order) + np.arange(len(sales.order), dtype=np.int64)
    order = np.where(sales.order == ABSENT, alone, sales.order) + shift
    columns: Any = (sales.creator, sales.product, order, sales.kind, sales.content, sales.units, sales.net)
    return OrderLines(*(column[lines] for column in columns))


def _lines(market: Market, sales: OrderLines) -> Lines:
    posts = market.past_posts
    kept = sales.units > 0
    place = np.full(int(max(posts.name.max(initial=ABSENT), sales.content.max(initial=ABSENT))) + 2, ABSENT, dtype=np.int64)
    place[posts.name] = np.arange(len(posts.name))
    kind = sales.kind[kept]
    live = np.where(kind == LIVE, 1.0, np.where(kind == VIDEO, 0.0, np.nan))
    return Lines(sales.creator[kept], sales.product[kept], place[sales.content[kept]], sales.order[kept], live)


def _features(market: Market) -> Features:
    shown = market.past_features
    return Features(shown.post, shown.product, np.where(np.isnan(shown.gross), np.nan, shown.orders))


def _plans(market: Market) -> Plans:
    """Return the content that open plans count, the largest count of each creator and product: a plan may be known twice."""
    deals, width = market.deals, len(market.catalogue.product) or 1
    deal, product = deals.products
    counted = (deals.kind[deal] == "OPEN") & (deals.content_count[deal] > 0)
    keys, place = np.unique(deals.creator[deal[counted]] * width + product[counted], return_inverse=True)
    contents = np.zeros(len(keys))
    np.maximum.at(contents, place, deals.content_count[deal[counted]])
    return Plans(keys // width, keys % width, contents, np.full(len(keys), np.nan))


def _log(values: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0, np.log(values), np.nan)
