"""Content: videos and live streams."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.enums import ContentKind
from api.graphql.types.fields import paged, planned
from api.graphql.types.filters import CollaborationFilter, filtered
from api.graphql.types.money import Sales
from api.graphql.types.nouns import CollaborationPage, CreatorPage, CreatorRef, Node, ProductPage
from api.graphql.types.page import connection
from api.graphql.types.scalars import BigInt, DateTime


@strawberry.type(description="A video or a live stream. Visible to viewers who may see its creator.")
class Content(Node):
    """Counts are the newest known."""

    kind: ContentKind = planned("The kind of event.")
    title: str | None = planned("Title or description; null where unknown.")
    url: str | None = planned("Public page; null where unknown.")
    published_at: DateTime | None = planned("When it was published or went live; null where unknown.")
    ended_at: DateTime | None = planned("When the live stream ended; null for videos, and where unknown.")
    duration_seconds: int | None = planned("Length in seconds; null where unknown.")
    views: BigInt | None = planned("Views; null where unknown.")
    likes: BigInt | None = planned("Likes; null where unknown.")
    comments: BigInt | None = planned("Comments; null where unknown.")
    shares: BigInt | None = planned("Shares; null where unknown.")
    creator: CreatorRef | None = planned("Who published it; null where unknown.")
    products: ProductPage | None = paged(
        "Products that it shows. Viewers who see other brands' ties only as counts get their own brands' products."
    )
    mentions: CreatorPage | None = paged("Creators whom it mentions.")
    collaborations: CollaborationPage | None = paged(
        "Collaborations that it was published for and that you may see.", filtered(CollaborationFilter)
    )
    sales: Sales = planned("What it sold over all time.")


ContentConnection: Any = connection(Content)
