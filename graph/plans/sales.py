"""Sales: exact for those who may see them, published ranges for the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.plans.lines import GROSS, NETTED, ORDERS, UNITS, Lines, of_creator, total
from graph.plans.parts import Part, in_map
from graph.plans.ranges import COUNT_BOUNDS, USD_BOUNDS, range_of
from graph.plans.selection import Pick
from graph.plans.sights import exact, party, tied_product
from graph.plans.told import ToldCategory
from graph.plans.writer import Row, quoted
from graph.runs.scopes import WINDOW

TOLD: Final = ToldCategory("category")
RANGES: Final = {"gmvRange": ("gmvUsd", USD_BOUNDS), "ordersRange": ("orders", COUNT_BOUNDS), "unitsRange": ("units", COUNT_BOUNDS)}


@dataclass(frozen=True, slots=True)
class CreatorSales:
    """A creator's sales in a window before the current run's date, and in a category; refunds as they are known now."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the sums; null before the first run."""
        lines = of_creator(pick.arguments.get("window", WINDOW), pick.arguments.get("category"))
        if row.visibility.outward:
            row.writer.bind(pick.arguments.get("category"), TOLD)
        return Part(
            f"CASE WHEN $asOf IS NOT NULL THEN {summed(pick, row, lines, exact(row.node, row.visibility))} END",
            in_map([each.key for each in pick.child.picks]),
        )


@dataclass(frozen=True, slots=True)
class SalesOf:
    """All sales of a node, as they are known now.

    `seen` are the predicates under which they may be summed at all, `exactly` the expression that tells whether the
    sums may be shown as they are.
    """

    lines: Lines
    seen: Callable[[Row], list[str]]
    exactly: Callable[[Row], str]

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the sums; null where they may not be summed."""
        shown, seen = summed(pick, row, self.lines, self.exactly(row)), self.seen(row)
        return Part(f"CASE WHEN {' AND '.join(seen)} THEN {shown} END" if seen else shown, in_map([each.key for each in pick.child.picks]))


def summed(pick: Pick, row: Row, lines: Lines, exactly: str) -> str:
    """Return sales as a map; the lines are gathered once for all sums."""
    parts, orders = row.writer.variable("lines"), row.writer.variable("orders")
    row.lets += [f"WITH *, {lines.parts(row)} AS {parts}", f"WITH *, {lines.orders(row)} AS {orders}"]
    sums = {
        "gmvUsd": total(parts, f"x[{NETTED}]", "0.0"),
        "grossGmvUsd": total(parts, f"x[{GROSS}]", "0.0"),
        "refundedGmvUsd": total(parts, f"x[{GROSS}] - x[{NETTED}]", "0.0"),
        "orders": total(parts, f"x[{ORDERS}]", orders),
        "units": total(parts, f"x[{UNITS}]", "0"),
    }
    entries = ", ".join(f"{quoted(each.key)}: {_entry(each, sums.__getitem__, exactly)}" for each in pick.child.picks)
    return f"{{{entries}}}"


def _entry(pick: Pick, sum_of: Callable[[str], str], exactly: str) -> str:
    if pick.name == "__typename":
        return "'Sales'"
    if pick.name == "exact":
        return exactly
    if pick.name in RANGES:
        of, bounds = RANGES[pick.name]
        return range_of(sum_of(of), bounds, pick.child)
    told = _in_cents(pick.name, sum_of(pick.name))
    return told if exactly == "true" else f"CASE WHEN {exactly} THEN {told} END"


def _in_cents(name: str, total: str) -> str:
    """Return a sum to the cent where it is an amount: what lies beyond tells in which order its parts were summed."""
    return f"round({total}, 2)" if name.endswith("Usd") else total


def _parties(row: Row) -> list[str]:
    return party(row.node, row.visibility)


def _sellers(row: Row) -> list[str]:
    return tied_product(row.node, row.visibility)


def _everyone(_row: Row) -> list[str]:
    return []


def _always(_row: Row) -> str:
    return "true"


def _of_owner(row: Row) -> str:
    """Tell whether the exact sales of the content's creator may be shown."""
    owner = exact("owner", row.visibility)
    return owner if owner == "true" else f"EXISTS {{ MATCH ({row.node})<-[:PUBLISHED]-(owner:Creator) WHERE {owner} }}"


COLLABORATION_SALES: Final = SalesOf(Lines("(sale:Sale)-[:UNDER]->({n})"), _parties, _always)
PRODUCT_SALES: Final = SalesOf(Lines("(sale:Sale)-[:OF]->({n})", "({n})<-[f:FEATURES]-(content:Content)"), _sellers, _always)
CONTENT_SALES: Final = SalesOf(
    Lines("(sale:Sale)-[:THROUGH]->({n})", "(content:Content {id: {n}.id})-[f:FEATURES]->(:Product)"), _everyone, _of_owner
)
