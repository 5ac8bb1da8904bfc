"""Samples for which creators applied at a shop; each is a collaboration of its own.

The responses hold no times of application, approval or delivery, so no time is known at which content is due: the deadlines
that they name are the seller's. The times at which a state was seen stand for when it came about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.collaborations import collaboration_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.products import product_row
from graph.sources.partner_api.profiles import consent, creator_row, exact_amounts, report_rows
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

# Whether an application is refused, or runs out, is up to the seller: neither says anything about the creator.
STATUSES: Final = {
    "PENDING": "OFFERED",
    **dict.fromkeys(("AWAITING_SHIPMENT", "SHIPPED", "CONTENT_PENDING"), "ACCEPTED"),
    **dict.fromkeys(("CONTENT_POSTED", "COMPLETED"), "DELIVERED"),
    **dict.fromkeys(("REJECTED", "DECLINED", "CANCELLED", "CANCELED", "WITHDRAWN", "EXPIRED"), "CANCELLED"),
}
APPROVED: Final = frozenset({"ACCEPTED", "DELIVERED"})
# What became of an approved sample is told by its content alone: an application is completed too where none came, or none as agreed.
FULFILMENTS: Final = {"PENDING": "ACCEPTED", "ONGOING": "ACCEPTED", "SUCCEED": "DELIVERED", "FAILED": "FAILED"}


def sample_id(application_id: str) -> str:
    """Return the id of the collaboration that an application becomes."""
    return f"sample:{application_id}"


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.each("sample_applications", "collaborations", _application)


def _application(doc: Document, record: Record) -> Iterator[Item]:
    application_id = record.required_id("id")
    creator = record.record("creator")
    ref = doc.creator(creator)
    product = record.record("product")
    product_id = product.id("id")
    yield creator_row(doc, creator, ref, {"avatar_url": creator.text("avatar_url"), "sales_consent": consent(creator, "gmv")})
    yield from report_rows(doc, creator, ref, _sums(creator))
    if product_id is not None:
        yield product_row(doc, product, product_id, {"title": product.text("title")})
    more = {
        "id": sample_id(application_id),
        "raw_status": _raw_status(record),
        "approval_due_at": record.time("approve_expiration_time"),
        "shipment_due_at": record.time("shipment_expiration_time"),
        "commission_rate": record.fraction("commission_rate"),
        "product_ids": [product_id] if product_id else None,
    }
    yield collaboration_row(doc, record, ref, more | {"kind": "SAMPLE", "status": _status(record)})


def _status(record: Record) -> str:
    """Return the newest state; an unknown one is taken as an application that waits."""
    fulfilled = record.choice("fulfillment_status", FULFILMENTS)
    applied = record.choice("status", STATUSES) or "OFFERED"
    return fulfilled if fulfilled and applied in APPROVED else applied


def _raw_status(record: Record) -> str | None:
    parts = [part for part in (record.text("status"), record.text("fulfillment_status")) if part]
    return " / ".join(parts) or None


def _sums(creator: Record) -> dict[str, object]:
    return {
        **exact_amounts(creator, {"gmv": "gmv"}),
        "content_count": creator.count("content_count"),
        "fulfilment_rate": creator.percent("fulfillment_percentage"),
        "median_video_views": creator.number("ec_video_view"),
    }


ENDPOINT: Final = Endpoint(
    slug="seller-search-sample-applications",
    path="/affiliate_seller/202508/sample_applications/search",
    tables=("creators", "reports", "products", "collaborations"),
    fields=declared(
        """
        next_page_token total_count sample_applications(id commission_rate status -order_id -available_quantity
        approve_expiration_time shipment_expiration_time -tracking_number fulfillment_status -is_approvable -disapprovable_reasons
        -partner_name creator(creator_open_id username nickname follower_count avatar_url gmv(amount currency) content_count
        fulfillment_percentage ec_video_view) product(id title -sku_id -sku_image_url -sku_name))
        """
    ),
    read=_read,
    pages="sample_applications",
)
