"""The market as the ability model wants it: posts, products shown, order lines, plans' counts and reports."""

from __future__ import annotations

import numpy as np

from scoring.ability.evidence import Evidence, Features, Lines, Plans, Posts, Reports
from scoring.facts.arrays import ABSENT, Floats, Ints
from scoring.facts.events.sales import LIVE, VIDEO
from scoring.facts.market import Market


def evidence(market: Market) -> Evidence:
    """Return what is known of who sold what through which posts, over all the history."""
    history, posts = market.report_history, market.past_posts
    return Evidence(
        posts=Posts(posts.creator, posts.live, posts.views, posts.selected),
        features=_features(market),
        lines=_lines(market),
        plans=_plans(market),
        videos=Reports(history.creator, history.at, history.videos, history.video_views, history.median_video_views),
        lives=Reports(history.creator, history.at, history.lives, history.live_views, np.full(len(history.at), np.nan)),
        log_followers=_log(market.creators.followers),
        category=market.catalogue.leaf,
        log_price=_log(prices(market)),
        categories=len(market.catalogue.category),
    )


def prices(market: Market) -> Floats:
    """Return each product's price in USD: as it was sold, else as it is asked; NaN where neither is known."""
    sales = all_sales(market)
    lines = sales["order"] >= 0
    units, gross = (np.bincount(sales["product"][lines], sales[name][lines], len(market.catalogue.product)) for name in ("units", "kept"))
    sold = np.divide(gross, units, out=np.full(len(units), np.nan), where=(units > 0) & (gross > 0))
    return np.where(np.isnan(sold), market.catalogue.price, sold)


def all_sales(market: Market) -> dict[str, Ints | Floats]:
    """Return the columns of all sales: those of the longest window and those from before."""
    parts = (market.sales, market.earlier_sales)
    names = ("creator", "product", "order", "at", "kind", "units", "net", "content")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    # The two number their orders apart.
    shift = int(market.sales.order.max(initial=ABSENT)) + 1
    later = np.concatenate([np.zeros(len(market.sales.at), dtype=np.bool_), market.earlier_sales.order >= 0])
    columns["order"] = columns["order"] + np.where(later, shift, 0)
    return {**columns, "kept": columns["net"]}


def _lines(market: Market) -> Lines:
    sales, posts = all_sales(market), market.past_posts
    kept = (sales["order"] >= 0) & (sales["units"] > 0)
    place = np.full(int(max(posts.name.max(initial=ABSENT), sales["content"].max(initial=ABSENT))) + 2, ABSENT, dtype=np.int64)
    place[posts.name] = np.arange(len(posts.name))
    kind = sales["kind"][kept]
    live = np.where(kind == LIVE, 1.0, np.where(kind == VIDEO, 0.0, np.nan))
    return Lines(
        *(sales[name][kept].astype(np.int64) for name in ("creator", "product")),
        place[sales["content"][kept].astype(np.int64)],
        sales["order"][kept].astype(np.int64),
        live,
    )


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
