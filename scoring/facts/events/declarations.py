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
        _id("id", "The creator's id; unique."),
        _text("region", "Current region.", Unit.REGION),
        _count("follower_count", "Current number of followers."),
        _time("joined_at", "When the creator joined the platform."),
        _time("first_seen_at", "When the creator was first seen."),
    ),
)
BRANDS: Final = EventTable("brands", "All brands.", (_id("id", "The brand's id; unique."),))
CATEGORIES: Final = EventTable(
    "categories",
    "All categories, one row per parent.",
    (_id("id", "The category's id."), _text("parent_id", "The category above it; null at the top.")),
)
PRODUCTS: Final = EventTable(
    "products",
    "All products, one row per category and brand.",
    (
        _id("id", "The product's id."),
        _text("category_id", "A category assigned to the product itself, without its parents."),
        _text("brand_id", "The brand that sells it; if there are several, the first by id is used."),
        _real("price_usd", "Lowest price.", Unit.USD),
    ),
)
CONTENTS: Final = EventTable(
    "contents",
    "Videos and live streams of the last 180 days, or of the longest window if that is longer.",
    (
        _id("id", "The content's id; unique."),
        _id("creator_id", "Who published it."),
        _time("published_at", "When it was published.", required=True),
        EventColumn("live", Type.FLAG, "Whether it is a live stream; else a video.", required=True),
        EventColumn(
            "selected",
            Type.FLAG,
            "Whether it is known only from an order, sample or campaign, so that the creator's content is incomplete.",
            required=True,
        ),
        _count("views", "Current number of views."),
        _count("engagements", "Current number of known likes, comments and shares."),
        EventColumn("live_seconds", Type.WHOLE, "Duration of a live stream; 0 for a video.", Unit.SECONDS),
    ),
)
FEATURES: Final = EventTable(
    "features",
    "Products shown in the contents. Totals of sales are null if order lines of the same content and product are known, so that nothing"
    " is counted twice.",
    (
        _id("content_id", "A content of `contents`."),
        _id("product_id", "The product that it shows."),
        _count("clicks", "Clicks on the product."),
        _count("orders", "Total orders; units if orders are unknown."),
        _count("units", "Total units."),
        _count("refunded_units", "Total refunded units."),
        _real("gmv_usd", "Total GMV before refunds; null if there is no total.", Unit.USD),
    ),
)
SALES: Final = EventTable(
    "sales",
    "Order lines.",
    (
        _text("order_id", "The order that the line belongs to; if null, the line is an order of its own."),
        _id("creator_id", "Who is credited with it."),
        _id("product_id", "What was sold."),
        _text("content_id", "The content that it came through."),
        _text("content_kind", "VIDEO or LIVE; others are neither."),
        _time("at", "When it was ordered.", required=True),
        _count("quantity", "Units ordered.", required=True),
        _real("gmv_usd", "GMV before refunds.", Unit.USD, required=True),
        _text("status", "Latest status: NO_SALE does not count, REFUNDED is a full refund, and others are sales.", required=True),
        _count("refunded_quantity", "Latest number of refunded units.", required=True),
        _text("earlier_status", "Status at the as-of time, if the latest one is newer."),
        _count("earlier_refunded_quantity", "Units refunded at the as-of time, if the latest number is newer; else null."),
    ),
)
EARLIER_SALES: Final = EventTable("earlier_sales", "Order lines from before the longest window.", SALES.columns)
COLLABORATIONS: Final = EventTable(
    "collaborations",
    "Collaborations of the whole history. Times other than those of the status may be after the as-of time, and are then ignored.",
    (
        _id("id", "The collaboration's id; unique."),
        _id("creator_id", "The creator who is invited or takes part."),
        _text("brand_id", "The brand that offers it."),
        _text("kind", "OPEN, TARGETED, SAMPLE or CAMPAIGN.", required=True),
        _text("status", "Status at the as-of time: OFFERED, ACCEPTED, DECLINED, DELIVERED, FAILED, EXPIRED or CANCELLED.", required=True),
        _time("status_since", "When that status was first seen."),
        _time("accepted_since", "When it was first known to be accepted or delivered, up to the as-of time."),
        _time("offered_at", "When it was offered."),
        _time("answered_at", "When the creator answered."),
        EventColumn("accepted", Type.FLAG, "Whether the answer was yes.", required=True),
        _time("due_at", "When content was due."),
        _time("approved_at", "When a sample was approved."),
        _time("approval_due_at", "The brand's deadline to approve a sample."),
        _time("sample_delivered_at", "When a sample arrived."),
        _time("ends_at", "When it ends."),
        _time("delivered_at", "When content was delivered."),
        _real("rating", "The brand's rating.", Unit.STARS),
        _time("rated_at", "When it was rated."),
        _count(
            "content_count",
            "Content reported for it up to the as-of time; for an open plan, all content that the creator made for its product.",
        ),
    ),
)
DELIVERIES: Final = EventTable(
    "deliveries",
    "Content delivered for collaborations without a delivery time; the first one is used.",
    (
        _id("collaboration_id", "A collaboration of `collaborations`."),
        _time("published_at", "When the content was published.", required=True),
    ),
)
PROMOTIONS: Final = EventTable(
    "promotions",
    "Products that collaborations promote.",
    (_id("collaboration_id", "A collaboration of `collaborations`."), _id("product_id", "The product.")),
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
    "The platform's latest report about each creator up to the as-of time.",
    (
        _id("creator_id", "The creator's id; unique."),
        _real("days", "Days that the report covers."),
        _real("video_count", "Shoppable videos."),
        _real("live_count", "Shoppable live streams."),
        _real("video_views", "Mean views of a shoppable video."),
        _real("video_engagement_rate", "Engagement rate of shoppable videos.", Unit.SHARE),
        _real("gmv_usd", "Exact GMV.", Unit.USD),
        _real("gmv_low_usd", "Lower end of the GMV range.", Unit.USD),
        _real("gmv_high_usd", "Upper end of the GMV range.", Unit.USD),
        _real("gpm_usd", "GMV per 1,000 views.", Unit.USD),
        _real("units_sold", "Units sold."),
        _real("fulfilment_rate", "Share of samples that resulted in content.", Unit.SHARE),
        _real("brand_collaboration_count", "Brands worked with since the account was created."),
        _real("live_views", "Mean views of a shoppable live stream."),
    ),
)

REPORT_HISTORY: Final = EventTable(
    "report_history",
    "All reports of the platform about each creator in the last 360 days, including the latest.",
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
        _real("fulfilment_rate", "Share of samples that resulted in content.", Unit.SHARE),
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
