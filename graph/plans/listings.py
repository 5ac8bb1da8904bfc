"""Lists of all nodes of a kind that the viewer may see: filtered, sorted by an index, cut into pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from graph.plans.errors import InvalidValue
from graph.plans.facets import Rows, facets, level, without
from graph.plans.filters import predicates_of, sole_region
from graph.plans.flags import unflagged
from graph.plans.orders import Key, Order
from graph.plans.pages import Source, page
from graph.plans.parts import Part
from graph.plans.rankings import VALUE, WITHIN_REGION, Scored, refuse_several_regions
from graph.plans.score_filters import own_card
from graph.plans.scores import card_key
from graph.plans.selection import Pick
from graph.plans.sights import described, shown
from graph.plans.visibility import Reach, Visibility
from graph.plans.writer import Row
from graph.runs.scopes import WINDOW

ID: Final = "id"
MOST_KEYS: Final = 4

Keys: TypeAlias = Sequence[Mapping[str, Any]]
"""What a list is sorted by: for each key `by`, and perhaps `direction`, `window`, `category` and `order`."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a kind's nodes. `sorts` are the properties to sort by, with whether the greatest comes first.

    A sort by a property lists the nodes that have it; a sort by an indicator those with a scorecard. Without one the list is by `default`.
    """

    kind: str
    sorts: Mapping[str, bool]
    default: str = "id"

    def part(self, pick: Pick, row: Row) -> Part:
        """Return the page as a connection."""
        keys = _sort(pick, self.default, row)
        source, rows = self._listed(pick.arguments, row, keys)
        if self.kind == "Creator":

            def counted(chosen: Pick) -> Part:
                return facets(chosen, lambda condition: self._listed(without(pick.arguments, condition), row, keys)[1])

            source = replace(source, facets=counted)
        return page(pick, source, rows.creator)

    def _listed(self, arguments: Mapping[str, Any], row: Row, keys: Keys) -> tuple[Source, Rows]:
        """Return the list under a filter, in its order and without one."""
        if keys[0]["by"] in row.writer.indicators:
            return self._scored(arguments, row, keys)
        inner = row.writer.row(self.kind)
        source = self._source(arguments, inner, keys, f"MATCH {start(self.kind, inner.node, row.visibility)}")
        return source, Rows(inner, source.match, source.all_predicates())

    def _scored(self, arguments: Mapping[str, Any], row: Row, keys: Keys) -> tuple[Source, Rows]:
        """Return those who have a scorecard, by the ordinals of its score where nothing else orders them."""
        asked = keys[0]
        region, order = sole_region(arguments.get("filter")), asked.get("order", VALUE)
        scored = Scored(row.writer, asked["by"], asked.get("window", WINDOW), asked.get("category"), region, by=order)
        inner, match = scored.creator, scored.match([scored.predicate()])
        if len(keys) > 1:
            source = replace(self._source(arguments, inner, keys, match), distinct=False)
            return source, Rows(inner, source.match, source.all_predicates(), level(scored.card, asked["by"], inner))
        source = Source(
            match=match,
            alone="" if inner.visibility.creators is Reach.OWN else scored.alone([scored.predicate()]),
            predicates=tuple(self._predicates(arguments, inner)),
            order=scored.order("creators", ascending=asked.get("direction") == "ASC"),
            type_name=self.kind,
            carried=(scored.card, inner.node),
        )
        return source, Rows(inner, source.match, source.all_predicates(), level(scored.card, asked["by"], inner))

    def _source(self, arguments: Mapping[str, Any], inner: Row, keys: Keys, match: str) -> Source:
        """Return the rows in the order of keys, the first before the next; who lacks a property that is sorted by is left out."""
        found: list[Key] = []
        matches, cards = [match], list(inner.cards.values())
        for asked in keys:
            if asked["by"] in inner.writer.indicators:
                card = _card(asked, inner, matches)
                cards.append(card)
                found.append(Key(f"coalesce({card}.{asked['by']}, -1.0)", descending=asked.get("direction") != "ASC"))
            else:
                found.append(Key(f"{inner.node}.{asked['by']}", descending=self._descending(asked)))
        own = [] if keys[-1]["by"] == ID else [Key(f"{inner.node}.id")]
        return Source(
            match="\n".join(matches),
            predicates=tuple(self._predicates(arguments, inner)),
            order=self._order(keys, (*found, *own), inner),
            type_name=self.kind,
            distinct=bool(narrowed(self.kind, inner.visibility)),
            carried=(inner.node, *dict.fromkeys(cards)),
        )

    def _order(self, keys: Keys, ordered: tuple[Key, ...], inner: Row) -> Order:
        names = [f"{each['by']}.{'down' if key.descending else 'up'}" for each, key in zip(keys, ordered, strict=False)]
        scored = [each for each in keys if each["by"] in inner.writer.indicators]
        held = [f"{inner.node}.{each['by']} IS NOT NULL" for each in keys if each not in scored]
        return Order(
            f"{self.kind}.{'.'.join(names)}",
            ordered,
            within=tuple(each.get(name) for each in scored for name in ("window", "category")),
            of_run=bool(scored),
            opening=" AND ".join(held),
        )

    def _descending(self, asked: Mapping[str, Any]) -> bool:
        return self.sorts[asked["by"]] if asked.get("direction") is None else asked["direction"] == "DESC"

    def _predicates(self, arguments: Mapping[str, Any], inner: Row) -> list[str]:
        seen = described(self.kind, inner.node) if narrowed(self.kind, inner.visibility) else shown(self.kind, inner.node, inner.visibility)
        return [*seen, *predicates_of(self.kind, arguments.get("filter"), inner), *unflagged(arguments, inner)]


def start(kind: str, node: str, visibility: Visibility) -> str:
    """Return the pattern that brings a kind's nodes; it starts from the viewer's own where those are few."""
    return narrowed(kind, visibility).replace("{m}", node) or f"({node}:{kind})"


def narrowed(kind: str, visibility: Visibility) -> str:
    """Return a pattern, with its conditions, that brings just what the viewer may see; empty where a predicate has to."""
    if kind == "Creator" and visibility.creators is Reach.OWN:
        return "({m}:Creator {id: $me})"
    if kind == "Appeal" and visibility.creators is Reach.OWN:
        return "({m}:Appeal {creatorId: $me})"
    if kind != "Collaboration" or visibility.others is Reach.ALL:
        return ""
    if visibility.terms is Reach.OWN and visibility.creators is Reach.OWN:
        return "({m}:Collaboration)-[:WITH]->(:Creator {id: $me})"
    if visibility.terms in (Reach.OWN, Reach.CLIENTS):
        return "(own:Brand) WHERE own.id IN $brands\nMATCH (own)-[:OFFERED]->({m}:Collaboration)"
    return ""


def _card(asked: Mapping[str, Any], row: Row, matches: list[str]) -> str:
    """Return the variable of the scorecard that a key is read from, and have it matched where it is not yet."""
    window, category = asked.get("window", WINDOW), asked.get("category")
    key = card_key(window, category)
    if key not in row.cards:
        card = row.cards[key] = row.writer.variable("Scorecard")
        if category is not None:
            row.writer.known("sort.category", category, "Category")
        matches.append(f"MATCH ({card}:Scorecard {own_card(row, window, category)})")
        row.certain.add(card)
    return row.cards[key]


def check_keys(keys: Sequence[object]) -> None:
    """Raise InvalidValue for more keys than a list can be sorted by."""
    if len(keys) > MOST_KEYS:
        raise InvalidValue(f"sort has {len(keys)} keys, and a list can be sorted by at most {MOST_KEYS}; remove the last ones")


def _check_order(keys: Keys, filtered: Any, row: Row) -> None:
    """Raise InvalidValue for an order that is only a ranking's, where what it needs is not there."""
    placing = next((each for each in keys if each.get("order", VALUE) != VALUE), None)
    if placing is None:
        return
    order = placing["order"]
    if len(keys) > 1:
        raise InvalidValue(f"sort has a key in the order {order} and another key; an order other than {VALUE} is for a sole key")
    if placing["by"] not in row.writer.indicators:
        raise InvalidValue(f"sort by what is no score has the order {order}, which is for scores; leave it out")
    if order in WITHIN_REGION:
        refuse_several_regions(row.writer, sole_region(filtered), f"sort in the order {order}", "filter by regions")


def _sort(pick: Pick, default: str, row: Row) -> Keys:
    """Return the keys that a list is sorted by; what follows `ID`, which no two nodes share, orders nothing."""
    given: list[dict[str, Any]] = pick.arguments.get("sort") or []
    keys: Keys = [{name: value for name, value in each.items() if value is not None} for each in given]
    check_keys(keys)
    _check_order(keys, pick.arguments.get("filter"), row)
    unique = next((place for place, each in enumerate(keys) if each["by"] == ID), len(keys))
    return keys[: unique + 1] or [{"by": default}]
