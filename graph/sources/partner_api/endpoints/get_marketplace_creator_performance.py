"""What the marketplace knows of one creator: profile, followers, and sums over 30 days.

Where the creator has not consented, ranges stand in the place of exact sales.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import CreatorRef, Item, Row
from graph.sources.faults import BadValue
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.profiles import (
    audience_row,
    consent,
    creator_row,
    exact_amounts,
    one_currency,
    ordered,
    ranges,
    report_rows,
    unit_range,
)
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

AMOUNTS: Final = {
    "gmv": "gmv",
    "video_gmv": "video_gmv",
    "live_gmv": "live_gmv",
    "gpm": "gpm",
    "video_gpm": "video_gpm",
    "live_gpm": "live_gpm",
    "avg_gmv_per_buyer": "gmv_per_buyer",
}
RANGES: Final = {f"{field}_range": column for field, column in AMOUNTS.items() if field not in ("video_gmv", "live_gmv")} | {
    "product_original_price_range": "product_price"
}
COUNTS: Final = {
    "units_sold": "units_sold",
    "brand_collaboration_count": "brand_collaboration_count",
    "promoted_product_num": "promoted_product_count",
    "ec_live_count": "live_count",
    "ec_video_count": "video_count",
}
MEANS: Final = {
    "avg_ec_video_play_count": "video_views",
    "avg_ec_live_view_count": "live_views",
    "avg_ec_live_like_count": "live_likes",
    "avg_ec_live_comment_count": "live_comments",
    "avg_ec_live_share_count": "live_shares",
    "avg_ec_video_like_count": "video_likes",
    "avg_ec_video_comment_count": "video_comments",
    "avg_ec_video_share_count": "video_shares",
}
RATES: Final = {
    "ec_live_engagement_rate": "live_engagement_rate",
    "ec_video_engagement_rate": "video_engagement_rate",
    "avg_commission_rate": "commission_rate",
}
AUDIENCES: Final = {"follower_location": "LOCATION", "follower_age": "AGE", "follower_gender": "GENDER"}
CONTENT_TYPES: Final = {name: name for name in ("VIDEO", "LIVE", "SHOWCASE")}


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.one(doc.data.record("creator"), "creators", _creator)


def _creator(doc: Document, record: Record) -> Iterator[Item]:
    ref = doc.creator(record, open_id=doc.ids["creator_user_id"])
    more = {
        "bio": record.text("bio_description"),
        "profile_url": record.text("profile_tt_uri"),
        "main_category_ids": record.ids("category_ids"),
        "sales_consent": consent(record, "gmv"),
    }
    yield creator_row(doc, record, ref, more)
    yield from report_rows(doc, record, ref, _sums(record))
    yield from _audiences(doc, record, ref)


def _sums(record: Record) -> dict[str, object]:
    amounts = one_currency(record, exact_amounts(record, AMOUNTS), ranges(record, RANGES))
    counts = {column: record.count(field) for field, column in COUNTS.items()}
    means = {column: record.number(field) for field, column in MEANS.items()}
    rates = {column: record.hundredths(field) for field, column in RATES.items()}
    return {
        **amounts,
        **counts,
        **means,
        **rates,
        **unit_range(record),
        **_commission_range(record),
        **_shares(record, "category_gmv_distribution", "category_id", "category_ids", "category_shares"),
        **_shares(record, "content_gmv_distribution", "content_type", "content_kinds", "content_shares"),
        "top_brand_ids": record.ids("top_collaborated_brand_ids"),
        "performance_score": record.number("pps"),
        "rating": _rating(record),
    }


def _commission_range(record: Record) -> dict[str, object]:
    part = record.record("avg_commission_rate_range")
    low, high = part.hundredths("minimum_amount"), part.hundredths("maximum_amount")
    ordered(part, low, high)
    return {"commission_rate_low": low, "commission_rate_high": high}


def _shares(record: Record, field: str, key: str, names: str, shares: str) -> dict[str, object]:
    """Return a distribution as two lists of one order; parts without a share are left out."""
    parts = [(part.required_id(key), part.fraction("value"), part) for part in record.records(field)]
    for _, _, part in parts:
        if key == "content_type":
            part.choice(key, CONTENT_TYPES)
    known = [(name, share) for name, share, _ in parts if share is not None]
    return {names: [name for name, _ in known], shares: [share for _, share in known]}


def _rating(record: Record) -> float | None:
    """Return the sellers' rating; 0 is a creator whom nobody has rated."""
    found = record.number("rating")
    if found is not None and found != 0 and not 1 <= found <= 5:
        raise BadValue(found, "a rating is 1 to 5 stars, or 0 for none", "write it as stars", column=f"{record.path}rating")
    return found or None


def _audiences(doc: Document, record: Record, ref: CreatorRef) -> Iterator[Row]:
    for field, dimension in AUDIENCES.items():
        for part in record.records(field):
            bucket = part.required_id("key").replace("–", "-").upper()
            yield audience_row(doc, part, ref, (dimension, bucket), part.fraction("value"))


ENDPOINT: Final = Endpoint(
    slug="get-marketplace-creator-performance",
    path="/affiliate_seller/202508/marketplace_creators/{creator_user_id}",
    tables=("creators", "reports", "audiences"),
    fields=declared(
        """
        creator(username nickname avatar(url) selection_region bio_description follower_count profile_tt_uri category_ids
        top_collaborated_brand_ids brand_collaboration_count units_sold units_sold_range(minimum_amount maximum_amount
        formatted_range) gmv(currency amount) video_gmv(currency amount) live_gmv(currency amount) gmv_range(currency minimum_amount
        maximum_amount formatted_range) ec_live_engagement_rate category_gmv_distribution(category_id value)
        content_gmv_distribution(content_type value) product_original_price_range(currency minimum_amount maximum_amount)
        gpm(currency amount) live_gpm(currency amount) video_gpm(currency amount) gpm_range(currency minimum_amount maximum_amount
        formatted_range) video_gpm_range(currency minimum_amount maximum_amount formatted_range) live_gpm_range(currency
        minimum_amount maximum_amount formatted_range) promoted_product_num ec_live_count ec_video_count avg_ec_video_play_count
        avg_commission_rate avg_commission_rate_range(minimum_amount maximum_amount) avg_gmv_per_buyer(currency amount)
        avg_gmv_per_buyer_range(currency minimum_amount maximum_amount formatted_range) avg_ec_live_view_count
        avg_ec_live_like_count avg_ec_live_comment_count avg_ec_live_share_count avg_ec_video_like_count avg_ec_video_comment_count
        avg_ec_video_share_count follower_location(key value) follower_age(key value) follower_gender(key value) pps rating
        ec_video_engagement_rate)
        """
    ),
    read=_read,
    repeats={"creator_user_id": "creator.creator_open_id"},
)
