"""What does the creator sell, net of what came back?"""

from __future__ import annotations

from scoring.facts.arrays import Columns, Floats
from scoring.facts.events.sales import LIVE, VIDEO
from scoring.facts.rows import Spread
from scoring.facts.view import View


def selling(view: View) -> Columns:
    """Return orders of which at least a unit was kept, units kept and GMV; through videos and live streams apart.

    An order with lines in two categories counts in both, and once over everything.
    """
    sales, rows = view.market.sales, view.rows
    gross, net = rows.total(view.sales, sales.gross), rows.total(view.sales, sales.net)
    kinds = {"video": view.sales.where(sales.kind == VIDEO), "live": view.sales.where(sales.kind == LIVE)}
    return {
        "orders": _orders(view, view.sales),
        "units": rows.total(view.sales, sales.units),
        "gmv_usd": net,
        "gross_gmv_usd": gross,
        "refunded_gmv_usd": rows.total(view.sales, sales.gross - sales.net),
        "clicks": rows.total(view.features, view.market.features.clicks),
        "click_orders": _orders(view, view.sales.where(view.within(sales.posted))),
        **{f"{kind}_orders": _orders(view, sold) for kind, sold in kinds.items()},
        **{f"{kind}_gmv_usd": rows.total(sold, sales.net) for kind, sold in kinds.items()},
    }


def _orders(view: View, sold: Spread) -> Floats:
    """Return the number of distinct orders, a sum of orders as many as it says."""
    sales = view.market.sales
    kept = sold.where(sales.kept)
    lines, sums = kept.where(sales.order >= 0), kept.where(sales.order < 0)
    return view.rows.count(view.rows.distinct(lines, sales.order)) + view.rows.total(sums, sales.orders)
