"""One creator's events, few enough to count: reports carry ids, as the graph gives them."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from scoring.facts import Columns, Period, market, table
from scoring.solved import solved
from tests.scoring.facts.drawn import DAY, END, event_tables
from tests.scoring.facts.small import deal, promoting, sample

ANN: Final = {"id": "ann", "region": "US", "follower_count": 5_000, "first_seen_at": END - 170 * DAY}
GOODS: Final = [
    {"id": "balm", "category_id": "lips", "brand_id": "acme", "price_usd": 10.0},
    {"id": "mug", "brand_id": "bolt", "price_usd": 20.0},
]


def post(name: str, days: int, **more: Any) -> dict[str, Any]:
    """Return a video of so many days before the end."""
    return {"id": name, "creator_id": "ann", "published_at": END - days * DAY, "live": False, "live_seconds": 0, **more}


def line(product: str, content: str, days: int) -> dict[str, Any]:
    """Return an order line of one unit."""
    more = {"product_id": product, "content_id": content, "content_kind": "VIDEO", "quantity": 1, "gmv_usd": 10.0}
    return {"order_id": f"{product}-{days}", "at": END - days * DAY + 60, **more}


ROWS: Final[dict[str, list[dict[str, Any]]]] = {
    "creators": [ANN],
    "brands": [{"id": "acme"}, {"id": "bolt"}],
    "categories": [{"id": "beauty"}, {"id": "lips", "parent_id": "beauty"}],
    "products": GOODS,
    "contents": [post(f"v{days}", days, views=100 + days, engagements=9) for days in range(5, 80, 5)],
    "features": [{"content_id": f"v{days}", "product_id": "balm" if days % 2 else "mug"} for days in range(5, 80, 5)],
    "sales": [line("balm" if days % 2 else "mug", f"v{days}", days) for days in range(5, 40, 5)],
    "collaborations": [
        sample("kept", "DELIVERED", offered_at=END - 60 * DAY, due_at=END - 30 * DAY, accepted=True),
        deal("broken", "ACCEPTED", accepted=True, due_at=END - 25 * DAY),
        deal("unheard", "EXPIRED"),
    ],
    "promotions": promoting(kept="balm", broken="mug", unheard="mug"),
    "reports": [{"creator_id": "ann", "days": 30, "gpm_usd": 8.0}, {"creator_id": "ann", "days": 30, "gpm_usd": 2.0}],
    "report_history": [
        {"creator_id": "ann", "at": END - DAY, "days": 30, "content_count": 9, "video_count": 4, "video_views": 50.0, "rating": 4.5},
        {"creator_id": "ann", "at": END - 40 * DAY, "days": 30, "content_count": 8, "video_count": 2, "video_views": 70.0, "rating": 3.5},
    ],
}
NAMES: Final = {"reports": ["late", "early"], "report_history": ["late", "early"]}


def tables_of(rows: dict[str, list[dict[str, Any]]] = ROWS) -> dict[str, pa.Table]:
    """Return the tables with the reports' ids."""
    found = event_tables(rows)
    for name, ids in NAMES.items():
        found[name] = found[name].append_column("id", pa.array(ids[: found[name].num_rows], pa.string()))
    return found


def facts_of(tables: dict[str, pa.Table], period: Period) -> Columns:
    """Return all facts of the one creator; only the first row of `reports` is the latest."""
    own = market({**tables, "reports": tables["reports"].slice(0, 1)}, period)
    return solved(own, table(own)).facts


def row_of(facts: Columns, window: int = 90, category: str = "*") -> Columns:
    """Return one row."""
    chosen = (facts["window"] == window) & (facts["category"] == category)
    return {name: column[chosen] for name, column in facts.items()}
