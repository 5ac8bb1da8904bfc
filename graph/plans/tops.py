"""The best creators of a brand or a category, by an indicator: rankings that hang on a node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from graph.plans.inputs import Inputs
from graph.plans.orders import Key, Order
from graph.plans.pages import Source, page
from graph.plans.parts import Part
from graph.plans.rankings import edge_members, refuse_several_regions
from graph.plans.relations import lines, told
from graph.plans.scores import card_key, suffix
from graph.plans.selection import Pick
from graph.plans.sights import tied_brand, visible
from graph.plans.visibility import Reach
from graph.plans.writer import Row
from graph.runs.scopes import WINDOW


@dataclass(frozen=True, slots=True)
class TopOfBrand:
    """Creators who work with the brand, those with the highest score first."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the creators as a ranking; all of a brand's creators are sorted, since they are few."""
        indicator, window, category = (
            pick.arguments.get("by", "overall"),
            pick.arguments.get("window", WINDOW),
            pick.arguments.get("category"),
        )
        inner, card = row.writer.row("Creator"), row.writer.variable("Scorecard")
        inner.cards[card_key(window, category)] = card
        inner.certain.add(card)
        end = row.writer.bind([window, category], suffix)
        if category is not None:
            row.writer.known("category", category, "Category")
        order = Order(f"Brand.topCreators.{indicator}", (Key(f"{card}.{indicator}WorldOrdinal"),), within=(window, category), of_run=True)
        source = Source(
            match=f"MATCH ({row.node})<-[:COLLABORATED_WITH {{runId: $run}}]-({inner.node}:Creator)\n"
            f"MATCH ({card}:Scorecard {{id: $cards + '|' + {inner.node}.id + {end}}})",
            predicates=(
                f"{card}.{indicator} IS NOT NULL",
                *visible("Creator", inner.node, row.visibility),
            ),
            order=order,
            type_name="Ranking",
            carried=(inner.node, card),
            edge=edge_members(indicator, card),
        )
        return told(page(pick, source, inner), tied_brand(row.node, row.visibility))


SOMEONE: Final = (
    "({n})<-[:CHILD_OF*0..6]-(:Category)<-[:IN_CATEGORY]-(:Product)"
    "<-[:FEATURES|OF|PROMOTES]-()-[:PUBLISHED|CREDITED_TO|WITH]-(someone:Creator)"
)
"""Anyone who is active in a category: one of their scorecards tells the category's scope."""


@dataclass(frozen=True, slots=True)
class TopOfCategory:
    """The ranking of a category, in one region, or in the world for those who see all of it."""

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the ranking; its scope is read from any scorecard in the category, since only the query knows the category."""
        indicator, window, region = pick.arguments.get("by", "overall"), pick.arguments.get("window", WINDOW), pick.arguments.get("region")
        refuse_several_regions(row.writer, region, pick.name)
        if region is not None:
            row.writer.regions("region", region)
        everywhere = region is None and row.visibility.creators is Reach.ALL
        column, ordinal = ("world", f"{indicator}WorldOrdinal") if everywhere else ("scope", f"{indicator}Ordinal")
        inner, card, scope = row.writer.row("Creator"), row.writer.variable("Scorecard"), row.writer.variable("scope")
        inner.cards[f"of {card}"] = card  # in a category that only the query knows: no pick finds it, but it shows scores
        source = Source(
            match=f"MATCH ({card}:Scorecard)\nWHERE {card}.{column} = {scope} AND {card}.{indicator} IS NOT NULL\n"
            f"MATCH ({card})-[:RATES]->({inner.node}:Creator)",
            predicates=tuple(visible("Creator", inner.node, row.visibility)),
            order=Order(
                f"Category.topCreators.{ordinal}",
                (Key(f"{card}.{ordinal}"),),
                prefix=(f"{card}.{column}",),
                within=(window, region),
                of_run=True,
                opening=f"{card}.{ordinal} >= 0",
            ),
            type_name="Ranking",
            carried=(card, inner.node),
            edge=edge_members(indicator, card, rank=f"{card}.{ordinal} + 1" if everywhere else ""),
        )
        tree = page(pick, source, inner)
        clauses = [
            f"WITH head(COLLECT {{\n{lines(self._scope(row, window, region, column, everywhere=everywhere))}\n}}) AS {scope}",
            f"RETURN {tree.expression} AS item",
        ]
        return Part(f"head(COLLECT {{\n{lines(clauses)}\n}})", tree.finish)

    def _scope(self, row: Row, window: Any, region: Any, column: str, *, everywhere: bool) -> list[str]:
        within = [] if everywhere else [f"WHERE someone.region = {row.writer.bind(region, one_region)}"]
        start = row.writer.bind(window, middle)
        return [
            f"MATCH {SOMEONE.replace('{n}', row.node)}",
            *within,
            f"MATCH (known:Scorecard {{id: $cards + '|' + someone.id + {start} + {row.node}.id}})",
            f"RETURN known.{column} AS item",
            "LIMIT 1",
        ]


def one_region(region: Any, inputs: Inputs) -> str | None:
    """Return the region asked for, or the one that the viewer is bounded to."""
    if region is not None:
        return region
    return inputs.visibility.regions[0] if inputs.visibility.regions else None


def middle(window: Any, _inputs: Inputs) -> str:
    """Return the part of a scorecard's id between creator and category."""
    return f"|{window}|"
