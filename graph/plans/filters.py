"""What a reader filters by, as predicates: AND, OR and NOT over declared conditions.

A condition on a relation that the viewer may not see is never met, so no count tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from graph.dates import iso_time
from graph.plans.bounds import Range, lowered, one_of, seconds
from graph.plans.errors import Refused
from graph.plans.inputs import Inputs
from graph.plans.lines import net_sales_of_creator
from graph.plans.score_filters import scored, sharing
from graph.plans.scores import suffix
from graph.plans.selection import sole
from graph.plans.sights import exact, tied_brand, tied_product
from graph.plans.told import ToldCategory
from graph.plans.values import handle_key, own_id
from graph.plans.visibility import Reach
from graph.plans.writer import Row
from graph.plurals import contained
from graph.runs.scopes import WINDOW

Condition = Callable[[Any, Row], str]

SALES: Final = Range("filter.sales", "minUsd", "maxUsd")
SOLD_IN: Final = ToldCategory("filter.soldIn")

WITHIN: Final = "-[:IN_CATEGORY]->(:Category)-[:CHILD_OF*0..8]->(other:Category)"
"""From a product to its categories and those above."""


def predicates_of(kind: str, asked: Mapping[str, Any] | None, row: Row) -> list[str]:
    """Return the predicates of a filter on the node of `row`; none where nothing is asked."""
    return [each for each in (_all_of(kind, asked, row),) if each] if asked else []


def _all_of(kind: str, asked: Mapping[str, Any], row: Row) -> str:
    parts = [_one(kind, name, value, row) for name, value in asked.items() if value is not None]
    return " AND ".join(each for each in parts if each)


def _one(kind: str, name: str, value: Any, row: Row) -> str:
    match name:
        case "and" | "or":
            return sharing(value, row, lambda: _joined(f" {name.upper()} ", [_all_of(kind, each, row) for each in value]))
        case "not":
            inner = sharing(value, row, lambda: _all_of(kind, value, row))
            return f"NOT ({inner})" if inner else ""
        case _:
            one_of(f"filter.{name}", value)
            return CONDITIONS[kind][name](value, row)


def _joined(word: str, parts: list[str]) -> str:
    kept = [f"({each})" for each in parts if each]
    return f"({word.join(kept)})" if kept else ""


def among(expression: str) -> Condition:
    """The property is one of the values."""
    return lambda value, row: f"{expression.replace('{n}', row.node)} IN {row.writer.bind(value)}"


def among_ids(kind: str) -> Condition:
    """The node is one of those named by global id; an id of none is an error."""
    return lambda value, row: f"{row.node}.id IN {row.writer.all_known('filter.ids', value, kind)}"


def spoken(value: Any, row: Row) -> str:
    """The main language is one of the values, whatever their case."""
    return f"toLower({row.node}.language) IN {row.writer.bind(value, lowered)}"


def equal(expression: str) -> Condition:
    """The property is the value."""
    return lambda value, row: f"{expression.replace('{n}', row.node)} = {row.writer.bind(value)}"


def between(expression: str, bounds: Range) -> Condition:
    """The property lies within bounds, either of which may be left out."""
    return lambda value, row: " AND ".join(bounds.predicates(expression.replace("{n}", row.node), value, row))


def related(name: str, pattern: str, kind: str, tie: Callable[[str, Row], list[str]] | None = None) -> Condition:
    """There is a neighbour `other` with the id at the end of the pattern.

    The id of no node, or of one whose ties the viewer may not see, is an error.
    """

    def condition(value: Any, row: Row) -> str:
        other = row.writer.known(f"filter.{name}", value, kind, tie("named", row) if tie else None)
        return f"EXISTS {{ MATCH {pattern.replace('{n}', row.node)} WHERE other.id = {other} }}"

    return condition


def searched(*expressions: str) -> Condition:
    """One of the texts contains the words, whatever their case."""

    def condition(value: Any, row: Row) -> str:
        words = row.writer.bind(value, handle_key)
        return "(" + " OR ".join(f"{each.replace('{n}', row.node)} CONTAINS {words}" for each in expressions) + ")"

    return condition


def titled(expression: str) -> Condition:
    """The text contains the words, whatever their case, the last one in either number."""

    def condition(value: Any, row: Row) -> str:
        words = row.writer.bind(value, _forms)
        return f"any(form IN {words} WHERE {expression.replace('{n}', row.node)} CONTAINS form)"

    return condition


def _forms(value: Any, inputs: Inputs) -> list[str]:
    return contained(handle_key(value, inputs) or "")


def _handle(value: Mapping[str, Any], row: Row) -> str:
    signs = {"equals": "=", "startsWith": "STARTS WITH", "contains": "CONTAINS"}
    given = {name: each for name, each in value.items() if each is not None}
    return " AND ".join(f"{row.node}.handleKey {signs[name]} {row.writer.bind(each, handle_key)}" for name, each in given.items())


def _sold_in(value: Any, row: Row) -> str:
    if row.visibility.outward:
        end = row.writer.bind(value, _shown_in)
        return f"EXISTS {{ MATCH (:Scorecard {{id: $cards + '|' + {row.node}.id + {end}}}) }}"
    category = row.writer.known("filter.soldIn", value, "Category")
    within = f"{WITHIN} WHERE other.id = {category}"
    lines = f"MATCH ({row.node})<-[:CREDITED_TO]-(sale:Sale)-[:OF]->(:Product){within} AND sale.status <> 'NO_SALE'"
    sums = f"MATCH ({row.node})-[:PUBLISHED]->(:Content)-[f:FEATURES]->(:Product){within} AND f.orders > 0"
    return f"(EXISTS {{ {lines} }} OR EXISTS {{ {sums} }})"


def _shown_in(value: Any, inputs: Inputs) -> str:
    return suffix([WINDOW, SOLD_IN(value, inputs)], inputs)


def _sales(value: Mapping[str, Any], row: Row) -> str:
    if row.visibility.exact_sales is Reach.RANGES:
        raise Refused(
            "filter.sales compares exact sales; with this key they are shown as ranges, so they cannot be filtered;"
            " filter by score of SALES_ABILITY instead"
        )
    row.rated = True
    total = net_sales_of_creator(row, value.get("window", WINDOW), value.get("category"))
    kept = SALES.predicates(total, value, row)
    return " AND ".join([*kept, exact(row.node, row.visibility)])


def _worked_with(value: Any, row: Row) -> str:
    brand = (
        row.writer.bind(value, _askable_brand)
        if row.visibility.others is Reach.COUNTS
        else row.writer.known("filter.workedWith", value, "Brand")
    )
    return f"EXISTS {{ MATCH ({row.node})-[:COLLABORATED_WITH {{runId: $run}}]->(other:Brand) WHERE other.id = {brand} }}"


def _askable_brand(value: Any, inputs: Inputs) -> str | None:
    """Return the brand's own id; the same refusal for a foreign brand and for one that does not exist."""
    own = own_id("Brand")(value, inputs)
    if own in inputs.visibility.brands:
        return own
    raise Refused(
        f"filter.workedWith: {value!r} is not one of this key's brands, and collaborations with other brands are visible"
        " only as counts; ask for a brand that `viewer { brands }` lists"
    )


def _seen_product(other: str, row: Row) -> list[str]:
    return tied_product(other, row.visibility)


def _seen_brand(other: str, row: Row) -> list[str]:
    return tied_brand(other, row.visibility)


def _objector(value: Any, row: Row) -> str:
    return f"{row.node}.creatorId = {row.writer.known('filter.creator', value, 'Creator')}"


def regional(value: Any, row: Row) -> str:
    """The creator sells in one of the regions, each of which the key is granted."""
    return f"{row.node}.region IN {row.writer.regions('filter.regions', value)}"


def market_regional(value: Any, row: Row) -> str:
    """The brand or product is of one of the regions."""
    return f"{row.node}.region IN {row.writer.market_regions('filter.regions', value)}"


def times(name: str) -> Range:
    """Return the bounds of an instant."""
    return Range(f"filter.{name}", "from", "to", seconds, iso_time)


CONDITIONS: Final[Mapping[str, Mapping[str, Condition]]] = {
    "Creator": {
        "ids": among_ids("Creator"),
        "handle": _handle,
        "search": searched("{n}.handleKey", "toLower({n}.nickname)"),
        "regions": regional,
        "followers": between("{n}.followerCount", Range("filter.followers")),
        "verified": equal("{n}.verified"),
        "languages": spoken,
        "joined": between("{n}.joinedAt", times("joined")),
        "score": scored,
        "sales": _sales,
        "workedWith": _worked_with,
        "soldIn": _sold_in,
        "promoted": related("promoted", "({n})-[:PUBLISHED]->(:Content)-[:FEATURES]->(other:Product)", "Product", _seen_product),
        "mentions": related("mentions", "({n})-[:PUBLISHED]->(:Content)-[:MENTIONS]->(other:Creator)", "Creator"),
    },
    "Brand": {
        "ids": among_ids("Brand"),
        "search": searched("toLower({n}.name)"),
        "regions": market_regional,
        "category": related("category", f"({{n}})-[:SELLS]->(:Product){WITHIN}", "Category"),
    },
    "Product": {
        "ids": among_ids("Product"),
        "search": titled("toLower({n}.title)"),
        "regions": market_regional,
        "brand": related("brand", "({n})<-[:SELLS]-(other:Brand)", "Brand"),
        "category": related("category", f"({{n}}){WITHIN}", "Category"),
        "priceUsd": between("{n}.priceUsd", Range("filter.priceUsd")),
    },
    "Category": {
        "ids": among_ids("Category"),
        "search": titled("toLower({n}.name)"),
        "parent": related("parent", "({n})-[:CHILD_OF]->(other:Category)", "Category"),
        "leaf": equal("{n}.leaf"),
    },
    "Collaboration": {
        "ids": among_ids("Collaboration"),
        "kinds": among("{n}.kind"),
        "statuses": among("{n}.status"),
        "offered": between("{n}.offeredAt", times("offered")),
        "brand": related("brand", "({n})<-[:OFFERED]-(other:Brand)", "Brand", _seen_brand),
        "creator": related("creator", "({n})-[:WITH]->(other:Creator)", "Creator"),
        "product": related("product", "({n})-[:PROMOTES]->(other:Product)", "Product", _seen_product),
    },
    "Appeal": {
        "ids": among_ids("Appeal"),
        "statuses": among("{n}.status"),
        "kinds": among("toUpper({n}.subjectKind)"),
        "due": between("{n}.dueAt", times("due")),
        "creator": _objector,
    },
    "Content": {
        "ids": among_ids("Content"),
        "kinds": among("{n}.kind"),
        "published": between("{n}.publishedAt", times("published")),
        "views": between("{n}.views", Range("filter.views")),
    },
}


def sole_region(asked: Any) -> Any:
    """Return the one region that a creator filter asks for at its top; None where it asks for several or none."""
    regions = cast("Mapping[str, Any]", asked).get("regions") if asked else None
    return regions if sole(regions) else None
