"""The products in a creator's showcase, and the collaborations that put them there; the creator is the owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.collaborations import collaboration_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.products import named_shop, prices, product_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

KINDS: Final = {
    **dict.fromkeys(("OPEN", "OPEN_COLLABORATION", "1", "AFFILIATE_PROMOTION", "13"), "OPEN"),
    **dict.fromkeys(("TARGET", "TARGETED", "TARGET_COLLABORATION", "2"), "TARGETED"),
    **dict.fromkeys(("FLAT_FEE", "11", "COLLABORATION_PLUS", "12"), "TARGETED"),
    **dict.fromkeys(("CAMPAIGN", "PARTNER_CAMPAIGN", "5"), "CAMPAIGN"),
}
ADDED: Final = {"ADDED": "ACCEPTED", "NOT_ADDED": "OFFERED", "REJECTED": "CANCELLED"}
REVIEWS: Final = {name: name for name in ("APPROVED", "CHANGES_UNDER_REVIEW", "UNAVAILABLE", "ZERO_COMMISSION")}


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.each("products", "products", _product)


def _product(doc: Document, record: Record) -> Iterator[Item]:
    product_id, status = record.required_id("id"), record.record("status")
    region = _region(doc, record)
    brand, rows = named_shop(doc, record, record.record("shop").text("name"), region=region)
    status.choice("review_status", REVIEWS)
    offer = record.record("collaboration")
    kind, rate = offer.choice("type", KINDS), record.record("commission").hundredths("rate")
    more = {
        "title": record.text("title"),
        "brand_id": brand,
        "region": region,
        "status": status.text("review_status"),
        "commission_rate": rate if kind == "OPEN" else None,
        "image_url": next((url for image in record.records("main_images") if (url := image.text("url"))), None),
        "url": record.text("detail_link") or record.text("third_party_link"),
        **prices(record.record("price"), "platform_discount_price", "seller_discount_price", "original_price"),
    }
    yield from rows
    yield product_row(doc, record, product_id, more)
    if kind is not None and offer.has("id"):
        yield from _collaboration(doc, record, kind, {"brand_id": brand, "commission_rate": rate})


def _region(doc: Document, record: Record) -> str:
    """Return where a product is sold: the owner's region if it is among its own, else the first of those."""
    regions = record.regions("sale_regions")
    return doc.owner.region if doc.owner.region in regions or not regions else regions[0]


def _collaboration(doc: Document, record: Record, kind: str, more: dict[str, object]) -> Iterator[Item]:
    offer, status = record.record("collaboration"), record.record("status")
    partner = offer.record("partner")
    creator = doc.owner.creator
    if creator is None:
        return
    if (partner_id := partner.id("id")) is not None:
        yield doc.row("partners", {"id": partner_id, "name": partner.text("name")}, partner)
    product_id = record.required_id("id")
    values = more | {
        "product_ids": [product_id],
        "programme_id": offer.required_id("id"),
        "partner_id": partner_id,
        "raw_status": status.text("added_status"),
    }
    state = status.choice("added_status", ADDED) or "ACCEPTED"
    yield collaboration_row(doc, offer, creator, values | {"kind": kind, "status": state}, part=product_id)


ENDPOINT: Final = Endpoint(
    slug="get-showcase-products",
    path="/affiliate_creator/202405/showcases/products",
    tables=("brands", "products", "partners", "collaborations"),
    fields=declared(
        """
        products(id shop(name) -addition(customized_main_images(width heigth url)) price(original_price(minimum_amount
        maximum_amount currency) seller_discount_price(minimum_amount maximum_amount currency)
        platform_discount_price(minimum_amount maximum_amount currency)) title main_images(-width -heigth url)
        status(-inventory_status review_status -is_hidden added_status) -source detail_link third_party_link sale_regions
        commission(rate -reward_rate) collaboration(id type partner(id name))) next_page_token total_count
        """
    ),
    read=_read,
    pages="products",
    owners=("creator",),
)
