"""What creators and brands have in common."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.fields import CREATORS, REFUSED, planned
from api.graphql.types.nouns import BrandRef, CreatorRef, ProductRef
from api.graphql.types.scalars import Id

OTHERS = (
    "Number of those that you may not see individually, rounded down to a multiple of five; null below five, and where you see everything."
)


@strawberry.type(description="Brands that two creators share.")
class SharedBrands:
    """One by one as far as you may see them."""

    count: int = planned("Number of them that you may see individually.")
    brands: list[BrandRef | None] = planned("Those that you may see individually, by id, at most 50.")
    others: int | None = planned(OTHERS)


@strawberry.type(description="Products that two creators share.")
class SharedProducts:
    """One by one as far as you may see who promotes them."""

    count: int = planned("Number of them that you may see individually.")
    products: list[ProductRef | None] = planned("Those that you may see individually, by id, at most 50.")
    others: int | None = planned(OTHERS)


@strawberry.type(description="What both have shown in content within a number of days of each other.")
class CoPromotion:
    """Counted once for each brand and product, however often."""

    days: int = planned("The number of days: 7 or 28.")
    brands: SharedBrands = planned("Brands of which both have shown a product.")
    products: SharedProducts = planned("Products that both have shown.")


@strawberry.type(
    description="Similarity of two audiences' demographics: 1 − Jensen–Shannon divergence in bits, 1 for equal shares, 0 for "
    "none in common. It compares shares and does not count people: similar audiences may not have a single "
    "follower in common."
)
class AudienceSimilarity:
    """By dimension."""

    age: float | None = planned("By age, 0–1; null where one creator's shares are unknown.")
    gender: float | None = planned("By gender, 0–1; null where one creator's shares are unknown.")
    location: float | None = planned("By location, 0–1; null where one creator's shares are unknown.")


@strawberry.type(description="Two creators.")
class OverlapPair:
    """Each pair once."""

    one: CreatorRef | None = planned("The first creator; null if just removed.")
    other: CreatorRef | None = planned("The other creator; null if just removed.")
    shared_brands: SharedBrands = planned("Brands that both creators work with, as of the current run.")
    shared_products: SharedProducts = planned("Products that the content of both has shown.")
    co_promotion: list[CoPromotion] = planned(
        "Products and brands that both promoted at about the same time: within 7 days, and within 28."
    )
    audience: AudienceSimilarity = planned("Similarity of their audiences' demographics.")


@strawberry.type(description="What creators have in common. It does not show whether the same people follow them.")
class Overlap:
    """Two by two."""

    creators: list[CreatorRef | None] = planned("The creators whom you may see.")
    missing: list[Id] = planned("Ids, as given, that name no creator whom you may see.")
    pairs: list[OverlapPair] = planned("Each pair of them.")


@strawberry.type
class Query:
    """What creators have in common, at the root."""

    overlap: Overlap | None = planned(
        "What each pair of creators has in common: brands, products, timing and audience demographics. It does not show whether the"
        f" same people follow them. {REFUSED}",
        CREATORS,
    )
