"""Search: creators, brands, products and categories by name, in any script."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import REFUSED, argument, planned
from api.graphql.types.nouns import CategoryRef, NodeRef
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import Id, Region

SearchKind: Final = named(
    "SearchKind",
    "A kind of nodes that can be searched.",
    {
        "CREATOR": ("Creator", "Creators, by handle, earlier handles, display name and bio."),
        "BRAND": ("Brand", "Brands, by name."),
        "PRODUCT": ("Product", "Products, by title."),
        "CATEGORY": ("Category", "Categories, by their names in every region."),
    },
)


@strawberry.input(description="What to narrow a search to.")
class SearchFilter:
    """Conditions that all hold."""

    regions: list[Region] | None = strawberry.field(
        default=None, description="Only creators, brands and products of these regions; categories have none and remain. All if null."
    )
    category: Id | None = strawberry.field(
        default=None,
        description="Only this category and its subcategories, their products, the brands that sell these, and creators who have it among"
        " their main categories. All if null.",
    )


@strawberry.type(description="A part of a text.")
class SearchPiece:
    """Plain text, never markup."""

    text: str = planned("The part itself; plain text.")
    matched: bool = planned("Whether it is what the query matched.")


@strawberry.type(description="A text in which the query matched.")
class SearchHighlight:
    """The pieces make up the text again."""

    field: str = planned(
        "The field of the node that holds the text: `handle`, `nickname`, `bio`, `name` or `title`; `formerHandle` for one given up."
    )
    pieces: list[SearchPiece] = planned(
        "The text in pieces; joined, they are the text. Of a text of more than 300 characters, a part around the first match."
    )


@strawberry.type(description="A node that a search has found.")
class SearchEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after`; valid for the same query, kinds and filter.")
    node: NodeRef | None = planned("The node: a `Creator`, `Brand`, `Product` or `Category`; null if just removed.")
    kind: SearchKind = planned("The kind of the node.")
    score: float = planned("How well it matches, 0–1, to two digits: 1 is the same name, in whatever script or case.")
    highlights: list[SearchHighlight] = planned("Texts of the node that match; empty where only a name in another region does.")


@strawberry.type(description="Matches of one kind.")
class SearchKindCount:
    """One row of a facet."""

    kind: SearchKind = planned("The kind.")
    count: int = planned("Number of matches that you may see.")


@strawberry.type(description="Matches in one region.")
class SearchRegionCount:
    """One row of a facet."""

    region: Region = planned("The region.")
    count: int = planned("Number of matches that you may see.")


@strawberry.type(description="Matches in one of the topmost categories.")
class SearchCategoryCount:
    """One row of a facet."""

    category: CategoryRef | None = planned("The category; null if just removed.")
    count: int = planned("Number of matches that you may see.")


@strawberry.type(description="Numbers of matches, counted over all pages, among at most 300 of each kind; largest first.")
class SearchFacets:
    """Public facts of what the viewer may see."""

    kinds: list[SearchKindCount] = planned("Matches by kind.")
    regions: list[SearchRegionCount] = planned("Matches by region; matches without a region are not counted.")
    categories: list[SearchCategoryCount] = planned(
        "Matches by topmost category: of products and categories the one they are in, of creators each of their main categories."
    )


@strawberry.type(description="What a search has found, best match first.")
class SearchConnection:
    """Bounded: a search compares the query with at most 300 nodes of each kind."""

    edges: list[SearchEdge] = planned("The matches with score, highlights and cursor.")
    nodes: list[NodeRef | None] = planned("The matches alone.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Number of matches on all pages.")
    facets: SearchFacets = planned("Numbers of matches by kind, region and category.")


@strawberry.type
class Query:
    """Search, at the root."""

    search: SearchConnection | None = planned(
        "Searches names in any script and spelling: with typing errors, without accents, in Latin letters for other scripts, and across"
        " scripts by sound. Ties are ordered by kind, by overall score (creators) or units sold (products), then by id."
        f" {REFUSED}",
        argument("query", str, "What to search for, at most 200 characters: a name or part of it, words of a bio, or an id."),
        argument("kinds", list[SearchKind] | None, "Kinds to search; all if omitted."),
        argument("filter", SearchFilter | None, "What to narrow the search to."),
        argument("first", int, "Number of matches to return.", 20),
        argument("after", str | None, "A cursor; returns the matches after it."),
    )
