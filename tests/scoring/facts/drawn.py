"""Event tables small enough to draw: two creators, who post, sell and work with one brand in the week before the end."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from scoring.facts import EVENT_TABLES

DAY: Final = 86_400
END: Final = 20_000 * DAY
ROWS: Final[dict[str, list[dict[str, Any]]]] = {
    "creators": [{"id": "bob", "region": "GB", "follower_count": 2_000}, {"id": "ann", "region": "US", "joined_at": END - 10 * DAY}],
    "brands": [{"id": "acme"}],
    "categories": [{"id": "beauty"}, {"id": "lips", "parent_id": "beauty"}],
    "products": [{"id": "balm", "category_id": "lips", "brand_id": "acme"}, {"id": "mug"}],
    "contents": [
        {"id": "v", "creator_id": "ann", "published_at": END - DAY, "live": False, "views": 99, "engagements": 3, "live_seconds": 0},
        {"id": "l", "creator_id": "bob", "published_at": END - 2 * DAY, "live": True, "live_seconds": 5_400},
        {"id": "old", "creator_id": "ann", "published_at": END - 200 * DAY, "live": False, "views": 7},
    ],
    "features": [
        {"content_id": "v", "product_id": "balm", "clicks": 30},
        {"content_id": "l", "product_id": "balm", "orders": 6, "units": 8, "refunded_units": 4, "gmv_usd": 80.0},
        {"content_id": "old", "product_id": "mug", "clicks": 9},
    ],
    "sales": [
        {
            "order_id": "o",
            "product_id": "balm",
            "content_id": "v",
            "content_kind": "VIDEO",
            "quantity": 4,
            "refunded_quantity": 1,
            "gmv_usd": 40.0,
        },
        {"order_id": "o", "product_id": "mug", "content_id": "v", "content_kind": "VIDEO", "quantity": 1, "gmv_usd": 5.0},
        {
            "product_id": "mug",
            "quantity": 2,
            "gmv_usd": 10.0,
            "status": "REFUNDED",
            "earlier_status": "PLACED",
            "earlier_refunded_quantity": 1,
        },
        {"product_id": "mug", "quantity": 1, "gmv_usd": 7.0, "status": "NO_SALE"},
    ],
    "collaborations": [
        {
            "id": "k",
            "brand_id": "acme",
            "kind": "SAMPLE",
            "status": "DELIVERED",
            "offered_at": END - 30 * DAY,
            "sample_delivered_at": END - 20 * DAY,
        },
        {"id": "j", "brand_id": "acme", "kind": "TARGETED", "status": "OFFERED", "offered_at": END - 20 * DAY},
    ],
    "deliveries": [
        {"collaboration_id": "k", "published_at": END - 5 * DAY},
        {"collaboration_id": "k", "published_at": END - 6 * DAY},
    ],
    "promotions": [{"collaboration_id": "k", "product_id": "balm"}],
    "mentions": [
        {"creator_id": "ann", "mentioned_id": "bob", "published_at": END - DAY},
        {"creator_id": "ann", "mentioned_id": "ann", "published_at": END - DAY},
    ],
    "reports": [{"creator_id": "bob", "days": 30, "video_count": 4}],
    "report_history": [
        {"creator_id": "bob", "at": END, "days": 30, "video_count": 4, "rating": 4.5},
        {"creator_id": "bob", "at": END - 30 * DAY, "days": 30, "video_count": 9, "rating": 3.5},
    ],
}
"""What is left out is null, or as in `USUAL`."""

USUAL: Final[dict[str, dict[str, Any]]] = {
    "contents": {"selected": False},
    "sales": {"creator_id": "ann", "at": END - DAY, "status": "SETTLED", "refunded_quantity": 0},
    "collaborations": {"creator_id": "ann", "accepted": False},
}
TYPES: Final = {"text": pa.string(), "whole numbers": pa.int64(), "numbers": pa.float64(), "true or false": pa.bool_()}


def event_tables(rows: dict[str, list[dict[str, Any]]] = ROWS) -> dict[str, pa.Table]:
    """Return the rows as event tables with all declared columns."""
    return {declared.name: _table(declared, rows.get(declared.name, [])) for declared in EVENT_TABLES}


def _table(declared: Any, rows: list[dict[str, Any]]) -> pa.Table:
    schema = pa.schema([(column.name, TYPES[column.type]) for column in declared.columns])
    return pa.Table.from_pylist([USUAL.get(declared.name, {}) | row for row in rows], schema=schema)
