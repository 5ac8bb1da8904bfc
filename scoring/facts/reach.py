"""How many people see the content, and do they react?"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Columns, Floats, Ints
from scoring.facts.rows import Spread
from scoring.facts.view import View

MANTISSA: Final = 40
MOST: Final = (1 << MANTISSA) - 1
"""A group and its value share one integer, which sorts ten times as fast as two columns: room for a trillion views, 8 M groups."""


def reach(view: View) -> Columns:
    """Return sums over the posts whose views are known; engagements are NaN where no such post has any known."""
    posts, rows = view.market.posts, view.rows
    seen = view.posts.where(~np.isnan(posts.views))
    counted = seen.where(~np.isnan(posts.engagements))
    mean, variance = rows.moments(seen, np.log1p(posts.views))
    return {
        "views": rows.total(seen, posts.views),
        "engagements": np.where((rows.count(seen) > 0) & (rows.count(counted) == 0), np.nan, rows.total(counted, posts.engagements)),
        "viewed_posts": rows.count(seen),
        "log_views_mean": mean,
        "log_views_var": variance,
        "posts_above_median": _above_median(view, seen),
    }


def _above_median(view: View, seen: Spread) -> Floats:
    """Return how many posts have more views than the median post of peers: same region, category and follower tier."""
    peers = _peer_groups(view)[seen.target]
    views = view.market.posts.views[seen.event]
    above = views > _medians(peers, views)[peers]
    return np.bincount(seen.target, weights=above, minlength=len(view.rows)).astype(np.float64)


def _peer_groups(view: View) -> Ints:
    """Return a number for each row that it shares with its peers; not every number is taken."""
    people, rows = view.market.creators, view.rows
    _, region = np.unique(people.region, return_inverse=True)
    tiers = int(people.tier.max(initial=0)) + 2
    regions = int(region.max(initial=0)) + 1
    keys = (rows.category * regions + region[rows.creator]) * tiers + people.tier[rows.creator] + 1
    return keys.astype(np.int64)


def _medians(groups: Ints, values: Floats) -> Floats:
    """Return the median of each group's values; NaN for a group without any."""
    ordered = np.sort((groups << MANTISSA) | np.minimum(values, MOST).astype(np.int64)) & MOST
    count = np.bincount(groups, minlength=int(groups.max(initial=-1)) + 1)
    start = np.cumsum(count) - count
    low, high = start + (count - 1) // 2, start + count // 2
    medians: Floats = np.full(len(count), np.nan)
    some = count > 0
    medians[some] = (ordered[low[some]] + ordered[high[some]]) / 2
    return medians
