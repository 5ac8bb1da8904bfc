"""What the current run forecasts of a node: amounts exact for those who may see its exact sales, published ranges for the others.

Brands and partners read forecasts of their own, made from what is told to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.plans.parts import Part, in_map
from graph.plans.ranges import USD_BOUNDS, range_of
from graph.plans.selection import Pick
from graph.plans.sights import NEVER, exact, tied_brand
from graph.plans.visibility import Reach
from graph.plans.writer import Row, quoted
from graph.runs.scopes import OUTWARD

AMOUNTS: Final = {
    "expectedUsd": "expected",
    "medianUsd": "median",
    "lowUsd": "low",
    "highUsd": "high",
    "saleProbability": "chance",
    "forForecast": "forForecast",
}
"""Field → property of `Forecast`, of those that tell exact sales."""

RANGES: Final = {"expectedRange": "expected", "medianRange": "median", "lowRange": "low", "highRange": "high"}


@dataclass(frozen=True, slots=True)
class ForecastOf:
    """The forecast of a node of a kind; null where there is none.

    `exactly` is the expression that tells whether amounts may be shown as they are, `seen` are predicates under which anything is.
    """

    kind: str
    type_name: str
    exactly: Callable[[Row], str]
    seen: Callable[[Row], list[str]]

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the forecast, read by its key."""
        found = row.writer.variable("Forecast")
        exactly = self.exactly(row)
        entries = ", ".join(f"{quoted(each.key)}: {self._entry(each, found, exactly)}" for each in pick.child.picks)
        audience = OUTWARD if row.visibility.outward else ""
        key = f"$run + '{audience}|{self.kind}:' + {row.node}.id"
        read = f"head(COLLECT {{\nMATCH ({found}:Forecast {{id: {key}}})\nRETURN {{{entries}}} AS item\nLIMIT 1\n}})"
        seen = self.seen(row)
        expression = f"CASE WHEN {' AND '.join(seen)} THEN {read} END" if seen else read
        return Part(expression, in_map([each.key for each in pick.child.picks]))

    def _entry(self, pick: Pick, found: str, exactly: str) -> str:
        if pick.name == "__typename":
            return f"'{self.type_name}'"
        if pick.name == "exact":
            return exactly
        if pick.name in RANGES:
            return range_of(f"{found}.{RANGES[pick.name]}", USD_BOUNDS, pick.child)
        if pick.name in AMOUNTS:
            value = f"{found}.{AMOUNTS[pick.name]}"
            return value if exactly == "true" else f"CASE WHEN {exactly} THEN {value} END"
        return f"{found}.{pick.name}"


def _exact_sales(row: Row) -> str:
    return exact(row.node, row.visibility)


def _always(_row: Row) -> str:
    return "true"


def _everyone(_row: Row) -> list[str]:
    return []


def _inner(row: Row) -> list[str]:
    """Return a predicate that nobody meets for those who may not see everyone's sales, of which the sum is made."""
    return [] if row.visibility.exact_sales is Reach.ALL else [NEVER]


def _tied(row: Row) -> list[str]:
    """Return the predicates under which the brand is the viewer's own, or all are seen; a creator has no brand."""
    return [NEVER] if row.visibility.creators is Reach.OWN else tied_brand(row.node, row.visibility)


CREATOR_FORECAST: Final = ForecastOf("Creator", "Forecast", _exact_sales, _everyone)
BRAND_FORECAST: Final = ForecastOf("Brand", "ForecastSum", _always, _tied)
CATEGORY_FORECAST: Final = ForecastOf("Category", "ForecastSum", _always, _inner)
