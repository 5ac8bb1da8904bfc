"""What an earlier date's run would have known, made of what today's knows: nothing is read again.

Orders, posts and reports count by their own times, since a shop has an order from the day on which it is placed, whenever its export
was made. A content that only an order or a sample names is known from the first order through it on. What has no history stays as it
is today: followers, views, refunds. Plans count content without dates, so the creator's are taken as made evenly over time.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from scoring.facts import Market, Period
from scoring.facts.arrays import ABSENT, Bools, Floats
from scoring.facts.events.deals import Deals
from scoring.facts.events.posts import Features, Posts

T = TypeVar("T")


def rewound(market: Market, until: int) -> Market:
    """Return the market as of the day that begins at `until` (Unix seconds): no order, post or report from then on."""
    named = _named(market)
    posts, features = _content(market.posts, market.features, named, until)
    past_posts, past_features = _content(market.past_posts, market.past_features, named, until)
    return replace(
        market,
        period=Period(until, market.period.windows),
        posts=posts,
        features=features,
        past_posts=past_posts,
        past_features=past_features,
        sales=_rows(market.sales, market.sales.at < until),
        earlier_sales=_rows(market.earlier_sales, market.earlier_sales.at < until),
        deals=_deals(market.deals, _made(market, until)),
        mentions=_rows(market.mentions, market.mentions.at < until),
        reports={name: np.full(len(column), np.nan) for name, column in market.reports.items()},
        report_history=_rows(market.report_history, market.report_history.at <= until),
    )


def first_event(market: Market) -> int:
    """Return the time of the first order or post of the market; the end of its period where there is none."""
    firsts = [column.min() for column in (market.sales.at, market.earlier_sales.at, market.past_posts.at) if len(column)]
    return int(min(firsts, default=market.period.until))


def _rows(columns: T, kept: Bools) -> T:
    """Return the rows of a dataclass of columns that are kept."""
    return type(columns)(*(getattr(columns, field.name)[kept] for field in fields(columns)))  # pyright: ignore[reportArgumentType, reportCallIssue]


def _named(market: Market) -> Floats:
    """Return for each number of a content when the first order through it was placed; infinite where there is none."""
    numbers = [market.past_posts.name, market.posts.name, market.sales.content, market.earlier_sales.content]
    first = np.full(1 + max(int(column.max(initial=ABSENT)) for column in numbers) + 1, np.inf)
    for sales in (market.sales, market.earlier_sales):
        lines = (sales.content != ABSENT) & (sales.order >= ABSENT)
        np.minimum.at(first, sales.content[lines], sales.at[lines])
    return first


def _content(posts: Posts, features: Features, named: Floats, until: int) -> tuple[Posts, Features]:
    """Return the posts known by then, and what they feature. A selected one that no order names was named by a sample when it came out."""
    seen = np.where(posts.selected & np.isfinite(named[posts.name]), named[posts.name], posts.at)
    kept = np.maximum(seen, posts.at) < until
    place = np.where(kept, np.cumsum(kept) - 1, ABSENT)
    shown = _rows(features, place[features.post] != ABSENT)
    return _rows(posts, kept), replace(shown, post=place[shown.post])


def _made(market: Market, until: int) -> Floats:
    """Return the share of each creator's time in the market that had passed by then."""
    first, now = first_event(market), market.period.until
    began = np.maximum(first, np.nan_to_num(market.creators.joined, nan=first))
    return np.clip((until - began) / np.maximum(now - began, 1), 0.0, 1.0)


def _deals(deals: Deals, made: Floats) -> Deals:
    return replace(deals, content_count=deals.content_count * made[deals.creator])
