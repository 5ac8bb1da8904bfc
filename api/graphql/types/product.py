"""Products."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.fields import HIDDEN, paged, planned
from api.graphql.types.filters import CollaborationFilter, ContentFilter, filtered
from api.graphql.types.money import Money, Sales
from api.graphql.types.nouns import BrandRef, CategoryRef, CollaborationPage, ContentPage, CreatorPage, Node
from api.graphql.types.page import connection
from api.graphql.types.scalars import BigInt, Region


@strawberry.type(description="Orders for the same views by the same creator, relative to the typical product.")
class SalesAppeal:
    """By the two-way model of the current run, which sets creators' selling ability and products' appeal apart."""

    ratio: float = planned("How many times the typical product's orders: 1 is typical.")
    low: float = planned("Lower end of the 90 % interval.")
    high: float = planned("Upper end of the 90 % interval.")
    posts: BigInt = planned("Number of posts it is based on, including those known only from a plan's count.")
    apart: bool = planned(
        "Whether its creators share no product, even indirectly, with most other creators. If so, its appeal can only be "
        "separated from their ability by what is typical."
    )


@strawberry.type(description="A product that a brand sells through creators.")
class Product(Node):
    """The catalogue is open to all; who promotes a product is not."""

    title: str | None = planned("Name of the product; null where unknown.")
    region: Region | None = planned("Region where it is sold; null where unknown.")
    status: str | None = planned("Status, as the platform names it; null where unknown.")
    price: Money | None = planned("Lowest price; null where unknown.")
    price_high: Money | None = planned("Highest price; null where unknown, or where there is only one price.")
    commission_rate: float | None = planned("Commission of the open plan, 0–1; null without one.")
    units_sold: BigInt | None = planned("Units sold in all, as the platform shows them; null where unknown.")
    image_url: str | None = planned("Picture; null where unknown.")
    url: str | None = planned("Product page; null where unknown.")
    brand: BrandRef | None = planned("Who sells it; null where unknown.")
    category: CategoryRef | None = planned("The most specific category known; null where unknown.")
    content: ContentPage | None = paged(f"Content that shows it, newest first. {HIDDEN}", filtered(ContentFilter))
    creators: CreatorPage | None = paged(f"Creators whose content shows it. {HIDDEN}")
    collaborations: CollaborationPage | None = paged(f"Collaborations that promote it. {HIDDEN}", filtered(CollaborationFilter))
    sales: Sales | None = planned(
        "What was sold of it over all time; creators see only what they sold. Null where its ties are hidden from you."
    )
    appeal: SalesAppeal | None = planned(
        "How well it sells, regardless of which creators show it; null where no post shows it, and for keys of brands and partners."
    )


ProductConnection: Any = connection(Product)
