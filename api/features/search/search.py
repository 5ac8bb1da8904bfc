"""`search`: nodes of several kinds by name, a page of them, where they match, and counts of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from api.errors import BadUserInput
from api.features.search.types import (
    SearchCategoryCount,
    SearchConnection,
    SearchEdge,
    SearchFacets,
    SearchHighlight,
    SearchKindCount,
    SearchPiece,
    SearchRegionCount,
)
from api.graphql.execution.arguments import local
from api.graphql.execution.field_context import FieldContext, reading_of
from api.graphql.types.nouns import Ref
from api.graphql.types.page import PageInfo
from graph.plans.bounds import one_of
from graph.recommendations.reading import Reading
from graph.search.candidates import KINDS, Within
from graph.search.highlights import pieces
from graph.search.searching import Hit, search, texts, topmost, with_below
from graph.search.similarity import Sought
from graph.search.terms import LONGEST

FORMER: Final = "formerHandle"


async def found(context: FieldContext) -> SearchConnection:
    """Return a page of what is sought; BadUserInput for a query in which nothing can be sought."""
    arguments, reading = context.arguments, reading_of(context.viewer, context.state)
    sought = _sought(arguments["query"])
    kinds = KINDS if arguments.get("kinds") is None else arguments["kinds"]
    one_of("kinds", kinds)
    within = await _within(context, reading)
    hits = await search(reading, sought, kinds, within)
    order = repr(("search", sought.text, sorted(kinds), within.regions, within.categories))
    start = _start(context, hits, order)
    page = hits[start : start + arguments.get("first", 20)]
    edges = [
        SearchEdge(
            cursor=context.cursors.write(hit.order, order=order),
            node=Ref(hit.candidate.kind, hit.candidate.id),
            kind=hit.candidate.kind.upper(),
            score=hit.score,
            highlights=highlights,
        )
        for hit, highlights in zip(page, await _highlights(context, reading, sought, page), strict=True)
    ]
    return SearchConnection(
        edges=edges,
        nodes=[each.node for each in edges],
        page_info=PageInfo(
            has_next_page=start + len(page) < len(hits),
            has_previous_page=start > 0,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        total_count=len(hits),
        facets=await _facets(context, reading, hits),
    )


def _sought(text: str) -> Sought:
    if len(text) > LONGEST:
        raise BadUserInput(f"query: {text[:40]!r}… has {len(text):,} characters; give at most {LONGEST}")
    sought = Sought.of(text)
    if not sought.forms:
        raise BadUserInput(f"query: {text!r} has neither letter nor digit; give a name, a part of one, or an id")
    return sought


async def _within(context: FieldContext, reading: Reading) -> Within:
    given = context.arguments.get("filter") or {}
    category = given.get("category")
    return Within(
        regions=given.get("regions"),
        categories=None if category is None else await with_below(reading, local("filter.category", category, "Category")),
        cards=context.run.cards if context.run else "",
        me=context.visibility.creator,
    )


def _start(context: FieldContext, hits: Sequence[Hit], order: str) -> int:
    """Return the place behind the cursor's: that of its own hit, or of the next where it is no longer there."""
    cursor = context.arguments.get("after")
    if cursor is None:
        return 0
    place = tuple(context.cursors.read(cursor, order=order))
    return sum(hit.order <= place for hit in hits)


async def _highlights(context: FieldContext, reading: Reading, sought: Sought, page: Sequence[Hit]) -> list[list[SearchHighlight]]:
    if not context.wants("edges", "highlights"):
        return [[] for _ in page]
    known = await texts(reading, [(hit.candidate.kind, hit.candidate.id) for hit in page])
    return [_of(sought, known.get((hit.candidate.kind, hit.candidate.id), {}), hit.candidate.former) for hit in page]


def _of(sought: Sought, known: dict[str, str], former: str | None) -> list[SearchHighlight]:
    shown = {**known, **({FORMER: former} if former else {})}
    matches = ((name, pieces(sought, text)) for name, text in shown.items())
    return [
        SearchHighlight(field=name, pieces=[SearchPiece(text=each.text, matched=each.matched) for each in parts])
        for name, parts in matches
        if parts
    ]


async def _facets(context: FieldContext, reading: Reading, hits: Sequence[Hit]) -> SearchFacets:
    """Count matches by public facts of what the viewer may see, each of which they could count themselves, page by page."""
    everything = [hit.candidate for hit in hits]
    tops = await _tops(context, reading, (category for each in everything for category in each.categories))
    in_tops = (top for each in everything for top in {tops[category] for category in each.categories if category in tops})
    return SearchFacets(
        kinds=[SearchKindCount(kind=kind.upper(), count=count) for kind, count in _most(each.kind for each in everything)],
        regions=[
            SearchRegionCount(region=region, count=count) for region, count in _most(each.region for each in everything if each.region)
        ],
        categories=[SearchCategoryCount(category=Ref("Category", top), count=count) for top, count in _most(in_tops)],
    )


async def _tops(context: FieldContext, reading: Reading, categories: Iterable[str]) -> dict[str, str]:
    return await topmost(reading, set(categories)) if context.wants("facets", "categories") else {}


def _most(values: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))
