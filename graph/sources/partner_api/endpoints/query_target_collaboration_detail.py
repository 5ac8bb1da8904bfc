"""An invitation of a shop to chosen creators, with its products and creators.

A creator takes it up by adding a product to the showcase, and delivers by content that features one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.collaborations import collaboration_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.endpoints.search_target_collaborations import invitation
from graph.sources.partner_api.products import prices, product_row
from graph.sources.partner_api.profiles import creator_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

PARTS: Final = {"NORMAL": None, "DELETING": "CANCELLED", "DELETED": "CANCELLED"}
PRODUCT_STATUSES: Final = {name: name for name in ("LIVE", "OUT_OF_STOCK", "SELLER_DEACTIVATE", "PLATFORM_DEACTIVATE", "FREEZE", "DELETED")}


def _read(doc: Document) -> Iterator[Item]:
    detail = doc.data.record("target_collaboration")
    rates: set[float] = set()
    products: list[str] = []
    for product in detail.records("products"):
        yield from doc.one(product, "products", lambda d, r: _product(d, r, products, rates))
    more: dict[str, object] = {"product_ids": products, "commission_rate": rates.pop() if len(rates) == 1 else None}
    programme_id = doc.ids["target_collaboration_id"]
    yield from doc.one(detail, "programmes", lambda d, r: iter([invitation(d, r, programme_id, more)]))
    for creator in detail.records("creators"):
        yield from doc.one(creator, "collaborations", lambda d, r: _part(d, r, detail, more))


def _product(doc: Document, record: Record, products: list[str], rates: set[float]) -> Iterator[Item]:
    product_id = record.required_id("id")
    record.choice("status", PRODUCT_STATUSES)
    rate, part = record.record("commission").hundredths("rate"), record.choice("collaboration_status", PARTS)
    more = {
        "title": record.text("title"),
        "image_url": record.text("main_image_url"),
        "status": record.text("status"),
        **prices(record, "original_price"),
    }
    yield product_row(doc, record, product_id, more)
    if part is None:
        products.append(product_id)
        rates |= {rate} if rate is not None else set()


def _part(doc: Document, record: Record, detail: Record, more: dict[str, object]) -> Iterator[Item]:
    ref = doc.creator(record)
    values = more | {
        "programme_id": doc.ids["target_collaboration_id"],
        "name": detail.text("name"),
        "offered_at": detail.time("start_time"),
        "ends_at": detail.time("end_time"),
        "raw_status": record.text("collaboration_status"),
        "accepted": _taken_up(record) or None,
    }
    yield creator_row(doc, record, ref)
    yield collaboration_row(doc, record, ref, values | {"kind": "TARGETED", "status": _status(doc, record, detail.time("end_time"))})


def _status(doc: Document, record: Record, ends_at: int | None) -> str:
    part = record.choice("collaboration_status", PARTS)
    if record.count("content_product_count"):
        return "DELIVERED"
    if part is not None:
        return part
    if _taken_up(record):
        return "ACCEPTED"
    return "EXPIRED" if ends_at is not None and ends_at <= doc.owner.exported_at else "OFFERED"


def _taken_up(record: Record) -> bool:
    """Tell whether the creator took the invitation up, also where the shop has ended it since."""
    return bool(record.count("showcase_product_count") or record.count("content_product_count"))


ENDPOINT: Final = Endpoint(
    slug="query-target-collaboration-detail",
    path="/affiliate_seller/202508/target_collaborations/{target_collaboration_id}",
    tables=("products", "programmes", "creators", "collaborations"),
    fields=declared(
        """
        target_collaboration(id name -message -seller_contact_info(email) start_time end_time -update_time creator_invited_count
        -showcase_creator_count -content_creator_count -product_count -free_sample_rule(has_free_sample is_sample_approval_exempt)
        products(id main_image_url title original_price(currency minimum_amount maximum_amount) commission(rate -effective_time
        -currency -minimum_amount -maximum_amount -shop_ads_commission_rate) status -commission_effective_status
        collaboration_status) creators(username nickname avatar(url) selection_region showcase_product_count content_product_count
        collaboration_status -product_effective_status creator_open_id) type)
        """
    ),
    read=_read,
    repeats={"target_collaboration_id": "target_collaboration.id"},
)
