"""The products of a partner's campaign; each is as old as its own `data_update_time`.

The sums over all creators of a product name no creator, so they stay out of the graph; nor is it known which creator of the
campaign promotes which of its products.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.collaborations import programme_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.products import prices, product_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

STATUSES: Final = {f"PRODUCT_{name}": name for name in ("UNSPECIFIED", "PENDING", "APPROVED", "REJECTED", "PENDING_CLOSED", "CLOSED")}


def _read(doc: Document) -> Iterator[Item]:
    latest: list[int] = []
    for record in doc.data.records("campaign_product_statistics"):
        yield from doc.one(record, "products", lambda d, r: _product(d, r, latest))
    if doc.data.has("campaign_product_statistics"):
        values = {"programme_id": doc.ids["campaign_id"], "kind": "CAMPAIGN"}
        yield programme_row(doc, doc.data, values, observed_at=max(latest, default=None))


def _product(doc: Document, record: Record, latest: list[int]) -> Iterator[Item]:
    detail = record.record("campaign_product_detail")
    product_id, seen_at = detail.required_id("product_id"), record.time("data_update_time")
    detail.choice("product_status", STATUSES)
    more = {
        "title": detail.text("product_name"),
        "status": detail.text("product_status"),
        "stock": detail.count("product_stock_count"),
        "commission_rate": detail.hundredths("plan_commission_percent"),
        "image_url": next(iter(detail.record("product_thumbnail").texts("url_list")), None),
        **prices(detail, "product_price", low="min_price", high="max_price"),
    }
    yield product_row(doc, detail, product_id, more, observed_at=seen_at)
    latest.extend([seen_at] if seen_at else [])


ENDPOINT: Final = Endpoint(
    slug="get-affiliate-campaign-creator-fulfillment-status-list",
    path="/affiliate_partner/202501/campaigns/{campaign_id}/products/performance",
    tables=("products", "programmes"),
    fields=declared(
        """
        total_count campaign_product_statistics(data_update_time -creator_sales_num -collaborated_creators_num -promoted_creator_num
        -sample_requested_creator_num campaign_product_detail(product_id product_status product_name product_stock_count
        -total_commission_percent -creator_commission_percent -partner_commission_percent plan_commission_percent
        product_price(min_price max_price currency) product_thumbnail(-uri url_list) -indicator_data(paid_order_num actual_order_num
        estimated_amount actual_amount estimated_partner_commission actual_partner_commission creator_sales_num
        collaborated_creators_num promoted_creator_num sample_requested_creator_num))) next_page_token
        """
    ),
    read=_read,
)
