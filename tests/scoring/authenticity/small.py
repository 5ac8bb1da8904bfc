"""Markets of a few event rows for the detectors: products `balm` and `mug`, and creators by number."""

from __future__ import annotations

from typing import Any

from scoring.facts import Market, Period, market
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

Rows = list[dict[str, Any]]
OLD = END - 85 * DAY


def seen(creators: int, **rows: Rows) -> Market:
    """Return the market of creators `c00`, `c01` … with 1,000 followers each and the given event rows."""
    people = [{"id": name(n), "region": "US", "follower_count": 1_000} for n in range(creators)]
    kept = {each: ROWS[each] for each in ("brands", "categories", "products")}
    return market(event_tables({**kept, "creators": people, **rows}), Period(END))


def name(number: int) -> str:
    """Return a creator's id."""
    return f"c{number:02d}"


def line(creator: int, order: str, *, back: bool = False, at: int = OLD, content: str | None = None) -> dict[str, Any]:
    """Return an order line of one balm at $10, sent back or not."""
    return {
        "order_id": order,
        "creator_id": name(creator),
        "product_id": "balm",
        "content_id": content,
        "content_kind": "VIDEO" if content else None,
        "at": at,
        "quantity": 1,
        "gmv_usd": 10.0,
        "status": "REFUNDED" if back else "SETTLED",
        "refunded_quantity": int(back),
    }


def video(id_: str, creator: int, **more: Any) -> dict[str, Any]:
    """Return a video of the week before the end."""
    return {"id": id_, "creator_id": name(creator), "published_at": END - 7 * DAY, "live": False, "live_seconds": 0, **more}
