"""Every fact and every column of an event table is either hidden or declared open: a new one cannot leave unseen."""

from __future__ import annotations

import pytest

from scoring.facts import COLUMNS, EVENT_TABLES, GROUP, SOLVED
from scoring.outward import HELD, HIDDEN_COLUMNS, HIDDEN_TABLES, SALES, TIES

OPEN_FACTS = {
    *("creator", "region", "window", "category", "tier", "followers", "followers_log", "days", "weeks", "week_count"),
    *("posts", "videos", "lives", "live_hours", "shoppable_posts", "shoppable_days", "distinct_products", "shoppable_live_hours"),
    *("views", "engagements", "viewed_posts", "log_views_mean", "log_views_var", "posts_above_median", "shoppable_views"),
    *("video_views", "live_views", "video_posts", "live_posts", "gaps", "gap_log_var", "active_weeks"),
    *("weekly_posts_dispersion", "weekly_posts_dispersion_var", "views_dispersion", "views_dispersion_var"),
    *("reported_days", "reported_videos", "reported_lives", "reported_views_per_video", "reported_engagement_rate"),
    *("reported_gmv_low_usd", "reported_gmv_high_usd", "reported_fulfilment_rate", "reported_live_views"),
    *("unseen_fulfilment_rate", "unseen_rating", "unseen_rating_var"),
    *("reported_posts_dispersion", "reported_posts_dispersion_var", "reported_views_skew", "reported_views_skew_var"),
    *("listed_posts", "listed_shoppable_posts", "reported_posts_with_shoppable", "reported_shoppable_of_posts"),
    *(
        f"{name}{end}"
        for end in ("", "_log_var")
        for name in (
            *("listed_posting_rate", "listed_shoppable_rate", "reported_shoppable_rate", "reported_posting_rate"),
            *("reported_posting_rate_by_share", "share_by_rates", "reported_video_views", "reported_live_stream_views"),
            *("seen_video_views", "seen_live_stream_views", "reported_reactions"),
        )
    ),
}
OPEN_COLUMNS = {
    "creators": {"id", "region", "follower_count", "joined_at", "first_seen_at"},
    "brands": {"id"},
    "categories": {"id", "parent_id"},
    "products": {"id", "category_id", "brand_id", "price_usd"},
    "contents": {"id", "creator_id", "published_at", "live", "selected", "views", "engagements", "live_seconds"},
    "features": {"content_id", "product_id"},
    "mentions": {"creator_id", "mentioned_id", "published_at"},
    "reports": {
        *("creator_id", "days", "video_count", "live_count", "video_views", "video_engagement_rate", "gmv_low_usd", "gmv_high_usd"),
        *("fulfilment_rate", "live_views"),
    },
    "report_history": {
        *("creator_id", "at", "days", "content_count", "video_count", "live_count", "video_views", "median_video_views", "live_views"),
        *("video_engagement_rate", "follower_count", "rating", "fulfilment_rate"),
    },
}


def test_every_fact_is_open_or_hidden_and_not_both() -> None:
    declared = {column.name for column in (*GROUP, *COLUMNS, *SOLVED)}
    assert declared == OPEN_FACTS | SALES | TIES
    assert not OPEN_FACTS & (SALES | TIES) | SALES & TIES
    assert declared >= HELD


@pytest.mark.parametrize("table", EVENT_TABLES, ids=lambda table: table.name)
def test_every_event_column_is_open_or_hidden_and_not_both(table) -> None:
    columns = {column.name for column in table.columns}
    if table.name in HIDDEN_TABLES:
        assert table.name not in OPEN_COLUMNS
    else:
        assert columns == OPEN_COLUMNS[table.name] | set(HIDDEN_COLUMNS.get(table.name, ()))
