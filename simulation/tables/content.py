"""Posts, the products that they show, and the creators that they name, as tables."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.aftermath import NO_SALE
from simulation.arrow import Table, pc
from simulation.calendar import DAY
from simulation.chance import Floats, Ints, stream, sums
from simulation.tables.columns import chosen, maybe, numbers, rows
from simulation.words import POSTS, post_titles
from simulation.world import World

SUMMED_AFTER: Final = 60 * DAY


def contents_table(of: World) -> Table:
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


def features_table(of: World) -> Table:
    """Return the products of each post; orders and money only where the brand gives no order lines."""
    slots, products, summed = of.slots, of.goods.products, of.summed
    until = known_until(of)
    return rows(
        "features",
        {
            "impressions": slots.impressions,
            "clicks": slots.clicks,
            **{name: maybe(values, summed) for name, values in slot_sums(of, until).items()},
            "currency": chosen([region.currency for region in of.regions], np.where(summed, products.region[slots.product], -1)),
            "seen_at": maybe(until, summed),
            "content_id": chosen(numbers(of.posts.id), slots.post),
            "product_id": chosen(numbers(products.id), slots.product),
        },
    )


def known_until(of: World) -> Ints:
    """Return when the sums of each slot were read: two months after the post, or at the end if that is sooner."""
    return np.minimum(of.posts.at[of.slots.post] + SUMMED_AFTER, of.period.end)


def slot_sums(of: World, until: Ints) -> dict[str, Floats]:
    """Return orders, units, refunded units and GMV of each slot as known at its time; cancelled orders do not count."""
    lines = of.lines
    _, status, refunded = of.histories.known(until[lines.slot])
    counts = ((status != NO_SALE) & (lines.at < until[lines.slot])).astype(np.float64)
    size = len(of.slots)
    return {
        "orders": sums(lines.slot, size, counts),
        "units": sums(lines.slot, size, counts * lines.quantity),
        "refunded_units": sums(lines.slot, size, counts * refunded),
        "gmv": np.round(sums(lines.slot, size, counts * lines.quantity * lines.price), 2),
    }


def mentions_table(of: World) -> Table:
    """Return who is named in which post."""
    named = of.mentions
    return rows("mentions", {"content_id": chosen(numbers(of.posts.id), named.post), "creator_id": chosen(of.people.id, named.creator)})
