"""What the platform reports about creators in sum, consistent with the events of the same 30 days."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from graph.sources.simulated.aftermath import NO_SALE
from graph.sources.simulated.arrow import Column, Table, pa
from graph.sources.simulated.calendar import DAY
from graph.sources.simulated.catalogue import TREE
from graph.sources.simulated.chance import Flags, Floats, Ints, stream, sums
from graph.sources.simulated.tables.columns import chosen, lists, rows
from graph.sources.simulated.tables.people import roots
from graph.sources.simulated.world import World

DAYS: Final = 30
TIMES: Final = 3
EDGES: Final = (0.0, 100.0, 1_000.0, 10_000.0, np.inf)
"""Bounds of the ranges shown instead of GMV, in dollars; in other currencies rounded to two digits."""
UNIT_EDGES: Final = (0.0, 10.0, 100.0, 1_000.0, 10_000.0, np.inf)


def reports_table(of: World) -> Table:
    """Return the reports of all creators, 30 days apart, the last at the end."""
    count = max(1, min(TIMES, of.period.days // DAYS))
    return pa.concat_tables([report(of, of.period.end - back * DAYS * DAY) for back in reversed(range(count))])


def report(of: World, at: int) -> Table:
    """Return one report a creator who had joined by `at`; those who do not consent show ranges of money and units."""
    here = np.flatnonzero(of.people.joined_at < at)
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    columns: dict[str, Any] = {
        "at": np.full(len(of.people), at),
        "days": np.full(len(of.people), DAYS),
        "currency": chosen([region.currency for region in of.regions], of.people.region),
        **_money(of, at),
        **_content(of, at),
        **_work(of, at),
        **_mixes(of, at),
        "id": np.char.add(of.people.id, f":{day}"),
        "creator_id": of.people.id,
        "follower_count": of.people.followers,
    }
    return rows("reports", columns).take(pa.array(here))


def sold(of: World, at: int, *, days: int = DAYS) -> Flags:
    """Tell which lines were placed in the days before `at` and not known as cancelled then."""
    _, status, _ = of.histories.known(at)
    return (of.lines.at >= at - days * DAY) & (of.lines.at < at) & (status != NO_SALE)


def seen(of: World, at: int, *, days: int = DAYS) -> Flags:
    """Tell which posts were published in the days before `at`."""
    return (of.posts.at >= at - days * DAY) & (of.posts.at < at)


def _money(of: World, at: int) -> dict[str, Floats]:
    size, exact = len(of.people), of.people.consent
    lines, kept = of.lines, sold(of, at)
    post = of.slots.post[lines.slot]
    creator = of.posts.creator[post]
    gmv = lines.price * lines.quantity * kept
    video = sums(creator, size, gmv * ~of.posts.live[post])
    live = sums(creator, size, gmv * of.posts.live[post])
    shown = of.posts.views * (seen(of, at) & of.posts.shoppable)
    buyers = sums(creator, size, (kept & (lines.line == 1)).astype(np.float64))
    found = {
        "gmv": video + live,
        "video_gmv": video,
        "live_gmv": live,
        "gpm": _ratio((video + live) * 1_000, sums(of.posts.creator, size, shown.astype(np.float64))),
        "gmv_per_buyer": _ratio(video + live, buyers),
    }
    usd = np.array([region.usd for region in of.regions])[of.people.region]
    out: dict[str, Floats] = {}
    for name, values in found.items():
        low, high = ranges(values, usd)
        hidden = ~exact & np.isfinite(values)
        out |= {name: np.where(exact, np.round(values, 2), np.nan)}
        out |= {f"{name}_low": np.where(hidden, low, np.nan), f"{name}_high": np.where(hidden, high, np.nan)}
    return out | _units(of, creator, kept)


def _units(of: World, creator: Ints, kept: Flags) -> dict[str, Floats]:
    size, lines = len(of.people), of.lines
    units = sums(creator, size, (lines.quantity * kept).astype(np.float64))
    life = np.floor(sums(creator, size, lines.quantity.astype(np.float64)) * 2.5)
    place = np.searchsorted(UNIT_EDGES, life, side="right") - 1
    edges = np.where(np.isinf(UNIT_EDGES), np.nan, UNIT_EDGES)
    hidden = ~of.people.consent
    return {
        "units_sold": np.where(hidden, np.nan, units),
        "units_sold_low": np.where(hidden, edges[place], np.nan),
        "units_sold_high": np.where(hidden, edges[place + 1], np.nan),
    }


def ranges(values: Floats, usd: Floats) -> tuple[Floats, Floats]:
    """Return the lower and upper end of the range shown for amounts worth `usd` dollars a unit; the last is open."""
    edges = np.array(EDGES)
    local = np.divide(edges[None, :], usd[:, None])
    digits = 10.0 ** np.floor(np.log10(np.maximum(np.where(np.isfinite(local), local, 1.0), 1.0)) - 1)
    local = np.where(np.isfinite(local), np.round(local / digits) * digits, np.nan)
    place = np.clip((np.nan_to_num(values)[:, None] >= np.nan_to_num(local, nan=np.inf)).sum(axis=1) - 1, 0, len(EDGES) - 2)
    each = np.arange(len(values))
    return local[each, place], local[each, place + 1]


def _content(of: World, at: int) -> dict[str, Floats]:
    """Return counts and means of shoppable videos and live streams."""
    size, posts = len(of.people), of.posts
    out: dict[str, Floats] = {}
    for kind, live in (("video", False), ("live", True)):
        kept = seen(of, at) & posts.shoppable & (posts.live == live)
        number = sums(posts.creator[kept], size)
        total = {
            name: sums(posts.creator[kept], size, values[kept].astype(np.float64))
            for name, values in (("views", posts.views), ("likes", posts.likes), ("comments", posts.comments), ("shares", posts.shares))
        }
        out |= {f"{kind}_count": number}
        out |= {f"{kind}_{name}": np.round(_ratio(values, number), 2) for name, values in total.items()}
        engaged = total["likes"] + total["comments"] + total["shares"]
        out |= {f"{kind}_engagement_rate": np.round(_ratio(engaged, total["views"]), 4)}
    out["content_count"] = sums(posts.creator[seen(of, at)], size)
    out["median_video_views"] = median_views(of, seen(of, at) & posts.shoppable & ~posts.live)
    out["live_unique_viewers"] = np.round(out["live_views"] * 0.8, 2)
    return out


def median_views(of: World, kept: Flags) -> Floats:
    """Return the median views of each creator's posts kept, NaN for none."""
    chosen_posts = np.flatnonzero(kept)
    chosen_posts = chosen_posts[np.lexsort((of.posts.views[chosen_posts], of.posts.creator[chosen_posts]))]
    counts = np.bincount(of.posts.creator[chosen_posts], minlength=len(of.people))
    starts = np.cumsum(counts) - counts
    views = np.append(of.posts.views[chosen_posts].astype(np.float64), np.nan)
    last = len(views) - 1
    low = np.where(counts > 0, starts + (counts - 1) // 2, last)
    high = np.where(counts > 0, starts + counts // 2, last)
    return (views[low] + views[high]) / 2


def _work(of: World, at: int) -> dict[str, Floats]:
    """Return the share of due work delivered in 90 days, brands worked with, and products promoted."""
    size, made, plans = len(of.people), of.offers, of.open_plans
    due = (made.due_at >= at - 90 * DAY) & (made.due_at < at)
    done = due & (made.delivered_at < at)
    accepted = made.accepted & (made.answered_at < at)
    taken = plans.taken_at < at
    pairs = np.unique(
        np.concatenate([made.creator[accepted], plans.creator[taken]]) * len(of.goods.brands.id)
        + np.concatenate([made.brand[accepted], of.goods.products.brand[plans.product[taken]]])
    )
    return {
        "fulfilment_rate": np.round(_ratio(sums(made.creator[done], size), sums(made.creator[due], size)), 4),
        "brand_collaboration_count": sums(pairs // len(of.goods.brands.id), size),
        "promoted_product_count": of.choices.sizes.astype(np.float64),
        "rating": np.round(3.2 + 1.6 * stream(of.seed, "platform rating").random(size), 1),
    }


def _mixes(of: World, at: int) -> dict[str, Any]:
    """Return the shares of GMV by root category and by kind of content, for those who sold."""
    size, lines = len(of.people), of.lines
    kept = sold(of, at)
    slot = lines.slot[kept]
    post, gmv = of.slots.post[slot], (lines.price * lines.quantity)[kept]
    creator = of.posts.creator[post]
    by_root = creator * len(TREE) + of.goods.products.top[of.slots.product[slot]]
    by_kind = creator * 2 + of.posts.live[post]
    category_ids, category_shares = _mix(sums(by_root, size * len(TREE), gmv).reshape(size, -1), roots(of))
    content_kinds, content_shares = _mix(sums(by_kind, size * 2, gmv).reshape(size, -1), ["VIDEO", "LIVE"])
    return {
        "category_ids": category_ids,
        "category_shares": category_shares,
        "content_kinds": content_kinds,
        "content_shares": content_shares,
    }


def _mix(amounts: Floats, names: list[str]) -> tuple[Column, Column]:
    """Return the names and shares of what each creator (row) has any of."""
    total = amounts.sum(axis=1, keepdims=True)
    share = np.round(np.divide(amounts, total, out=np.zeros_like(amounts), where=total > 0), 4)
    counts = (share > 0).sum(axis=1)
    _, which = np.nonzero(share > 0)
    return lists(chosen(names, which), counts), lists(pa.array(share[share > 0]), counts)


def _ratio(above: Floats, below: Floats) -> Floats:
    """Return `above / below`, NaN where there is nothing below."""
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
