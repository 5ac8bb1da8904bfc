"""Small folders of saved responses, written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graph.rows import Item, Note, Reject, Row
from graph.sources import Options, read

EXPORTED_AT = 1_760_000_000
ORDERS = "search-seller-affiliate-orders"


def owner(folder: Path, *, kind: str = "shop", region: str = "US", exported_at: object = EXPORTED_AT, **values: object) -> Path:
    """Write an owner file; return its folder."""
    ids: dict[str, dict[str, object]] = {
        "shop": {"shop_id": "s1", "shop_name": "Shop"},
        "creator": {"creator_open_id": "open1", "username": "@Ann"},
        "partner": {"partner_id": "p1", "partner_name": "Agency"},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kind}.json").write_text(json.dumps(ids[kind] | {"region": region, "exported_at": exported_at} | values))
    return folder


def sku(**values: object) -> dict[str, Any]:
    """A sound order line with other values."""
    price = {"amount": "10.00", "currency": "USD"}
    return {"creator_username": "ann", "price": price, "quantity": 2, "product_id": "p1", "content_type": "SHOP"} | values


def order(order_id: str = "o1", *skus: dict[str, Any], **values: object) -> dict[str, Any]:
    """A sound order with other values."""
    return {"id": order_id, "create_time": 1_750_000_000, "status": "COMPLETED", "skus": list(skus) or [sku()]} | values


def response(**data: Any) -> dict[str, Any]:
    """A successful response."""
    return {"code": 0, "message": "Success", "data": data}


def orders(*given: dict[str, Any]) -> dict[str, Any]:
    """A response of orders."""
    return response(orders=list(given))


def envelope(document: dict[str, Any], **ids: object) -> dict[str, Any]:
    """A response with the ids of its request's path."""
    return {"request": {"path": ids, "query": {}, "body": {}}, "response": document}


def items(folder: Path, *documents: tuple[str, Any], options: Options | None = None) -> list[Item]:
    """Save documents by name (bytes as they are) and read the folder."""
    for name, document in documents:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    return list(read(folder, options=options))


def rows(found: list[Item], table: str) -> list[dict[str, Any]]:
    """The values of a table's rows."""
    return [item.values for item in found if isinstance(item, Row) and item.table == table]


def lines(found: list[Item]) -> list[dict[str, Any]]:
    """The lines of all orders."""
    return [line for order_ in rows(found, "orders") for line in order_["lines"]]


def rejects(found: list[Item]) -> list[Reject]:
    """The rejects."""
    return [item for item in found if isinstance(item, Reject)]


def notes(found: list[Item]) -> list[tuple[str, str]]:
    """Kind and subject of each note."""
    return [(item.kind, item.subject) for item in found if isinstance(item, Note)]
