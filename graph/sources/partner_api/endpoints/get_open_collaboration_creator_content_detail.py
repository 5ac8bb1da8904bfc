"""Who promotes a product of an open plan, and how much each has posted for it in all.

The response names no plan: the request may (`open_collaboration_id`), else the plan goes by its product. When a creator began is
not told: between the last export of the plan without the creator and the first with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, cast

from graph.rows import Item
from graph.sources.partner_api.collaborations import collaboration_row, plan_of
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.products import product_row
from graph.sources.partner_api.profiles import creator_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

STATUSES: Final = {"NORMAL": None, "TERMINATING": "CANCELLED"}


def _read(doc: Document) -> Iterator[Item]:
    product = doc.data.record("product")
    yield from doc.one(product, "products", _product)
    yield from doc.each("creator_content_details", "collaborations", _promotion)


def _product(doc: Document, record: Record) -> Iterator[Item]:
    yield product_row(doc, record, record.required_id("id"), {"image_url": record.text("image_url")})


def _promotion(doc: Document, record: Record) -> Iterator[Item]:
    profile = record.record("creator_profile")
    ref, product_id = doc.creator(profile), doc.data.record("product").required_id("id")
    posts = [count for field in ("video_count", "live_count") if (count := record.count(field)) is not None]
    ended = record.choice("promotion_status", STATUSES)
    more = {
        "programme_id": _plan(doc) or plan_of(product_id),
        "raw_status": record.text("promotion_status"),
        "ends_at": record.time("promotion_end_time"),
        "content_count": sum(posts) if posts else None,
        "product_ids": [product_id],
    }
    yield creator_row(doc, profile, ref)
    status = "DELIVERED" if sum(posts) else ended or "ACCEPTED"
    yield collaboration_row(doc, record, ref, more | {"kind": "OPEN", "status": status, "accepted": True})


def _plan(doc: Document) -> str | None:
    parts = [doc.request.get(part) for part in ("path", "query", "body")]
    values = {k: v for part in parts if isinstance(part, dict) for k, v in cast("dict[str, Any]", part).items()}
    return Record(values, "request.", doc.data.tally, endpoint=doc.endpoint.slug).id("open_collaboration_id")


ENDPOINT: Final = Endpoint(
    slug="get-open-collaboration-creator-content-detail",
    path="/affiliate_seller/202508/open_collaborations/creator_content_details",
    tables=("products", "creators", "collaborations"),
    fields=declared(
        """
        next_page_token total_count creator_content_details(creator_profile(username nickname follower_count avatar(url)
        creator_open_id) video_count live_count promotion_status promotion_end_time) product(id image_url)
        """
    ),
    read=_read,
)
