"""The content that a creator made for a sample; the application is named by the request's path alone.

A content's paid orders are of all products that it shows, and the shop's order lines may count the same orders.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item, Row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.endpoints.seller_search_sample_applications import sample_id
from graph.sources.partner_api.products import product_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared
from graph.sources.times import time_in_id

FORMATS: Final = {"VIDEO": "VIDEO", "LIVE": "LIVE"}


def _read(doc: Document) -> Iterator[Item]:
    contents: dict[str, int | None] = {}
    for item in doc.each("fulfillments", "contents", _fulfilment):
        yield item
        if isinstance(item, Row) and item.table == "contents":
            contents[item.values["id"]] = item.values.get("published_at") or item.values.get("time_in_id")
    times = [at for at in contents.values() if at is not None]
    if contents:
        yield doc.row("collaborations", _sum(doc, list(contents), min(times, default=None)), doc.data)


def _sum(doc: Document, contents: list[str], delivered_at: int | None) -> dict[str, object]:
    return {
        "id": sample_id(doc.ids["application_id"]),
        "content_ids": contents,
        "content_count": len(contents),
        "delivered_at": delivered_at,
    }


def _fulfilment(doc: Document, record: Record) -> Iterator[Item]:
    content, product = record.record("content"), record.record("product")
    content_id, product_id = content.required_id("id"), product.id("id")
    kind = content.choice("format", FORMATS)
    values = {
        "id": content_id,
        "kind": kind,
        "published_at": content.time("create_time"),
        "time_in_id": time_in_id(content_id, until=doc.owner.exported_at),
        "ended_at": content.time("live_end_time"),
        "views": content.count("view_count", wide=True),
        "likes": content.count("like_count", wide=True),
        "comments": content.count("comment_count", wide=True),
        "paid_orders": content.count("paid_order_count"),
        "selected": True,
        "title": content.text("description"),
        "url": content.text("page_link") or content.text("url"),
    }
    yield doc.row("contents", values, content)
    if product_id is not None:
        yield product_row(doc, product, product_id, {"image_url": product.text("main_image_url")})
        yield doc.row("features", {"content_id": content_id, "product_id": product_id}, content)


ENDPOINT: Final = Endpoint(
    slug="seller-search-sample-applications-fulfillments",
    path="/affiliate_seller/202409/sample_applications/{application_id}/fulfillments/search",
    tables=("contents", "products", "features", "collaborations"),
    fields=declared(
        """
        fulfillments(product(id main_image_url) content(id format url view_count like_count comment_count paid_order_count page_link
        description create_time live_end_time))
        """
    ),
    read=_read,
)
