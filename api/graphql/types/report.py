"""What the platform itself reports."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.types.fields import planned
from api.graphql.types.money import Range, ReportedAmount
from api.graphql.types.nouns import Node
from api.graphql.types.page import connection
from api.graphql.types.scalars import DateTime, Id


@strawberry.type(description="A category's share of a creator's GMV.")
class CategoryShare:
    """As reported."""

    category: Id = planned("Global id of the category.")
    share: float | None = planned("Share of the GMV, 0–1; null where only the order is known, or where you may not see exact sales.")


@strawberry.type(description="A kind of content's share of a creator's GMV.")
class ContentShare:
    """As reported."""

    kind: str = planned("Kind of content, as the platform names it.")
    share: float | None = planned("Share of the GMV, 0–1; null where only the order is known, or where you may not see exact sales.")


@strawberry.type(
    description=(
        "Totals that the platform reports about a creator, one report per creator and day. Fields that it did not report are null."
    )
)
class Report(Node):
    """Exact amounts only for those who may see exact sales."""

    at: DateTime = planned("When it was reported.")
    days: int | None = planned("Number of days that the totals cover; null where they cover the account's lifetime.")
    gmv: ReportedAmount | None = planned("GMV; null where not reported.")
    video_gmv: ReportedAmount | None = planned("GMV of videos; null where not reported.")
    live_gmv: ReportedAmount | None = planned("GMV of live streams; null where not reported.")
    gpm: ReportedAmount | None = planned("GMV per 1,000 views; null where not reported.")
    video_gpm: ReportedAmount | None = planned("GMV per 1,000 views of videos; null where not reported.")
    live_gpm: ReportedAmount | None = planned("GMV per 1,000 views of live streams; null where not reported.")
    gmv_per_buyer: ReportedAmount | None = planned("Mean GMV per buyer; null where not reported.")
    units_sold: int | None = planned("Units sold; null where not reported, or where you may not see exact sales.")
    units_sold_range: Range | None = planned("The range that the units sold lie in; null where not reported.")
    content_count: int | None = planned("All posts, shoppable or not; null where not reported.")
    video_count: int | None = planned("Shoppable videos; null where not reported.")
    live_count: int | None = planned("Shoppable live streams; null where not reported.")
    video_views: float | None = planned("Mean views of a shoppable video; null where not reported, or there was none.")
    median_video_views: float | None = planned("Median views of a shoppable video; null where not reported.")
    live_views: float | None = planned("Mean views of a shoppable live stream; null where not reported.")
    live_unique_viewers: float | None = planned("Mean unique viewers of a shoppable live stream; null where not reported.")
    video_engagement_rate: float | None = planned("Engagement rate of shoppable videos, 0–1; null where not reported.")
    live_engagement_rate: float | None = planned("Engagement rate of shoppable live streams, 0–1; null where not reported.")
    commission_rate: float | None = planned("Mean commission, 0–1; null where not reported, or where you may not see exact sales.")
    commission_rate_low: float | None = planned("Mean commission, lower end of its range; null where not reported.")
    commission_rate_high: float | None = planned("Mean commission, upper end of its range; null where not reported.")
    fulfilment_rate: float | None = planned("Share of samples followed by content within 90 days; null where not reported.")
    brand_collaboration_count: int | None = planned(
        "Brands worked with over the account's lifetime; null where not reported, or below five."
    )
    promoted_product_count: int | None = planned("Products promoted; null where not reported.")
    category_shares: list[CategoryShare] = planned("GMV by category.")
    content_shares: list[ContentShare] = planned("GMV by kind of content.")
    performance_score: float | None = planned("The platform's own performance score; null where not reported.")
    rating: float | None = planned("The platform's own rating, 1–5; null where not reported.")
    follower_count: int | None = planned("Followers on that day; null where not reported.")


ReportConnection: Any = connection(Report)
