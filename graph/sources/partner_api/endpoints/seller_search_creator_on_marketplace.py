"""Creators whom a shop found on the marketplace, with their sums over 30 days.

Of the followers only the foremost ages, without shares, and the larger gender are given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import CreatorRef, Item, Row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.profiles import (
    AGES,
    GENDERS,
    audience_row,
    consent,
    creator_row,
    exact_amounts,
    one_currency,
    ranges,
    report_rows,
    unit_range,
)
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

AMOUNTS: Final = {"gmv": "gmv", "live_gmv": "live_gmv", "video_gmv": "video_gmv"}


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.each("creators", "creators", _creator)


def _creator(doc: Document, record: Record) -> Iterator[Item]:
    ref = doc.creator(record)
    more = {"main_category_ids": record.ids("category_ids"), "sales_consent": consent(record, "gmv")}
    yield creator_row(doc, record, ref, more)
    yield from report_rows(doc, record, ref, _sums(record))
    yield from _audiences(doc, record.record("top_follower_demographics"), ref)


def _sums(record: Record) -> dict[str, object]:
    return {
        **one_currency(record, exact_amounts(record, AMOUNTS), ranges(record, {"gmv_range": "gmv"})),
        **unit_range(record),
        "live_unique_viewers": record.number("avg_ec_live_uv"),
        "video_views": record.number("avg_ec_video_view_count"),
    }


def _audiences(doc: Document, record: Record, ref: CreatorRef) -> Iterator[Row]:
    for name in record.texts("age_ranges"):
        bucket = Record({"age": name}, f"{record.path}", record.tally, endpoint=record.endpoint).choice("age", AGES)
        yield audience_row(doc, record, ref, ("AGE", bucket or name), None)
    major = record.record("major_gender")
    major.choice("gender", GENDERS)
    if (gender := major.text("gender")) is not None:
        yield audience_row(doc, major, ref, ("GENDER", gender.upper()), major.hundredths("percentage"))


ENDPOINT: Final = Endpoint(
    slug="seller-search-creator-on-marketplace",
    path="/affiliate_seller/202508/marketplace_creators/search",
    tables=("creators", "reports", "audiences"),
    fields=declared(
        """
        next_page_token search_key creators(username nickname avatar(url) selection_region category_ids avg_ec_live_uv
        avg_ec_video_view_count follower_count gmv(currency amount) live_gmv(currency amount) video_gmv(currency amount)
        gmv_range(currency minimum_amount maximum_amount formatted_range) units_sold_range(minimum_amount maximum_amount
        formatted_range) top_follower_demographics(age_ranges major_gender(gender percentage)) creator_open_id)
        """
    ),
    read=_read,
    pages="creators",
)
