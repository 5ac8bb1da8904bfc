"""Creators in the order of a score: seeks on one integer, the ordinal that each scorecard has in its scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graph.plans.errors import InvalidValue
from graph.plans.facets import Rows, facets, level, without
from graph.plans.filters import predicates_of
from graph.plans.flags import unflagged
from graph.plans.inputs import Inputs
from graph.plans.orders import Key, Order
from graph.plans.pages import EdgeMember, Source, page
from graph.plans.parts import Part
from graph.plans.scores import EVERYTHING, card_key, scope_of, score
from graph.plans.selection import Pick, many
from graph.plans.sights import visible
from graph.plans.told import check_told
from graph.plans.values import category_id
from graph.plans.visibility import Reach
from graph.plans.writer import Row, Writer
from graph.runs.cards import FORECAST_ORDINAL, LOWER_ORDINAL, TOP_ORDINAL
from graph.runs.scopes import WINDOW, WORLD, scope_key

VALUE: Final = "VALUE"
FORECAST: Final = "FORECAST"
ORDINALS: Final = {VALUE: "", "LOWER_BOUND": LOWER_ORDINAL, "TOP_PROBABILITY": TOP_ORDINAL, FORECAST: FORECAST_ORDINAL}
"""What a ranking is in the order of, and the end of the property that has the place.

By value it depends on the scope; the property by forecast is whole, as it depends on no indicator.
"""

WITHIN_REGION: Final = ("TOP_PROBABILITY", FORECAST)
"""Orders in which creators of several regions have no place that their own scorecards show."""


def scope(source: Any, inputs: Inputs) -> int:
    """(window, category, region) → the number that marks the scorecards of one scope in the current run."""
    window, category, region = source
    named = EVERYTHING if category is None else category_id(category, inputs)
    check_told("category", named, inputs.run)
    return scope_key(inputs.cards_id, window, named, region[0] if isinstance(region, list) else region)  # pyright: ignore[reportUnknownArgumentType] -- any values


def scope_of_sole_region(source: Any, inputs: Inputs) -> int:
    """(window, category) → the scope in the one region that the viewer is bounded to."""
    return scope([*source, inputs.visibility.regions[0]], inputs)


@dataclass(frozen=True, slots=True)
class Scored:
    """Scorecards of one scope in the order of an indicator, best first, with their creators.

    `region` is None for the whole world; `by` is one of `ORDINALS`, of which but the first have the same place for both.
    """

    writer: Writer
    indicator: str
    window: Any
    category: Any
    region: Any
    by: str = VALUE
    creator: Row = field(init=False)
    card: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the row's creator, and its scorecard, which need not be sought again."""
        card = self.writer.variable("Scorecard")
        row = self.writer.row("Creator")
        row.cards[card_key(self.window, self.category)] = card
        row.certain.add(card)
        object.__setattr__(self, "creator", row)
        object.__setattr__(self, "card", card)

    @property
    def column(self) -> str:
        """The property that has the scope: of a region, or of the world."""
        return "world" if self.region is None and not self.writer.sole_region else "scope"

    @property
    def ordinal(self) -> str:
        """The property that has the place in that scope, in the order asked for."""
        return FORECAST_ORDINAL if self.by == FORECAST else f"{self.indicator}{ORDINALS[self.by] or self._by_value}"

    @property
    def rank(self) -> str:
        """The rank in the world, which is the place itself; empty in a region, whose ranks are stored."""
        return f"{self.card}.{self.indicator}{self._by_value} + 1" if self.column == "world" else ""

    @property
    def _by_value(self) -> str:
        return "WorldOrdinal" if self.column == "world" else "Ordinal"

    def predicate(self) -> str:
        """Return what keeps the scorecards of the scope."""
        if self.category is not None:
            self.writer.known("category", self.category, "Category")
        if self.region is not None and not many(self.region):
            self.writer.regions("region", self.region)
        if self.region is None and self.writer.sole_region:
            key = self.writer.bind([self.window, self.category], scope_of_sole_region)
        else:
            key = self.writer.bind([self.window, self.category, self.region or WORLD], scope)
        return f"{self.card}.{self.column} = {key}"

    def order(self, name: str, *, ascending: bool = False) -> Order:
        """Return the order by place, best first unless `ascending`."""
        return Order(
            f"{name}.{self.ordinal}{'.worst' if ascending else ''}",
            (Key(f"{self.card}.{self.ordinal}", descending=ascending),),
            prefix=(f"{self.card}.{self.column}",),
            within=(self.window, self.category, self.region),
            of_run=True,
            opening=f"{self.card}.{self.ordinal} >= 0",
        )

    def alone(self, predicates: list[str]) -> str:
        """Return the clauses that bring the scorecards of the scope, each of which has a creator."""
        return f"MATCH ({self.card}:Scorecard)\nWHERE {' AND '.join(predicates)}\nWITH {self.card}"

    def match(self, predicates: list[str]) -> str:
        """Return the clauses that bring the scorecards with their creators."""
        if self.writer.visibility.creators is Reach.OWN:
            start = f"MATCH ({self.creator.node}:Creator {{id: $me}})<-[:RATES]-({self.card}:Scorecard)"
            return f"{start}\nWHERE {' AND '.join(predicates)}\nWITH {self.card}, {self.creator.node}"
        return (
            f"MATCH ({self.card}:Scorecard)\nWHERE {' AND '.join(predicates)}\nMATCH ({self.card})-[:RATES]->({self.creator.node}:Creator)"
        )


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of creators: those with a score, best first; in one region, or the world for those who see all of it."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the ranking as a connection whose edges have rank and score."""
        asked = pick.arguments
        region = asked.get("region")
        refuse_several_regions(row.writer, region, pick.name)
        place = asked.get("by", "overall"), asked.get("window", WINDOW), asked.get("category"), region

        def listed(arguments: Mapping[str, Any]) -> tuple[Scored, list[str], Rows]:
            scored = Scored(row.writer, *place, by=asked.get("order", VALUE))
            kept = [scored.predicate(), f"{scored.card}.{scored.indicator} IS NOT NULL"]
            of = level(scored.card, scored.indicator, scored.creator)
            return scored, kept, Rows(scored.creator, scored.match(kept), _kept(arguments, scored.creator), of)

        def counted(condition: str) -> Rows:
            scored, _, rows = listed(without(asked, condition))
            return rows._replace(predicates=[*rows.predicates, scored.order("ranking").opening])

        scored, kept, rows = listed(asked)
        source = Source(
            match=rows.match,
            alone="" if row.visibility.creators is Reach.OWN else scored.alone(kept),
            predicates=tuple(rows.predicates),
            order=scored.order("ranking"),
            type_name="Ranking",
            carried=(scored.card, rows.creator.node),
            edge=edge_members(scored.indicator, scored.card, rank=scored.rank),
            facets=lambda chosen: facets(chosen, counted),
        )
        return page(pick, source, rows.creator)


def _kept(asked: Mapping[str, Any], creator: Row) -> list[str]:
    """Return the predicates that keep the creators whom the viewer sees and the request asks for."""
    return [
        *visible("Creator", creator.node, creator.visibility),
        *predicates_of("Creator", asked.get("filter"), creator),
        *unflagged(asked, creator),
    ]


def edge_members(indicator: str, card: str, *, rank: str = "") -> dict[str, EdgeMember]:
    """Return what an edge of a ranking has beside node and cursor; the rank within the region unless given."""

    def ranked(_pick: Pick, row: Row) -> Part:
        return Part(rank or f"{card}.ranks[{row.writer.indicators.index(indicator)}]")

    def scored(pick: Pick, row: Row) -> Part:
        return score(pick.child, indicator, card=card, row=row)

    def placed(pick: Pick, _row: Row) -> Part:
        return Part(scope_of(pick.child, card, region="null" if rank else ""))

    return {"rank": ranked, "scope": placed, "score": scored}


def refuse_several_regions(writer: Writer, region: Any, field_name: str, remedy: str = "give region") -> None:
    """Ranks hold within one region: a viewer bounded to several must name one."""
    if region is None and writer.visibility.creators is Reach.REGIONS and not writer.sole_region:
        raise InvalidValue(
            f"{field_name} without region: ranks hold within one region, and this key is granted several; {remedy},"
            " one of those that `viewer { regions }` lists"
        )
