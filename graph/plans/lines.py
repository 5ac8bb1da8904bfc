"""Sums of sales over order lines, and over what is known in sums alone.

They are folds over lists: a sum function within a tree would make the whole tree an aggregation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.dates import DAY
from graph.expressions import kept_share, kept_share_of_sums, net_sales
from graph.plans.sights import where
from graph.plans.visibility import Reach
from graph.plans.writer import Row

NET: Final = kept_share("sale")

LINE: Final = f"[coalesce(sale.gmvUsd, 0.0), {net_sales('sale')}, toInteger(round(sale.quantity * {NET})), 0]"

KEPT: Final = kept_share_of_sums("f")

SUM: Final = (
    f"[coalesce(f.gmvUsd, 0.0), coalesce(f.gmvUsd, 0.0) * {KEPT},"
    " coalesce(f.units, 0) - coalesce(f.refundedUnits, 0), coalesce(f.orders, 0)]"
)
GROSS, NETTED, UNITS, ORDERS = range(4)
"""Places in `LINE` and `SUM`; the orders of lines are counted by their ids."""

WITHIN: Final = "EXISTS {{ MATCH ({product})-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..8]->(within:Category) WHERE within.id = {id} }}"


@dataclass(frozen=True, slots=True)
class Lines:
    """Patterns that bring order lines, as `sale` and `product`, and sums, as `f`, `content` and `product`, for the node `{n}`.

    `window` and `category` bound both; a creator's own sight leaves their own alone.
    """

    sales: str
    sums: str = ""
    window: Any = None
    category: Any = None

    def parts(self, row: Row) -> str:
        """Return the list of what is summed."""
        listed = [f"COLLECT {{ {self._sales(row)} RETURN {LINE} AS item }}"]
        if self.sums:
            listed.append(f"COLLECT {{ {self._sums(row)} RETURN {SUM} AS item }}")
        return " + ".join(listed)

    def orders(self, row: Row) -> str:
        """Return the number of different orders among the lines."""
        return f"COUNT {{ {self._sales(row)} RETURN DISTINCT sale.orderId AS item }}"

    def _sales(self, row: Row) -> str:
        own = _own(row, "(sale)-[:CREDITED_TO]->")
        predicates = ["sale.status <> 'NO_SALE'", *self._bounds(row, "sale.at"), *own]
        return f"MATCH {self.sales.replace('{n}', row.node)} {where(predicates)}"

    def _sums(self, row: Row) -> str:
        predicates = [*self._bounds(row, "content.publishedAt"), *_own(row, "(content)<-[:PUBLISHED]-")]
        return f"MATCH {self.sums.replace('{n}', row.node)} {where(predicates)}"

    def _bounds(self, row: Row, at: str) -> list[str]:
        days = [] if self.window is None else [f"{at} > $asOf - {row.writer.bind(self.window)} * {DAY}", f"{at} <= $asOf"]
        if self.category is None:
            return days
        return [*days, WITHIN.format(product="product", id=row.writer.known("category", self.category, "Category"))]


def total(parts: str, each: str, start: str) -> str:
    """Return the fold of a list of parts."""
    return f"reduce(total = {start}, x IN {parts} | total + {each})"


def of_creator(window: Any, category: Any) -> Lines:
    """Return a creator's lines in a window and category."""
    return Lines(
        "({n})<-[:CREDITED_TO]-(sale:Sale)-[:OF]->(product:Product)",
        "({n})-[:PUBLISHED]->(content:Content)-[f:FEATURES]->(product:Product)",
        window,
        category,
    )


def net_sales_of_creator(row: Row, window: Any, category: Any) -> str:
    """Return the net GMV in US dollars of the row's creator, as an expression."""
    return total(of_creator(window, category).parts(row), f"x[{NETTED}]", "0.0")


def _own(row: Row, towards: str) -> list[str]:
    return [f"EXISTS {{ MATCH {towards}(seller:Creator) WHERE seller.id = $me }}"] if row.visibility.creators is Reach.OWN else []
