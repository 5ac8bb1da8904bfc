"""Sample applications and what creators made for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.calendar import DAY
from simulation.chance import Ints
from simulation.collaborations import SAMPLE
from simulation.parameters import PLATFORM_GRACE
from simulation.responses.book import Export
from simulation.responses.pages import Reply
from simulation.responses.values import picture, spelled_money
from simulation.words import POSTS


def applications(export: Export, brand: int) -> Ints:
    """Return the samples of a brand that a creator had asked for by the export."""
    made = export.book.world.offers
    return np.flatnonzero((made.brand == brand) & (made.kind == SAMPLE) & made.accepted & (made.answered_at < export.at))


def application_list(export: Export, brand: int) -> list[dict[str, Any]]:
    """Return the entries of `seller-search-sample-applications`: samples that were approved, or will be, then those that were not."""
    made = export.book.world.applications
    others = np.flatnonzero((made.brand == brand) & (made.applied_at < export.at))
    return [_application(export, int(row)) for row in applications(export, brand)] + [_unapproved(export, int(row)) for row in others]


def fulfilments(export: Export, brand: int) -> Iterator[Reply]:
    """Yield the replies of `seller-search-sample-applications-fulfillments` for samples with content."""
    posts = export.book.world.posts
    by_offer = {int(offer): post for post, offer in enumerate(posts.collaboration.tolist()) if offer >= 0}
    for row in applications(export, brand).tolist():
        if export.book.world.offers.delivered_at[row] < export.at:
            yield Reply({"fulfillments": [_fulfilment(export, row, by_offer[row])]}, {"application_id": application_id(row)})


def application_id(row: int) -> str:
    """Return the id of the application of an offer."""
    return str(5_500_000_000_001 + 13 * row)


def _status(export: Export, row: int) -> tuple[str, str]:
    """Return how far the parcel is, and how far the content."""
    made, at = export.book.world.offers, export.at
    over = made.due_at[row] + PLATFORM_GRACE * DAY
    if made.delivered_at[row] < min(at, over):
        return ("CONTENT_PENDING", "ONGOING") if made.delivered_at[row] >= at - DAY else ("COMPLETED", "SUCCEED")
    if made.sample_at[row] < at:
        return ("CONTENT_PENDING", "PENDING") if over >= at else ("COMPLETED", "FAILED")
    if made.approved_at[row] < at:
        return ("SHIPPED" if made.approved_at[row] < at - DAY else "AWAITING_SHIPMENT"), "PENDING"
    return "PENDING", "PENDING"


def _application(export: Export, row: int) -> dict[str, Any]:
    made = export.book.world.offers
    status, fulfilment = _status(export, row)
    return _entry(export, int(made.creator[row]), int(made.product[row])) | {
        "id": application_id(row),
        "commission_rate": f"{float(made.commission[row]):.4g}",
        "status": status,
        "order_id": "" if status == "PENDING" else str(575_000_000_000_000_000 + row),
        "available_quantity": 50 - row % 50,
        "approve_expiration_time": int(made.answered_at[row]) + 7 * DAY,
        "shipment_expiration_time": int(made.answered_at[row]) + 14 * DAY,
        "tracking_number": "" if status in ("PENDING", "AWAITING_SHIPMENT") else f"T{row:09d}",
        "fulfillment_status": fulfilment,
        "is_approvable": status == "PENDING",
    }


def _unapproved(export: Export, row: int) -> dict[str, Any]:
    """Return an application that waits, was declined or ran out."""
    made, products = export.book.world.applications, export.book.world.goods.products
    over = made.decided_at[row] < export.at
    status = ("REJECTED" if made.declined[row] else "EXPIRED") if over else "PENDING"
    return _entry(export, int(made.creator[row]), int(made.product[row])) | {
        "id": str(5_600_000_000_001 + 13 * row),
        "commission_rate": f"{float(products.commission[made.product[row]]):.4g}",
        "status": status,
        "order_id": "",
        "available_quantity": 50 - row % 50,
        "approve_expiration_time": int(made.due_at[row]),
        "shipment_expiration_time": 0,
        "tracking_number": "",
        "fulfillment_status": "PENDING",
        "is_approvable": not over,
    }


def _entry(export: Export, creator: int, product: int) -> dict[str, Any]:
    """Return what an application says of who asks, and for what."""
    product_id = export.book.product_ids[product]
    return {
        "disapprovable_reasons": [],
        "partner_name": "",
        "creator": _creator(export, creator),
        "product": {
            "id": product_id,
            "title": str(export.book.world.goods.products.title[product]),
            "sku_id": f"{product_id}5",
            "sku_image_url": picture("products", product_id),
            "sku_name": "Default",
        },
    }


def _creator(export: Export, creator: int) -> dict[str, Any]:
    """Return the applicant with sums of the last 30 days, each `""` where the creator does not share them."""
    people, name = export.book.world.people, export.handle(creator)
    sums = export.reports.get(str(people.id[creator]), {})
    shared = bool(people.consent[creator])
    fulfilled = sums.get("fulfilment_rate")
    return {
        "creator_open_id": export.book.open_id(creator),
        "username": name,
        "nickname": name.replace(".", " ").title(),
        "follower_count": export.followers(creator),
        "avatar_url": picture("creators", name),
        "gmv": spelled_money(sums["gmv"], export.book.region_of(creator)) if shared and sums else "",
        "content_count": sums.get("content_count", 0) if shared else "",
        "fulfillment_percentage": f"{fulfilled * 100:.2f}{'%' * (creator % 2)}" if shared and fulfilled is not None else "",
        "ec_video_view": int(sums["median_video_views"]) if shared and sums.get("median_video_views") is not None else "",
    }


def _fulfilment(export: Export, row: int, post: int) -> dict[str, Any]:
    world = export.book.world
    posts, product = world.posts, export.book.product_ids[int(world.offers.product[row])]
    content, live = export.book.post_ids[post], bool(posts.live[post])
    address = f"https://www.tiktok.com/@{export.handle(int(posts.creator[post]))}/{'live' if live else 'video'}/{content}"
    entry = {
        "id": content,
        "format": "LIVE" if live else "VIDEO",
        "url": address,
        "view_count": int(posts.views[post]),
        "like_count": int(posts.likes[post]),
        "comment_count": int(posts.comments[post]),
        "paid_order_count": int(export.orders_by_post[post]),
        "page_link": address,
        "description": POSTS[row % len(POSTS)],
        "create_time": int(posts.at[post]),
        "live_end_time": int(posts.ended_at[post]) if live else 0,
    }
    return {"product": {"id": product, "main_image_url": picture("products", product)}, "content": entry}
