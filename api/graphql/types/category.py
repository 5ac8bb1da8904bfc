"""Categories."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.fields import BY, REGION, WINDOW, paged, planned
from api.graphql.types.filters import ProductFilter, filtered
from api.graphql.types.forecast import ForecastSum
from api.graphql.types.nouns import CategoryPage, CategoryRef, Node, ProductPage, RankingPage
from api.graphql.types.page import connection
from api.graphql.types.product import SalesAppeal
from api.graphql.types.scalars import Region


@strawberry.type(description="A category's name in one region.")
class RegionalName:
    """As the platform writes it there."""

    region: Region = planned("The region.")
    name: str = planned("The name in that region.")


@strawberry.type(description="A product category; subcategories roll up into their parents.")
class Category(Node):
    """Scores exist per category where the evidence allows."""

    name: str | None = planned("Most recent name; null where unknown.")
    names: list[RegionalName] = planned("Names by region.")
    leaf: bool | None = planned("Whether it has no subcategories; null where unknown.")
    parent: CategoryRef | None = planned("Its parent category; null at the top.")
    rated: bool = planned(
        "Whether you may ask for scores and sales within it: with keys of brands and partners, only where at least five brands sell in it "
        "or its subcategories."
    )
    children: CategoryPage | None = paged("Its direct subcategories.")
    products: ProductPage | None = paged("Products in this category or its subcategories.", filtered(ProductFilter))
    appeal: SalesAppeal | None = planned(
        "How well the products directly in this category sell, regardless of who shows them; null where products of fewer than "
        "five brands were shown, and for keys of brands and partners."
    )
    forecast: ForecastSum | None = planned(
        "What is expected to be sold in the category and its subcategories in the 28 days after the current run's date, by all "
        "creators; null before the first run, where nothing is expected, and where you may not see everyone's exact sales."
    )
    top_creators: RankingPage | None = paged(
        "Creators with a score in this category, best first. Null, with an error, if an argument is invalid.", BY, REGION, WINDOW
    )


CategoryConnection: Any = connection(Category)
