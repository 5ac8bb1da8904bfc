"""What a response says of a product."""

from __future__ import annotations

from collections.abc import Mapping

from graph.rows import BrandRef, Row
from graph.sources.codes import currency_code
from graph.sources.partner_api.endpoint import Document
from graph.sources.partner_api.profiles import ordered
from graph.sources.partner_api.record import Record


def product_row(doc: Document, record: Record, product_id: str, more: Mapping[str, object], *, observed_at: int | None = None) -> Row:
    """Return a product's row; the owner is its seller unless `more` names a `brand_id`."""
    values = {"id": product_id, "brand_id": doc.owner.brand} | {k: v for k, v in more.items() if v is not None}
    return doc.row("products", values, record, observed_at=observed_at)


def prices(record: Record, *fields: str, low: str = "minimum_amount", high: str = "maximum_amount") -> dict[str, object]:
    """Return the price asked and its currency: the first of `fields` that has one."""
    for field in fields:
        part = record.record(field)
        least, most = part.amount(low), part.amount(high)
        ordered(part, least, most, ends=(low, high))
        if least is not None or most is not None:
            return {"price": most if least is None else least, "price_high": most, "currency": currency_code(part.values.get("currency"))}
    return {}


def named_shop(doc: Document, record: Record, name: str | None, *, region: str | None = None) -> tuple[BrandRef | None, list[Row]]:
    """Return a shop that is only named, and the row that makes it a brand; nothing where it has no name."""
    if name is None:
        return None, []
    ref = BrandRef(name=name, region=region or doc.owner.region)
    return ref, [doc.row("brands", {"id": ref, "name": name, "region": ref.region, "named_only": True}, record)]
