"""How much does the creator produce, and how much of it can be shopped?"""

from __future__ import annotations

import numpy as np

from scoring.facts.arrays import Columns
from scoring.facts.view import View


def production(view: View) -> Columns:
    """Return numbers of posts, live hours, days and products; a live stream of unknown length adds no hours."""
    posts, rows = view.market.posts, view.rows
    shoppable = np.zeros(len(posts.at), dtype=np.bool_)
    shoppable[view.market.features.post] = True
    selling = view.posts.where(shoppable)
    counted = view.deals.where(view.market.deals.plan & ~np.isnan(view.market.deals.content_count))
    return {
        "posts": rows.count(view.posts),
        "videos": rows.count(view.posts.where(~posts.live)),
        "lives": rows.count(view.posts.where(posts.live)),
        "live_hours": rows.total(view.posts, posts.hours),
        "selected_posts": rows.count(view.posts.where(posts.selected)),
        "plan_posts": rows.total(counted, view.market.deals.content_count),
        "counted_plans": rows.count(counted),
        "shoppable_posts": rows.count(selling),
        "shoppable_days": rows.count(rows.distinct(selling, posts.day)),
        "distinct_products": rows.count(rows.distinct(view.features, view.market.features.product)),
        "shoppable_live_hours": rows.total(selling, posts.hours),
        "video_posts": rows.count(selling.where(~posts.live)),
        "live_posts": rows.count(selling.where(posts.live)),
        "shoppable_views": rows.total(selling, posts.views),
        "video_views": rows.total(selling.where(~posts.live), posts.views),
        "live_views": rows.total(selling.where(posts.live), posts.views),
    }
