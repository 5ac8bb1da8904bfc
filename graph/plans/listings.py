"""Lists of all nodes of a kind that the viewer may see: filtered, sorted by an index, cut into pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.plans.errors import InvalidValue
from graph.plans.filters import predicates_of, sole_region
from graph.plans.flags import unflagged
from graph.plans.orders import Key, Order
from graph.plans.pages import Source, page
from graph.plans.parts import Part
from graph.plans.rankings import Scored
from graph.plans.selection import Pick
from graph.plans.sight import Reach, Sight
from graph.plans.sights import visible
from graph.plans.writer import Row

ID: Final = "id"


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a kind's nodes. `sorts` are the properties to sort by, with whether the greatest comes first.

    A sort by a property lists the nodes that have it; a sort by an indicator those with a scorecard.
    """

    kind: str
    sorts: Mapping[str, bool]

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the page as a connection."""
        asked = _sort(pick)
        if asked.get("by") in row.writer.indicators:
            return self._scored(pick, row, asked)
        inner = row.writer.row(self.kind)
        order = self._order(asked, inner.node)
        source = Source(
            match=f"MATCH {start(self.kind, inner.node, row.sight)}",
            predicates=tuple(self._predicates(pick, inner)),
            order=order,
            type_name=self.kind,
            distinct=bool(narrowed(self.kind, inner.sight)),
            carried=(inner.node,),
        )
        return page(pick, source, inner)

    def _order(self, asked: Mapping[str, Any], node: str) -> Order:
        by = asked["by"]
        descending = self.sorts[by] if asked.get("direction") is None else asked["direction"] == "DESC"
        keys = [Key(f"{node}.{by}", descending=descending)] if by != ID else []
        tie = Key(f"{node}.id", descending=descending and by == ID)
        return Order(f"{self.kind}.{by}.{'down' if descending else 'up'}", (*keys, tie), opening=f"{node}.{by} IS NOT NULL")

    def _scored(self, pick: Pick, row: Row, asked: Mapping[str, Any]) -> Part:
        region = sole_region(pick.arguments.get("filter"))
        scored = Scored(row.writer, asked["by"], asked.get("window", 90), asked.get("category"), region)
        inner = scored.creator
        source = Source(
            match=scored.match([scored.predicate()]),
            alone="" if inner.sight.creators is Reach.OWN else scored.alone([scored.predicate()]),
            predicates=tuple(self._predicates(pick, inner)),
            order=scored.order("creators", ascending=asked.get("direction") == "ASC"),
            type_name=self.kind,
            carried=(scored.card, inner.node),
        )
        return page(pick, source, inner)

    def _predicates(self, pick: Pick, inner: Row) -> list[str]:
        seen = [] if narrowed(self.kind, inner.sight) else visible(self.kind, inner.node, inner.sight)
        return [*seen, *predicates_of(self.kind, pick.arguments.get("filter"), inner), *unflagged(pick.arguments, inner)]


def start(kind: str, node: str, sight: Sight) -> str:
    """Return the pattern that brings a kind's nodes; it starts from the viewer's own where those are few."""
    return narrowed(kind, sight).replace("{m}", node) or f"({node}:{kind})"


def narrowed(kind: str, sight: Sight) -> str:
    """Return a pattern, with its conditions, that brings just what the viewer may see; empty where a predicate has to."""
    if kind == "Creator" and sight.creators is Reach.OWN:
        return "({m}:Creator {id: $me})"
    if kind != "Collaboration" or sight.others is Reach.ALL:
        return ""
    if sight.terms is Reach.OWN and sight.creators is Reach.OWN:
        return "({m}:Collaboration)-[:WITH]->(:Creator {id: $me})"
    if sight.terms in (Reach.OWN, Reach.CLIENTS):
        return "(own:Brand) WHERE own.id IN $brands\nMATCH (own)-[:OFFERED]->({m}:Collaboration)"
    return ""


def _sort(pick: Pick) -> dict[str, Any]:
    asked: list[dict[str, Any]] = pick.arguments.get("sort") or []
    if len(asked) > 1:
        raise InvalidValue(f"{pick.name}: sort has {len(asked)} keys; a list is sorted by one, ties by id; give one")
    return {"by": ID, **{name: value for name, value in (asked[0] if asked else {}).items() if value is not None}}
