"""Facts of a few event rows: what is not given is empty, and creators, brands and products are those of the drawn market."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.facts import Period, market, table
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables

Rows = list[dict[str, Any]]
KEPT = ("creators", "brands", "categories", "products")


def known(*columns: str, creator: str = "ann", category: str = "*", window: int = 90, as_of: int = END, **rows: Rows) -> tuple[Any, ...]:
    """Return columns of one row of the facts of the given event rows."""
    tables = event_tables({name: ROWS[name] for name in KEPT} | rows)
    facts = table(market(tables, Period(as_of)))
    chosen = (facts["creator"] == creator) & (facts["category"] == category) & (facts["window"] == window)
    (place,) = np.flatnonzero(chosen)
    return tuple(facts[column][place].item() for column in columns)


def deal(name: str, status: str, **more: Any) -> dict[str, Any]:
    """Return an invitation by acme, offered 60 days before the end and over 20 days before it."""
    usual = {"brand_id": "acme", "kind": "TARGETED", "offered_at": END - 60 * DAY, "ends_at": END - 20 * DAY, "status_since": END}
    return {"id": name, "status": status, **usual, **more}


def sample(name: str, status: str, **more: Any) -> dict[str, Any]:
    """Return a sample of acme as a shop's export tells of it: without times but that of the export."""
    return {"id": name, "status": status, "brand_id": "acme", "kind": "SAMPLE", "status_since": END, **more}


def promoting(**products: str) -> Rows:
    """Return which deal promotes which product."""
    return [{"collaboration_id": name, "product_id": product} for name, product in products.items()]
