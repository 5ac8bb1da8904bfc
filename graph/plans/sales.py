"""Sales: exact for those who may see them, published ranges for the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.plans.filters import fact_index
from graph.plans.parts import Part
from graph.plans.ranges import COUNT_BOUNDS, USD_BOUNDS, range_of
from graph.plans.relations import lines
from graph.plans.scores import scorecard
from graph.plans.selection import Pick
from graph.plans.sight import Reach
from graph.plans.sights import exact, party, tied_product, where
from graph.plans.writer import Row, quoted

FACTS: Final = {
    "gmvUsd": "gmv_usd",
    "grossGmvUsd": "gross_gmv_usd",
    "refundedGmvUsd": "refunded_gmv_usd",
    "orders": "orders",
    "units": "units",
}
"""Sums of a window by their names among a scorecard's facts."""

RANGES: Final = {"gmvRange": ("gmvUsd", USD_BOUNDS), "ordersRange": ("orders", COUNT_BOUNDS), "unitsRange": ("units", COUNT_BOUNDS)}
COUNTS: Final = ("orders", "units")


@dataclass(frozen=True, slots=True)
class CreatorSales:
    """A creator's sales in a window and category, as of the current scoring run."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the sums; null where the creator has no scorecard there."""
        card = scorecard(row, pick)
        shown = _shown(pick, lambda name: self._fact(card, name, row), exact(row.node, row.sight))
        return Part(f"CASE WHEN {card} IS NULL THEN null ELSE {shown} END")

    def _fact(self, card: str, name: str, row: Row) -> str:
        place = f"{card}.facts[{row.writer.bind(FACTS[name], fact_index)}]"
        shown = f"toInteger({place})" if name in COUNTS else place
        return f"CASE WHEN isNaN({place}) THEN null ELSE {shown} END"


NET: Final = (
    "CASE WHEN sale.status = 'REFUNDED' OR sale.quantity = 0 THEN 0.0"
    " ELSE toFloat(sale.quantity - coalesce(sale.refundedQuantity, 0)) / sale.quantity END"
)
"""The share of an order line that was not refunded."""

SUMS: Final = (
    f"WITH sum(sale.gmvUsd * {NET}) AS net, sum(sale.gmvUsd) AS gross,"
    f" count(DISTINCT sale.orderId) AS orders, sum(toInteger(round(sale.quantity * {NET}))) AS units"
)


@dataclass(frozen=True, slots=True)
class LineSales:
    """Sales summed from order lines, and from `sums` where only sums are known.

    `lines` brings each line as `sale`; `seen` are the predicates under which lines may be summed at all, `exactly`
    the expression that tells whether the sums may be shown as they are.
    """

    lines: str
    sums: str
    seen: Callable[[Row], list[str]]
    exactly: Callable[[Row], str]

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the sums over all time, as they are known now."""
        summed = row.writer.variable("line")
        clauses = [
            f"MATCH {self.lines.replace('{n}', row.node)}",
            where(["sale.status <> 'NO_SALE'", *self._mine(row)]),
            SUMS,
            *self._with_sums(row),
            f"RETURN {{gmvUsd: net, grossGmvUsd: gross, refundedGmvUsd: gross - net, orders: orders, units: units}} AS {summed}",
        ]
        # Sums inside a projection would make the whole projection an aggregation.
        row.lets.append(f"CALL ({row.node}) {{\n{lines(clauses)}\n}}")
        shown = _shown(pick, lambda name: f"{summed}.{name}", self.exactly(row))
        seen = self.seen(row)
        return Part(f"CASE WHEN {' AND '.join(seen)} THEN {shown} END" if seen else shown)

    def _mine(self, row: Row) -> list[str]:
        if row.sight.creators is not Reach.OWN:
            return []
        return ["EXISTS { MATCH (sale)-[:CREDITED_TO]->(seller:Creator) WHERE seller.id = $me }"]

    def _with_sums(self, row: Row) -> list[str]:
        if not self.sums:
            return []
        return [
            f"OPTIONAL MATCH {self.sums.replace('{n}', row.node)}",
            where(self._own_features(row)),
            "WITH net, gross, orders, units, sum(coalesce(f.gmvUsd, 0.0)) AS summed, sum(coalesce(f.orders, 0)) AS summedOrders,"
            " sum(coalesce(f.units, 0) - coalesce(f.refundedUnits, 0)) AS summedUnits,"
            " sum(coalesce(f.gmvUsd, 0.0) * CASE WHEN coalesce(f.units, 0) = 0 THEN 1.0"
            " ELSE toFloat(f.units - coalesce(f.refundedUnits, 0)) / f.units END) AS summedNet",
            "WITH net + summedNet AS net, gross + summed AS gross, orders + summedOrders AS orders, units + summedUnits AS units",
        ]

    def _own_features(self, row: Row) -> list[str]:
        if row.sight.creators is not Reach.OWN:
            return []
        return ["EXISTS { MATCH (content)<-[:PUBLISHED]-(seller:Creator) WHERE seller.id = $me }"]


def _shown(pick: Pick, sum_of: Callable[[str], str], exactly: str) -> str:
    """Return sales as a map: exact sums only where `exactly` holds, ranges always."""
    entries = ", ".join(f"{quoted(each.key)}: {_entry(each, sum_of, exactly)}" for each in pick.child.picks)
    return f"{{{entries}}}"


def _entry(pick: Pick, sum_of: Callable[[str], str], exactly: str) -> str:
    if pick.name == "__typename":
        return "'Sales'"
    if pick.name == "exact":
        return exactly
    if pick.name in RANGES:
        of, bounds = RANGES[pick.name]
        return range_of(sum_of(of), bounds, pick.child)
    return sum_of(pick.name) if exactly == "true" else f"CASE WHEN {exactly} THEN {sum_of(pick.name)} END"


def _parties(row: Row) -> list[str]:
    return party(row.node, row.sight)


def _sellers(row: Row) -> list[str]:
    return tied_product(row.node, row.sight)


def _everyone(_row: Row) -> list[str]:
    return []


def _always(_row: Row) -> str:
    return "true"


def _of_owner(row: Row) -> str:
    """Tell whether the exact sales of the content's creator may be shown."""
    owner = exact("owner", row.sight)
    return owner if owner == "true" else f"EXISTS {{ MATCH ({row.node})<-[:PUBLISHED]-(owner:Creator) WHERE {owner} }}"


COLLABORATION_SALES: Final = LineSales("(sale:Sale)-[:UNDER]->({n})", "", _parties, _always)
PRODUCT_SALES: Final = LineSales("(sale:Sale)-[:OF]->({n})", "({n})<-[f:FEATURES]-(content:Content)", _sellers, _always)
CONTENT_SALES: Final = LineSales("(sale:Sale)-[:THROUGH]->({n})", "({n})-[f:FEATURES]->(:Product)", _everyone, _of_owner)
