"""The open plans of a shop: for each, the product that any creator may promote, and its commission.

Since when a commission holds says nothing of when a creator took the plan up, so it is no offer to anyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.collaborations import plan_of, programme_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.products import prices, product_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

STATUSES: Final = {name: name for name in ("NORMAL", "TERMINATING")}


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.each("open_collaborations", "programmes", _plan)


def _plan(doc: Document, record: Record) -> Iterator[Item]:
    commission, product = record.record("current_commission"), record.record("product")
    product_id, rate = product.id("id"), commission.hundredths("rate")
    record.choice("status", STATUSES)
    if product_id is not None:
        more = {
            "title": product.text("title"),
            "image_url": product.text("main_image_url"),
            "status": product.text("status"),
            "stock": product.count("inventory"),
            "commission_rate": rate,
            **prices(product, "original_price"),
        }
        yield product_row(doc, product, product_id, more)
    values = {
        "kind": "OPEN",
        "raw_status": record.text("status"),
        "starts_at": commission.time("start_time"),
        "ends_at": commission.time("end_time"),
        "commission_rate": rate,
        "product_ids": [product_id] if product_id else None,
    }
    names = [record.required_id("id"), *([plan_of(product_id)] if product_id else [])]
    yield from (programme_row(doc, record, values | {"programme_id": name}) for name in names)


ENDPOINT: Final = Endpoint(
    slug="search-open-collaboration",
    path="/affiliate_seller/202412/open_collaborations/search",
    tables=("products", "programmes"),
    fields=declared(
        """
        next_page_token total_count open_collaborations(id status current_commission(rate start_time end_time)
        -showcase_creator_count -content_creator_count product(id title main_image_url status inventory original_price(currency
        minimum_amount maximum_amount)))
        """
    ),
    read=_read,
    pages="open_collaborations",
)
