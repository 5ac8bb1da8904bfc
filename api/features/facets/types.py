"""Facets of lists of creators: how many there are of each value, to filter by next."""

from __future__ import annotations

from typing import Any, Final

import strawberry

from api.graphql.types.fields import planned
from api.graphql.types.scalars import Id, Region

COUNT: Final = "Number of creators that you may see."


@strawberry.type(description="How many creators sell in a region.")
class RegionFacet:
    """For the condition `regions`."""

    region: Region = planned("The region.")
    count: int = planned(COUNT)


@strawberry.type(description="How many creators are active in a category: those who have scores in it.")
class CategoryFacet:
    """For the condition `soldIn`; where exact sales are seen, that asks for sales rather than for scores."""

    category: Id = planned("The category's global id.")
    name: str | None = planned("The category's name; null where unknown.")
    count: int = planned(COUNT)


@strawberry.type(description="How many creators have so many followers.")
class FollowerFacet:
    """For the condition `followers`."""

    min: int = planned("The least number of followers of the tier.")
    max: int | None = planned("The greatest number of followers of the tier; null for the highest tier.")
    count: int = planned(COUNT)


@strawberry.type(description="How many creators have a main language.")
class LanguageFacet:
    """For the condition `languages`."""

    language: str = planned("The language, in lower case.")
    count: int = planned(COUNT)


@strawberry.type(description="How many creators are verified, or known not to be.")
class VerifiedFacet:
    """For the condition `verified`."""

    verified: bool = planned("Whether these are verified.")
    count: int = planned(COUNT)


@strawberry.type(description="How many creators have a level: their scores can hardly be told apart.")
class LevelFacet:
    """Levels are those of one indicator, window and category."""

    level: int = planned("The level, 1 is best.")
    count: int = planned(COUNT)


@strawberry.type(
    description="How many creators of the list there are of each value, under all conditions of the filter but the one on that value; "
    "conditions within `and`, `or` and `not` always count. At most 100 values each; unknown values are not counted."
)
class CreatorFacets:
    """Each is counted only if selected."""

    regions: list[RegionFacet] = planned("By region, the most first; without the condition `regions`.")
    categories: list[CategoryFacet] = planned(
        "By category in which they have scores over 90 days, the most first; without the condition `soldIn`. A creator counts in each."
    )
    followers: list[FollowerFacet] = planned("By tier of followers, the lowest first; without the condition `followers`.")
    languages: list[LanguageFacet] = planned("By main language, the most first; without the condition `languages`.")
    verified: list[VerifiedFacet] = planned("By whether they are verified, the most first; without the condition `verified`.")
    levels: list[LevelFacet] = planned(
        "By level of the score that the list is in the order of, the best first; empty for a list in another order."
    )


FACETS: Final[dict[str, tuple[Any, str]]] = {
    "facets": (
        CreatorFacets | None,
        "Counts by value, to filter by next; computed only if selected. Null in lists other than `creators` and `ranking`.",
    )
}
