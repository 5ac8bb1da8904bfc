"""What creators and brands have in common."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.schema.nouns import BrandRef, CategoryRef, CreatorRef
from api.schema.planned import planned
from api.schema.product import Product

OTHERS = "Those you may not see one by one, in whole fives; null below five, and where you see all."


@strawberry.type(description="Brands that two creators share.")
class SharedBrands:
    """One by one as far as you may see them."""

    count: int = planned("How many of them you may see one by one.")
    brands: list[BrandRef | None] = planned("These, by id, at most 50.")
    others: int | None = planned(OTHERS)


@strawberry.type(description="Products that two creators share.")
class SharedProducts:
    """One by one as far as you may see who promotes them."""

    count: int = planned("How many of them you may see one by one.")
    products: list[Product | None] = planned("These, by id, at most 50.")
    others: int | None = planned(OTHERS)


@strawberry.type(description="What both have shown in content within some days of each other.")
class CoPromotion:
    """Counted once for each brand and product, however often."""

    days: int = planned("The days: 7 or 28.")
    brands: SharedBrands = planned("Brands of which both have shown a product.")
    products: SharedProducts = planned("Products that both have shown.")


@strawberry.type(
    description="How alike the make-ups of two audiences are: 1 − Jensen–Shannon divergence in bits, 1 for equal shares, 0 for none in"
    " common. It compares shares and never counts persons: alike audiences may not have a single follower in common."
)
class AudienceSimilarity:
    """By dimension."""

    age: float | None = planned("By age, 0–1; null where the shares of one are not known.")
    gender: float | None = planned("By gender, 0–1; null where the shares of one are not known.")
    location: float | None = planned("By place, 0–1; null where the shares of one are not known.")


@strawberry.type(description="Two creators.")
class OverlapPair:
    """Each pair once."""

    one: CreatorRef | None = planned("The one; null where just removed.")
    other: CreatorRef | None = planned("The other; null where just removed.")
    shared_brands: SharedBrands = planned("Brands that both work with, as of the current run.")
    shared_products: SharedProducts = planned("Products that the content of both has shown.")
    co_promotion: list[CoPromotion] = planned("What both have promoted at about the same time: within 7 days, and within 28.")
    audience: AudienceSimilarity = planned("How alike their audiences are made up.")


@strawberry.type(description="What creators have in common. It says nothing of whether the same persons follow them.")
class Overlap:
    """Two by two."""

    creators: list[CreatorRef | None] = planned("The creators whom you may see.")
    missing: list[strawberry.ID] = planned("Ids, as given, that name no creator whom you may see.")
    pairs: list[OverlapPair] = planned("Every two of them.")


@strawberry.type(
    description="A brand that works with the same creators, counted among creators of your regions. Where you see others' ties as counts"
    " only: in whole fives, none below five, and none where it would be all of your creators."
)
class Competitor:
    """As of the current run."""

    brand: BrandRef | None = planned("The brand; null where just removed.")
    shared_creators: int = planned("Creators whom both work with; rounded down to a multiple of five unless `exact`.")
    exact: bool = planned("Whether `sharedCreators` is exact; it is not where you see others' ties as counts only.")
    overlap: float | None = planned(
        "Where you see all ties: shared creators among all that either works with, 0–1. Where you see counts only: shared creators among"
        " your own brand's; null for other brands."
    )
    shared_categories: list[CategoryRef | None] = planned("Categories in which both sell, by id, at most 20.")
