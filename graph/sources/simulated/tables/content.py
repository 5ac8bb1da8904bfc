"""Posts, the products that they show, and the creators that they name, as tables."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.sources.simulated.chance import Floats, stream, sums
from graph.sources.simulated.tables.columns import chosen, maybe, numbers, rows
from graph.sources.simulated.words import POSTS, post_titles
from graph.sources.simulated.world import World


def contents_table(of: World) -> pa.Table:
    """Return videos and live streams."""
    posts = of.posts
    ids = numbers(posts.id)
    handle = chosen(of.people.handle, posts.creator)
    return rows(
        "contents",
        {
            "id": ids,
            "kind": chosen(["VIDEO", "LIVE"], posts.live.astype(np.int64)),
            "published_at": posts.at,
            "ended_at": maybe(np.minimum(posts.ended_at, of.period.end), posts.live),
            "duration_seconds": posts.seconds,
            "views": posts.views,
            "likes": posts.likes,
            "comments": posts.comments,
            "shares": posts.shares,
            "title": chosen(list(POSTS), post_titles(stream(of.seed, "titles"), len(posts))),
            "url": pc.binary_join_element_wise("https://video.example/@", handle, "/", ids, ""),
            "creator_id": chosen(of.people.id, posts.creator),
        },
    )


def features_table(of: World) -> pa.Table:
    """Return the products of each post; orders and money only where the brand gives no order lines."""
    slots, products, summed = of.slots, of.goods.products, of.summed
    return rows(
        "features",
        {
            "impressions": slots.impressions,
            "clicks": slots.clicks,
            **{name: maybe(values, summed) for name, values in slot_sums(of).items()},
            "currency": chosen([region.currency for region in of.regions], np.where(summed, products.region[slots.product], -1)),
            "seen_at": np.full(len(slots), of.period.end),
            "content_id": chosen(numbers(of.posts.id), slots.post),
            "product_id": chosen(numbers(products.id), slots.product),
        },
    )


def slot_sums(of: World) -> dict[str, Floats]:
    """Return orders, units, refunded units and GMV of each slot as known at the end; cancelled orders do not count."""
    lines = of.lines
    _, status, refunded = of.histories.known(of.period.end)
    counts = (status != 3).astype(np.float64)
    size = len(of.slots)
    return {
        "orders": sums(lines.slot, size, counts),
        "units": sums(lines.slot, size, counts * lines.quantity),
        "refunded_units": sums(lines.slot, size, counts * refunded),
        "gmv": np.round(sums(lines.slot, size, counts * lines.quantity * lines.price), 2),
    }


def mentions_table(of: World) -> pa.Table:
    """Return who is named in which post."""
    named = of.mentions
    return rows("mentions", {"content_id": chosen(numbers(of.posts.id), named.post), "creator_id": chosen(of.people.id, named.creator)})
