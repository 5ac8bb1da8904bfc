"""Every event table and column: name, type, unit and meaning. Whoever has such tables can compute the facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scoring.facts.units import Unit


class Type(StrEnum):
    """What a column holds; the check takes every Arrow type of that kind, whatever its width."""

    TEXT = "text"
    WHOLE = "whole numbers"
    REAL = "numbers"
    FLAG = "true or false"


@dataclass(frozen=True, slots=True)
class EventColumn:
    """One column of an event table; a `required` one has no nulls, in others null is unknown."""

    name: str
    type: Type
    meaning: str
    unit: Unit = Unit.NONE
    required: bool = False


@dataclass(frozen=True, slots=True)
class EventTable:
    """One event table: rows in any order, as they were known at the as-of time unless a column says otherwise."""

    name: str
    meaning: str
    columns: tuple[EventColumn, ...]


def _id(name: str, meaning: str) -> EventColumn:
    return EventColumn(name, Type.TEXT, meaning, required=True)


def _text(name: str, meaning: str, unit: Unit = Unit.NONE, *, required: bool = False) -> EventColumn:
    return EventColumn(name, Type.TEXT, meaning, unit, required)


def _count(name: str, meaning: str, *, required: bool = False) -> EventColumn:
    return EventColumn(name, Type.WHOLE, meaning, Unit.COUNT, required)


def _time(name: str, meaning: str, *, required: bool = False) -> EventColumn:
    return EventColumn(name, Type.WHOLE, meaning, Unit.TIME, required)


def _real(name: str, meaning: str, unit: Unit = Unit.COUNT, *, required: bool = False) -> EventColumn:
    return EventColumn(name, Type.REAL, meaning, unit, required)


CREATORS: Final = EventTable(
    "creators",
    "All creators.",
    (
        _id("id", "The creator's id, each once."),
        _text("region", "Region, today's.", Unit.REGION),
        _count("follower_count", "Followers, today's."),
        _time("joined_at", "When the creator joined the platform."),
        _time("first_seen_at", "When the creator was first seen."),
    ),
)
BRANDS: Final = EventTable("brands", "All brands.", (_id("id", "The brand's id, each once."),))
CATEGORIES: Final = EventTable(
    "categories",
    "All categories, a row for each parent.",
    (_id("id", "The category's id."), _text("parent_id", "The category above it; null at the top.")),
)
PRODUCTS: Final = EventTable(
    "products",
    "All products, a row for each category and brand.",
    (
        _id("id", "The product's id."),
        _text("category_id", "A category of its own, without those above."),
        _text("brand_id", "The brand that sells it; the first by id counts."),
        _real("price_usd", "Lowest price asked.", Unit.USD),
    ),
)
CONTENTS: Final = EventTable(
    "contents",
    "Videos and live streams of the last 180 days, or of the longest window if that is longer.",
    (
        _id("id", "The content's id, each once."),
        _id("creator_id", "Who published it."),
        _time("published_at", "When it was published.", required=True),
        EventColumn("live", Type.FLAG, "Whether it is a live stream; else a video.", required=True),
        EventColumn(
            "selected", Type.FLAG, "Known only because an order, sample or campaign names it: not all of the creator's are.", required=True
        ),
        _count("views", "Views, today's."),
        _count("engagements", "Likes, comments and shares, today's, those that are known."),
        EventColumn("live_seconds", Type.WHOLE, "How long a live stream ran; of a video 0.", Unit.SECONDS),
    ),
)
FEATURES: Final = EventTable(
    "features",
    "Products shown in the contents. Sums of sales are null where order lines of the same content and product are known, so that nothing"
    " counts twice.",
    (
        _id("content_id", "The content, one of the table."),
        _id("product_id", "The product that it shows."),
        _count("clicks", "Clicks on the product."),
        _count("orders", "Orders in sum; units where orders are not known."),
        _count("units", "Units in sum."),
        _count("refunded_units", "Units refunded in sum."),
        _real("gmv_usd", "GMV in sum, before refunds; null says that there is no sum.", Unit.USD),
    ),
)
SALES: Final = EventTable(
    "sales",
    "Order lines.",
    (
        _text("order_id", "The order that the line is of; null stands alone."),
        _id("creator_id", "Who is credited with it."),
        _id("product_id", "What was sold."),
        _text("content_id", "The content that it came through."),
        _text("content_kind", "VIDEO or LIVE; others are neither."),
        _time("at", "When it was ordered.", required=True),
        _count("quantity", "Units ordered.", required=True),
        _real("gmv_usd", "GMV before refunds.", Unit.USD, required=True),
        _text("status", "Newest status; NO_SALE and REFUNDED matter.", required=True),
        _count("refunded_quantity", "Newest number of units refunded.", required=True),
        _text("earlier_status", "Status at the as-of time, where the newest came later."),
        _count("earlier_refunded_quantity", "Units refunded at the as-of time, where the newest number came later; else null."),
    ),
)
EARLIER_SALES: Final = EventTable("earlier_sales", "Order lines from before the longest window.", SALES.columns)
COLLABORATIONS: Final = EventTable(
    "collaborations",
    "Collaborations of all the history; times other than the status's may lie after the as-of time and do not count then.",
    (
        _id("id", "The collaboration's id, each once."),
        _id("creator_id", "Who is asked, or takes part."),
        _text("brand_id", "Whose it is."),
        _text("kind", "OPEN, TARGETED, SAMPLE or CAMPAIGN.", required=True),
        _text("status", "Status at the as-of time: OFFERED, ACCEPTED, DECLINED, DELIVERED, FAILED, EXPIRED or CANCELLED.", required=True),
        _time("status_since", "When that status was first seen."),
        _time("accepted_since", "When it was first seen to be accepted or delivered, by the as-of time."),
        _time("offered_at", "When it was offered."),
        _time("answered_at", "When the creator answered."),
        EventColumn("accepted", Type.FLAG, "Whether the answer was yes.", required=True),
        _time("due_at", "When content was due."),
        _time("approved_at", "When a sample was approved."),
        _time("approval_due_at", "Until when the brand may approve a sample."),
        _time("sample_delivered_at", "When a sample arrived."),
        _time("ends_at", "When it ends."),
        _time("delivered_at", "When content was delivered."),
        _real("rating", "The brand's rating.", Unit.STARS),
        _time("rated_at", "When it was rated."),
        _count("content_count", "Content reported for it by the as-of time; of an open plan all that the creator made for its product."),
    ),
)
DELIVERIES: Final = EventTable(
    "deliveries",
    "Content delivered for collaborations that carry no time of delivery; the first tells.",
    (
        _id("collaboration_id", "The collaboration, one of the table."),
        _time("published_at", "When the content was published.", required=True),
    ),
)
PROMOTIONS: Final = EventTable(
    "promotions",
    "Products that collaborations promote.",
    (_id("collaboration_id", "The collaboration, one of the table."), _id("product_id", "The product.")),
)
MENTIONS: Final = EventTable(
    "mentions",
    "Creators named in the contents of the longest window.",
    (
        _id("creator_id", "Who published the content."),
        _id("mentioned_id", "Who is named in it."),
        _time("published_at", "When it was published.", required=True),
    ),
)
REPORTS: Final = EventTable(
    "reports",
    "The platform's latest report about each creator by the as-of time.",
    (
        _id("creator_id", "The creator, each once."),
        _real("days", "Days that the report covers."),
        _real("video_count", "Shoppable videos."),
        _real("live_count", "Shoppable live streams."),
        _real("video_views", "Mean views of a shoppable video."),
        _real("video_engagement_rate", "Engagement rate of shoppable videos.", Unit.SHARE),
        _real("gmv_usd", "GMV, exact.", Unit.USD),
        _real("gmv_low_usd", "Lower end of the range of GMV.", Unit.USD),
        _real("gmv_high_usd", "Upper end of the range of GMV.", Unit.USD),
        _real("gpm_usd", "GMV per 1,000 views.", Unit.USD),
        _real("units_sold", "Units sold."),
        _real("fulfilment_rate", "Share of samples answered with content.", Unit.SHARE),
        _real("brand_collaboration_count", "Brands worked with over the account's life."),
        _real("live_views", "Mean views of a shoppable live stream."),
    ),
)

REPORT_HISTORY: Final = EventTable(
    "report_history",
    "All that the platform reported about each creator in the last 360 days, the latest report among them.",
    (
        _id("creator_id", "The creator."),
        _time("at", "When it was reported.", required=True),
        _real("days", "Days that the numbers cover."),
        _real("content_count", "Posts, shoppable or not."),
        _real("video_count", "Shoppable videos."),
        _real("live_count", "Shoppable live streams."),
        _real("video_views", "Mean views of a shoppable video."),
        _real("median_video_views", "Median views of a shoppable video."),
        _real("live_views", "Mean views of a shoppable live stream."),
        _real("video_engagement_rate", "Engagement rate of shoppable videos.", Unit.SHARE),
        _real("follower_count", "Followers on that day."),
        _real("rating", "Rating by the sellers who worked with the creator.", Unit.STARS),
        _real("fulfilment_rate", "Share of samples answered with content.", Unit.SHARE),
    ),
)

EVENT_TABLES: Final = (
    CREATORS,
    BRANDS,
    CATEGORIES,
    PRODUCTS,
    CONTENTS,
    FEATURES,
    SALES,
    EARLIER_SALES,
    COLLABORATIONS,
    DELIVERIES,
    PROMOTIONS,
    MENTIONS,
    REPORTS,
    REPORT_HISTORY,
)
"""What `market` is made of."""
