"""Orders as the three endpoints that search them give them: one row an order, with its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from graph.dates import DAY, iso_time
from graph.rows import ORDER_LINES, CreatorRef, Item, Reject, Row
from graph.sources.codes import currency_code
from graph.sources.faults import BadValue
from graph.sources.partner_api.collaborations import plan_of
from graph.sources.partner_api.endpoint import Document
from graph.sources.partner_api.order_parts import check_length, parts
from graph.sources.partner_api.products import named_shop, product_row
from graph.sources.partner_api.record import Record
from graph.sources.times import time_in_id

STATUSES: Final = {
    **dict.fromkeys(("ALL", "UNSPECIFIED", "ORDERED", "PENDING", "PROCESSING", "FROZEN"), "PLACED"),
    **dict.fromkeys(("COMPLETED", "SETTLED"), "SETTLED"),
    **dict.fromkeys(("REFUNDED", "DEDUCTED"), "REFUNDED"),
    **dict.fromkeys(("CANCELLED", "CANCELED", "INELIGIBLE"), "NO_SALE"),
}
CONTENT_KINDS: Final = {
    "VIDEO": "VIDEO",
    "LIVE": "LIVE",
    "PRE_LIVE": "LIVE",
    **dict.fromkeys(("SHOP", "PROMOTION_PAGE", "LINKSHARE"), "SHOWCASE"),
}
# The most exact first: a sale counts under the first of these that the creator takes part in.
PROGRAMMES: Final = ("target_collaboration_id", "campaign_id", "open_collaboration_id")


Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Order:
    """What the lines of an order share."""

    id: str
    at: int
    delivered_at: int | None
    status: str
    raw_status: str | None


def read_orders(doc: Document, *, commission: str = "commission_rate") -> Iterator[Item]:
    """Yield the orders of a document, and the products and contents that their lines name; `commission` is the creator's rate."""
    seen: set[object] = set()
    records = doc.data.records("orders")
    for order in parts(records) if doc.endpoint.in_parts else ([each] for each in records):
        yield from doc.one(order[0], "orders", lambda d, _, order=order: _order_items(d, order, commission, seen))


def _order_items(doc: Document, records: list[Record], commission: str, seen: set[object]) -> Iterator[Item]:
    """Yield an order with the lines of its records, what these name, and the rejects of lines."""
    check_length(records)
    lines: list[Line] = []
    rejects: list[Reject] = []
    orders = [(_order(doc, each), each) for each in records]
    for number, (order, sku) in enumerate(((order, sku) for order, each in orders for sku in each.records("skus")), start=1):
        try:
            line, named = _line(doc, order, number, sku, commission), list(_named(doc, sku, seen))
        except BadValue as fault:
            rejects.append(doc.reject(fault, sku, "orders"))
        else:
            lines.append(line)
            yield from named
    if lines:
        yield doc.row("orders", {"order_id": orders[0][0].id, "lines": lines}, records[0])
    elif not rejects:
        raise BadValue("", "an order has lines", "save the order with its skus", column=f"{records[0].path}skus")
    # Where no line is left, the first reject is that of the order.
    yield from (replace(reject, kind="" if number == 0 and not lines else ORDER_LINES) for number, reject in enumerate(rejects))


def _order(doc: Document, record: Record) -> Order:
    order_id, at = record.required_id("id"), record.time("create_time")
    column, exported_at = f"{record.path}create_time", doc.owner.exported_at
    if at is None:
        raise BadValue(record.values.get("create_time"), "an order has the time at which it was placed", "fill it in", column=column)
    if at > exported_at + DAY:
        rule = f"an order is placed at most a day after the export ({iso_time(exported_at)})"
        raise BadValue(at, rule, "correct it, or exported_at", column=column)
    status = record.choice("status", STATUSES) or "PLACED"
    return Order(order_id, at, record.time("delivery_time"), status, record.text("status"))


def _line(doc: Document, order: Order, number: int, sku: Record, commission: str) -> Line:
    price, currency = _price(sku)
    quantity = _quantity(sku)
    creator = _creator(doc, sku)
    if creator is None:
        sku.tally.add("order line without a creator", f"{sku.endpoint}: credited to the creator of its content, if that is known")
    kind, content = _content(sku)
    values: Line = {
        "id": f"{order.id}:{number}",
        "order_id": order.id,
        "at": order.at,
        "delivered_at": order.delivered_at,
        "status": order.status,
        "raw_status": order.raw_status,
        "quantity": quantity,
        "refunded_quantity": quantity if order.status == "REFUNDED" else _refunded(sku, quantity),
        "price": float(price),
        "gmv": float(price * quantity),
        "currency": currency,
        "commission_rate": sku.hundredths(commission),
        "content_kind": kind,
        "region": doc.owner.region,
        "product_id": sku.required_id("product_id"),
        "creator_id": creator,
        "content_id": content,
        "programme_id": _programmes(sku),
    }
    return {name: value for name, value in values.items() if value is not None and value != []}


def _programmes(sku: Record) -> list[str]:
    """Return the programmes under which a line may have been sold; an open plan goes by its product too."""
    named = {field: found for field in PROGRAMMES if (found := sku.id(field)) not in (None, "0")}
    by_product = [plan_of(sku.required_id("product_id"))] if "open_collaboration_id" in named else []
    return [*named.values(), *by_product]


def _price(sku: Record) -> tuple[Decimal, str]:
    part = sku.record("price")
    found = part.exact_amount("amount")
    if found is None:
        raise BadValue("", "an order line has a price", "fill in price.amount and price.currency", column=f"{part.path}amount")
    return found, currency_code(part.values.get("currency"))


def _quantity(sku: Record) -> int:
    found = sku.count("quantity")
    if found is None:
        raise BadValue("", "an order line has a quantity", "fill it in", column=f"{sku.path}quantity")
    return found


def _refunded(sku: Record, quantity: int) -> int:
    found = sku.count("refunded_quantity") or 0
    if found > quantity:
        rule = f"no more is refunded than was ordered (quantity {quantity})"
        raise BadValue(found, rule, "check both", column=f"{sku.path}refunded_quantity")
    return found


def _creator(doc: Document, sku: Record) -> CreatorRef | None:
    name = sku.handle("creator_username")
    return CreatorRef(handle=name, region=doc.owner.region) if name else doc.owner.creator


def _content(sku: Record) -> tuple[str | None, str | None]:
    """Return the kind of content that sold a line, and its id where it is a video or live stream."""
    kind, content = sku.choice("content_type", CONTENT_KINDS), sku.id("content_id")
    return kind, None if kind == "SHOWCASE" or content == "0" else content


def _named(doc: Document, sku: Record, seen: set[object]) -> Iterator[Row]:
    """Yield what a line says of its product and content, once a document."""
    product, title, shop = sku.required_id("product_id"), sku.text("product_name"), sku.text("shop_name")
    if _new(seen, ("product", product, title, shop)):
        brand, rows = named_shop(doc, sku, shop)
        yield from rows if _new(seen, ("shop", shop)) else ()
        yield product_row(doc, sku, product, {"title": title, "brand_id": brand})
    kind, content = _content(sku)
    creator = _creator(doc, sku)
    if content and kind and _new(seen, ("content", content, kind, creator)):
        at = time_in_id(content, until=doc.owner.exported_at)
        yield doc.row("contents", {"id": content, "kind": kind, "creator_id": creator, "time_in_id": at, "selected": True}, sku)
    if content and kind and _new(seen, ("features", content, product)):
        yield doc.row("features", {"content_id": content, "product_id": product}, sku)


def _new(seen: set[object], what: object) -> bool:
    new = what not in seen
    seen.add(what)
    return new
