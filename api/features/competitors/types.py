"""Brands that work with the same creators."""

from __future__ import annotations

import strawberry

from api.graphql.types.fields import planned
from api.graphql.types.nouns import BrandRef, CategoryRef


@strawberry.type(
    description="A brand that works with the same creators, counted among creators of your regions. Where you see other "
    "brands' ties only as counts, the number is rounded down to a multiple of five; brands below five, or that "
    "would share all of your creators, are left out."
)
class Competitor:
    """As of the current run."""

    brand: BrandRef | None = planned("The brand; null if just removed.")
    shared_creators: int = planned("Creators whom both work with; rounded down to a multiple of five unless `exact`.")
    exact: bool = planned("Whether `sharedCreators` is exact; it is rounded where you see other brands' ties only as counts.")
    overlap: float | None = planned(
        "Where you see all ties: shared creators as a share of all creators of either brand, 0–1. Where you see only counts: "
        "as a share of your own brand's creators; null for other brands."
    )
    shared_categories: list[CategoryRef | None] = planned("Categories in which both sell, by id, at most 20.")
