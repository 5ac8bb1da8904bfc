"""Campaigns that a partner arranged: how each product fares, and what each creator's content sold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np

from simulation.chance import Floats, Ints
from simulation.responses.book import Export
from simulation.responses.pages import Reply, paged
from simulation.responses.values import hundredths, picture, plain
from simulation.tables.work import programme_ids


def busiest_partner(export: Export) -> int:
    """Return the region whose partner's campaigns led to the most orders."""
    return max(range(len(export.book.world.regions)), key=lambda region: len(campaign_lines(export, region)))


def campaigns(export: Export, region: int) -> list[Ints]:
    """Return the offers of each campaign of a region's partner that had begun by the export."""
    world = export.book.world
    made = world.offers
    here = np.flatnonzero(made.partner & (world.goods.brands.region[made.brand] == region) & (made.offered_at < export.at))
    here = here[np.argsort(made.programme[here], kind="stable")]
    return [part for part in np.split(here, np.flatnonzero(np.diff(made.programme[here])) + 1) if len(part)]


def campaign_lines(export: Export, region: int) -> Ints:
    """Return the order lines that came of content for a partner's campaigns."""
    world = export.book.world
    arranged = world.offers.partner & (world.goods.brands.region[world.offers.brand] == region)
    offer = world.posts.collaboration[world.slots.post[world.lines.slot[export.lines]]]
    return export.lines[(offer >= 0) & arranged[offer]]


def campaign_products(export: Export, region: int) -> Iterator[Reply]:
    """Yield the replies of `get-affiliate-campaign-creator-fulfillment-status-list`."""
    ids = programme_ids(export.book.world)
    for rows in campaigns(export, region):
        products = np.unique(export.book.world.offers.product[rows]).tolist()
        path = {"campaign_id": str(ids[rows[0]])}
        yield from paged("campaign_product_statistics", [_product(export, rows, product) for product in products], path=path)


def campaign_contents(export: Export, region: int) -> Iterator[Reply]:
    """Yield the replies of `get-affiliate-campaign-creator-product-content-statistics` for delivered content."""
    world, ids = export.book.world, programme_ids(export.book.world)
    made = world.offers
    by_offer = {offer: post for post, offer in enumerate(world.posts.collaboration.tolist()) if offer >= 0}
    for rows in campaigns(export, region):
        for row in rows[made.delivered_at[rows] < export.at].tolist():
            path = {
                "campaign_id": str(ids[row]),
                "product_id": export.book.product_ids[int(made.product[row])],
                "creator_temp_id": str(7_000_000_000 + int(made.creator[row])),
            }
            yield Reply({"creator_content_statistics": [_content(export, by_offer[row])]}, path)


def _sold(export: Export, posts: Ints) -> tuple[int, Floats]:
    """Return how many orders came of some posts by the export, and the amounts of their lines."""
    world = export.book.world
    lines = np.flatnonzero(np.isin(world.slots.post[world.lines.slot], posts) & (world.lines.at < export.at))
    return len(np.unique(world.lines.order[lines])), world.lines.price[lines] * world.lines.quantity[lines]


def _product(export: Export, rows: Ints, product: int) -> dict[str, Any]:
    world = export.book.world
    made = world.offers
    own = rows[made.product[rows] == product]
    posts = np.flatnonzero(np.isin(world.posts.collaboration, own))
    orders, amounts = _sold(export, posts)
    done = int((made.delivered_at[own] < export.at).sum())
    counts = {
        "creator_sales_num": done,
        "collaborated_creators_num": len(own),
        "promoted_creator_num": done,
        "sample_requested_creator_num": 0,
    }
    return {
        "data_update_time": str(export.at * 1_000),
        **counts,
        "campaign_product_detail": _detail(export, product, float(made.commission[own[0]]))
        | {
            "indicator_data": {
                "paid_order_num": str(orders),
                "actual_order_num": str(orders),
                "estimated_amount": f"{amounts.sum():.2f}",
                "actual_amount": f"{amounts.sum():.2f}",
                "estimated_partner_commission": f"{amounts.sum() * 0.02:.2f}",
                "actual_partner_commission": f"{amounts.sum() * 0.02:.2f}",
                **{name: str(count) for name, count in counts.items()},
            }
        },
    }


def _detail(export: Export, product: int, rate: float) -> dict[str, Any]:
    world, product_id = export.book.world, export.book.product_ids[product]
    things = world.goods.products
    currency = world.regions[int(things.region[product])].currency
    return {
        "product_id": product_id,
        "product_status": "PRODUCT_APPROVED",
        "product_name": str(things.title[product]),
        "product_stock_count": str(100 + product % 900),
        "total_commission_percent": str(hundredths(rate + 0.02)),
        "creator_commission_percent": str(hundredths(rate)),
        "partner_commission_percent": "200",
        "plan_commission_percent": str(hundredths(float(things.commission[product]))),
        "product_price": {
            "min_price": plain(float(things.price[product]), currency),
            "max_price": plain(float(things.price_high[product]), currency),
            "currency": currency,
        },
        "product_thumbnail": {"uri": f"products/{product_id}", "url_list": [picture("products", product_id)]},
    }


def _content(export: Export, post: int) -> dict[str, Any]:
    posts, content = export.book.world.posts, export.book.post_ids[post]
    live = bool(posts.live[post])
    orders, amounts = _sold(export, np.array([post]))
    region = export.book.region_of(int(posts.creator[post]))
    address = f"https://www.tiktok.com/@{export.handle(int(posts.creator[post]))}/{'live' if live else 'video'}/{content}"
    return {
        "content_type": "LIVE_ROOM" if live else "VIDEO",
        "source_url": address,
        "linked_tiktok_video": address,
        "view_count": str(int(posts.views[post])),
        "like_count": str(int(posts.likes[post])),
        "comment_num": str(int(posts.comments[post])),
        "paid_order_num": str(orders),
        "paid_amount": plain(float(amounts.sum()), region.currency),
        "published_date": _date(int(posts.at[post])),
        **({"cover_img_url": picture("lives", content), "content_end_date": _date(int(posts.ended_at[post]))} if live else {}),
    }


def _date(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
