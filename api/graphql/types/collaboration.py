"""Collaborations."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.enums import CollaborationKind, CollaborationStatus
from api.graphql.types.fields import paged, planned
from api.graphql.types.filters import ContentFilter, filtered
from api.graphql.types.money import Money, Sales
from api.graphql.types.nouns import BrandRef, ContentPage, CreatorRef, Node, ProductPage
from api.graphql.types.page import connection
from api.graphql.types.scalars import DateTime


@strawberry.type(
    description="One creator's collaboration with a brand. Visible to the brand, its partner, the creator, and roles that see everything."
)
class Collaboration(Node):
    """Terms and sales are its parties' business."""

    kind: CollaborationKind = planned("How the collaboration started.")
    status: CollaborationStatus = planned("Its current status.")
    name: str | None = planned("Title given by the brand; null without one.")
    programme_id: str | None = planned("Invitation, campaign or plan that several creators share; null for one alone.")
    offered_at: DateTime | None = planned("When it was offered or applied for; null where unknown.")
    answered_at: DateTime | None = planned("When it was answered; null before, or where unknown.")
    accepted: bool | None = planned("Whether the answer was yes; null before, or where unknown.")
    approved_at: DateTime | None = planned("When a sample was approved; null without one.")
    sample_delivered_at: DateTime | None = planned("When a sample reached the creator; null without one, or where unknown.")
    due_at: DateTime | None = planned("When content is due; null where no time was set.")
    delivered_at: DateTime | None = planned("When content was published for it; null before.")
    ends_at: DateTime | None = planned("When the offer ends; null where it does not.")
    commission_rate: float | None = planned("Commission agreed, 0–1; null where unknown, and for viewers who are not a party to it.")
    fee: Money | None = planned("Fixed fee agreed; null without one, and for viewers who are not a party to it.")
    rating: float | None = planned("The brand's rating, 1–5; null before it rates, and for viewers who are not a party to it.")
    rated_at: DateTime | None = planned("When the brand rated; null as `rating` is.")
    content_count: int | None = planned(
        "Posts published for it, as reported; null where unknown, and for viewers who are not a party to it."
    )
    sales: Sales | None = planned("What was sold under it over all time; null for viewers who are not a party to it.")
    brand: BrandRef | None = planned("Who offered it; null where unknown.")
    creator: CreatorRef | None = planned("The creator who takes part; null where you may not see that creator.")
    products: ProductPage | None = paged("Products that it promotes.")
    content: ContentPage | None = paged("Content published for it, the newest first.", filtered(ContentFilter))


CollaborationConnection: Any = connection(Collaboration)
