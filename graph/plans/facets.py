"""How many creators of a list have each value: under all conditions of its filter but the value's own, within what the viewer sees.

Each number is one that the same viewer can have as a `totalCount` with that value in the filter, so it tells nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from graph.plans.parts import Finish, Part, in_list, in_map
from graph.plans.relations import lines
from graph.plans.selection import Pick
from graph.plans.sights import where
from graph.plans.writer import Row, quoted
from graph.runs.scopes import ALL, WINDOW

MOST: Final = 100
"""Values of one facet; those of the most creators come first."""
TIERS: Final = (1_000, 10_000, 100_000, 500_000, 1_000_000)
"""Followers at which the next tier begins, as the scores have them."""


class Rows(NamedTuple):
    """The creators of a list: clauses that bring them, predicates that keep them, and their level where the list is by a score."""

    creator: Row
    match: str
    predicates: list[str]
    level: str = "null"


List = Callable[[str], Rows]
"""Returns the rows of a list under all conditions of its filter but the one named."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: the condition that it leaves out, what brings a row's values, and the value itself, over the creator `{n}`.

    `entries` are what its type has beside the count, of `value`; `order` follows the value rather than the count.
    """

    condition: str
    value: str
    entries: Mapping[str, str]
    more: str = ""
    order: bool = False
    named: str = ""

    def part(self, pick: Pick, rows: Rows) -> Part:
        """Return the counts of each value that somebody has."""
        chosen = {"count": "total", "__typename": f"'{pick.child.kind}'", **self.entries}
        shown = ", ".join(f"{quoted(each.key)}: {chosen[each.name]}" for each in pick.child.picks)
        node = rows.creator.node
        value = self.value.replace("{n}", node).replace("{level}", rows.level)
        clauses = [
            rows.match,
            where(rows.predicates),
            self.more.replace("{n}", node),
            f"WITH {value} AS value, count(DISTINCT {node}) AS total",
            "WHERE value IS NOT NULL",
            "WITH value, total",
            f"ORDER BY {'' if self.order else 'total DESC, '}value",
            f"LIMIT {MOST}",
            self.named,
            f"RETURN {{{shown}}} AS item",
        ]
        listed = lines([each for each in clauses if each])
        return Part(f"COLLECT {{\n{listed}\n}}", in_list(in_map([each.key for each in pick.child.picks])))


_TIER: Final = "CASE" + "".join(f" WHEN {{n}}.followerCount >= {least} THEN {least}" for least in reversed(TIERS))
_NEXT: Final = "CASE value" + "".join(f" WHEN {one} THEN {two - 1}" for one, two in zip((0, *TIERS), TIERS, strict=False))
_NAMED: Final = "MATCH (named:Category {id: value})"
_CARD: Final = f"MATCH ({{n}})<-[:RATES]-(tagged:Scorecard {{runId: $cards, window: {WINDOW}}})\nWHERE tagged.categoryId <> '{ALL}'"

FACETS: Final[Mapping[str, Facet]] = {
    "regions": Facet("regions", "{n}.region", {"region": "value"}),
    "categories": Facet("soldIn", "tagged.categoryId", {"category": "'Category:' + value", "name": "named.name"}, more=_CARD, named=_NAMED),
    "followers": Facet(
        "followers", f"{_TIER} WHEN {{n}}.followerCount >= 0 THEN 0 END", {"min": "value", "max": f"{_NEXT} END"}, order=True
    ),
    "languages": Facet("languages", "toLower({n}.language)", {"language": "value"}),
    "verified": Facet("verified", "{n}.verified", {"verified": "value"}),
    "levels": Facet("", "{level}", {"level": "value"}, order=True),
}


def facets(pick: Pick, listed: List) -> Part:
    """Return the facets that are picked, each as its counts."""
    entries: list[str] = []
    finishes: dict[str, Finish] = {}
    for each in pick.child.picks:
        if each.name == "__typename":
            entries.append(f"{quoted(each.key)}: 'CreatorFacets'")
            continue
        facet = FACETS[each.name]
        part = facet.part(each, listed(facet.condition))
        entries.append(f"{quoted(each.key)}: {part.expression}")
        if part.finish:
            finishes[each.key] = part.finish
    return Part("{" + ", ".join(entries) + "}", in_map([each.key for each in pick.child.picks], finishes))


def without(arguments: Mapping[str, Any], condition: str) -> Mapping[str, Any]:
    """Return a list's arguments without one condition of its filter; those within `and`, `or` and `not` stay."""
    given: Mapping[str, Any] = arguments.get("filter") or {}
    return {**arguments, "filter": {name: value for name, value in given.items() if name != condition}}


def level(card: str, indicator: str, row: Row) -> str:
    """Return the expression of a score's level, null where there is none."""
    return f"nullIf({card}.levels[{row.writer.indicators.index(indicator)}], 0)"
