"""Creators."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, TypeVar

import strawberry

import scoring
from api.features.appeals.types import CONTESTABLE, ContestableConnection
from api.features.cold_start.types import COLD_START, ColdStart
from api.features.delivery.types import DELIVERY, DeliveryProbability
from api.features.disclosures.types import DISCLOSURES, DisclosureConnection
from api.features.facets.types import FACETS
from api.features.improvements.types import IMPROVEMENTS, Improvement
from api.features.lookalikes.types import CREATOR_LOOKALIKES, Lookalike
from api.features.rights.types import RIGHTS, CreatorRights
from api.features.score_changes.types import SCORE_CHANGE, ScoreChange
from api.features.score_events.types import SCORE_EVENTS, ScoreEvents
from api.features.score_history.types import HISTORY, HistoryPoint
from api.features.spillover.types import SPILLOVER, Spillover
from api.graphql.types.enums import QUESTIONS, Dimension
from api.graphql.types.fields import BY, CATEGORY, REFUSED, WINDOW, argument, paged, planned
from api.graphql.types.filters import CollaborationFilter, ContentFilter, filtered
from api.graphql.types.flag import Flag
from api.graphql.types.forecast import Forecast
from api.graphql.types.money import GroupedCount, Sales
from api.graphql.types.nouns import BrandPage, CategoryPage, CollaborationPage, ContentPage, CreatorPage, Node, ProductPage
from api.graphql.types.page import connection
from api.graphql.types.report import ReportConnection
from api.graphql.types.scalars import BigInt, DateTime, Id, Region
from api.graphql.types.score import RankScope, Score


@strawberry.type(description="One share of a creator's followers along one dimension.")
class AudienceShare:
    """As the platform reports it."""

    dimension: Dimension = planned("The dimension that the followers are split by.")
    bucket: str = planned("The group: `18-24`, `FEMALE`, `US` …")
    share: float | None = planned("Share of the followers, 0–1; null where only the order of parts is known.")
    at: DateTime | None = planned("When it was reported; null where unknown.")


T = TypeVar("T", bound=type)


def with_indicators(of: T) -> T:
    """Give a type one field for each declared indicator, in their order."""
    for name in scoring.NAMES:
        of.__annotations__[name] = Score | None
        words = f"{QUESTIONS[name]} Null where the creator has no scorecard in that window and category."
        setattr(of, name, planned(words, WINDOW, CATEGORY))
    return of


@strawberry.type(description="A person or account that sells products by short video or live stream.")
@with_indicators
class Creator(Node):
    """Profile, scores, sales, and all that they are connected with."""

    handle: str = planned("Most recent user name, without `@`.")
    region: Region = planned("Most recent region in which the creator sells.")
    nickname: str | None = planned("Display name; null where unknown.")
    bio: str | None = planned("The creator's own description; null where unknown.")
    language: str | None = planned("Main language of the content, as given by the platform; null where unknown.")
    register_region: Region | None = planned("Region in which the account is registered; null where unknown.")
    verified: bool | None = planned("Whether the platform has verified the account; null where unknown.")
    follower_count: int | None = planned("Followers; null where unknown.")
    following_count: int | None = planned("Accounts followed; null where unknown.")
    like_count: BigInt | None = planned("Likes received over the account's lifetime; null where unknown.")
    video_count: int | None = planned("Videos published over the account's lifetime; null where unknown.")
    avatar_url: str | None = planned("Profile picture; null where unknown.")
    profile_url: str | None = planned("Public profile page; null where unknown.")
    sales_consent: bool | None = planned("Whether the creator consents to showing exact sales; null where unknown, which counts as no.")
    joined_at: DateTime | None = planned("When the creator started on the platform; null where unknown.")
    first_seen_at: DateTime | None = planned("When the creator was first seen in this data; null where nothing is dated.")
    scores: list[Score] | None = planned(
        f"All indicators; empty where there is no scorecard in that window and category. {REFUSED}", WINDOW, CATEGORY
    )
    probability_above: float | None = planned(
        "Probability that the true score is higher than another creator's; null where either has no score. A creator whom you "
        "may not see is an unknown id. Creators of different regions are compared by rank, each among their own peers.",
        argument("creator", Id, "The other creator's global id."),
        BY,
        WINDOW,
        CATEGORY,
    )
    sales: Sales | None = planned(
        "What was sold in the window before the run's date, with refunds as known now; null before the first run.", WINDOW, CATEGORY
    )
    forecast: Forecast | None = planned(
        "What is expected to be sold in the 28 days after the current run's date; null before the first run, and where neither sales nor"
        " posts are known."
    )
    reports: ReportConnection | None = paged("Totals that the platform reports, newest first.")
    audience: list[AudienceShare] = planned("Shares of the followers by age, gender and location; empty where unknown.")
    collaborations: CollaborationPage | None = paged(
        "Collaborations with brands that you may see, newest first.", filtered(CollaborationFilter)
    )
    others_collaborations: GroupedCount | None = planned(
        "Number of collaborations that you may not see individually; null below five, for creators' keys, and where you see everything."
    )
    content: ContentPage | None = paged("Videos and live streams, newest first.", filtered(ContentFilter))
    products: ProductPage | None = paged(
        "Products shown in content. Viewers who see other brands' ties only as counts get their own brands' products."
    )
    brands: BrandPage | None = paged(
        "Brands that the creator works with, as of the current run. Viewers who see other brands' ties only as counts get their own brands."
    )
    categories: CategoryPage | None = paged("Categories in which the creator is active, as of the current run.")
    mentions: CreatorPage | None = paged("Creators whom the content mentions.")
    mentioned_by: CreatorPage | None = paged("Creators whose content mentions this one.")
    lookalikes: list[Lookalike] | None = CREATOR_LOOKALIKES
    score_change: ScoreChange | None = SCORE_CHANGE
    improvements: list[Improvement] | None = IMPROVEMENTS
    score_events: ScoreEvents | None = SCORE_EVENTS
    flags: list[Flag] = planned("Signs of manipulated data, as of the current run; empty where there are none. They do not affect scores.")
    contestable: ContestableConnection | None = CONTESTABLE
    history: list[HistoryPoint] | None = HISTORY
    rights: CreatorRights | None = RIGHTS
    disclosures: DisclosureConnection | None = DISCLOSURES
    cold_start: ColdStart | None = COLD_START
    spillover: Spillover | None = SPILLOVER
    delivery_probability: DeliveryProbability | None = DELIVERY


CreatorConnection: Any = connection(Creator, also=FACETS)


RankingConnection: Any = connection(
    Creator,
    "Ranking",
    also=FACETS,
    rank=(
        int,
        "Rank by score within `scope`, 1 is best, regardless of filters. In a ranking of all regions it is the rank among "
        "creators of all regions, while `score { rank }` is always the rank within the creator's own region. Within a region, "
        "equal scores share a rank; across regions they are ordered by id.",
    ),
    scope=(RankScope, "The group in which `rank` is counted."),
    score=(Score, "The score used for ranking; its own `rank` is within the creator's region."),
)
