"""Facts of posting and of views, from event tables."""

import numpy as np
import pytest

from scoring.facts import Period, market, table
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables
from tests.scoring.facts.test_market import of

PARTNER = {
    **ROWS,
    "contents": [
        {"id": f"{who}{day}", "creator_id": who, "published_at": END - day * DAY, "live": False, "selected": True, "views": 100}
        for who in ("ann", "bob")
        for day in range(1, 170, 7)
    ],
    "features": [],
    "sales": [],
    "collaborations": [
        {"id": "open", "brand_id": "acme", "kind": "OPEN", "status": "DELIVERED", "accepted": True, "content_count": 60},
        {"id": "asked", "brand_id": "acme", "kind": "TARGETED", "status": "DELIVERED", "accepted": True, "content_count": 12},
        {"id": "once", "brand_id": "acme", "kind": "TARGETED", "status": "DELIVERED", "accepted": True},
    ],
    "deliveries": [],
    "promotions": [],
    "report_history": [
        {"creator_id": "bob", "at": END - DAY, "days": 28, "content_count": 16, "video_count": 4, "live_count": 4, "video_views": 80.0}
    ],
}


def test_selected_content_is_no_count_and_listed_content_is() -> None:
    listed = table(market(event_tables(), Period(END)))
    assert of(listed, "ann", "listed_posts", "listed_shoppable_posts") == (1, 1)
    assert of(listed, "bob", "listed_posts", "listed_shoppable_posts", window=7) == (1, 1)
    selected = table(market(event_tables(PARTNER), Period(END)))
    assert np.isnan(of(selected, "ann", "listed_posts", "listed_posting_rate")).all()


def test_the_longest_window_looks_at_the_history_and_others_at_their_own_days() -> None:
    weekly = [
        {"id": f"c{day}", "creator_id": "ann", "published_at": END - day * DAY, "live": False, "selected": False}
        for day in range(1, 170, 7)
    ]
    found = table(market(event_tables({**ROWS, "contents": weekly, "features": [], "sales": []}), Period(END)))
    assert of(found, "ann", "listed_posts") == (25,)
    assert of(found, "ann", "listed_posting_rate")[0] == pytest.approx(25.5 / (169 / 7), rel=0.1)
    assert of(found, "ann", "listed_posts", "listed_shoppable_posts", window=28) == (4, 0)
    assert of(found, "ann", "listed_posting_rate", "listed_shoppable_rate", window=28) == pytest.approx((4.5 / 4, 0.5 / 4))


def test_plans_count_what_invitations_did_not_bring_over_the_time_there() -> None:
    found = table(market(event_tables(PARTNER), Period(END)))
    (rate,) = of(found, "ann", "plan_shoppable_rate")
    assert rate == pytest.approx((60 - 12 - 1 + 0.5) / (169 / 7), rel=0.1)
    assert of(found, "ann", "plan_shoppable_rate", window=7) == (rate,)
    assert np.isnan(of(found, "bob", "plan_shoppable_rate")[0])


def test_reports_count_all_posts_and_the_shoppable_ones() -> None:
    found = table(market(event_tables(PARTNER), Period(END)))
    posts, shoppable = of(found, "bob", "reported_posting_rate", "reported_shoppable_rate")
    assert (posts, shoppable) == pytest.approx((16.5 / 4, 8.5 / 4), rel=0.05)
    assert of(found, "bob", "reported_posts_with_shoppable", "reported_shoppable_of_posts") == pytest.approx((16, 8))


def test_rates_of_reports_are_left_out_where_content_is_listed() -> None:
    found = table(market(event_tables({**ROWS, "report_history": PARTNER["report_history"]}), Period(END)))
    assert np.isnan(of(found, "bob", "reported_posting_rate", "reported_shoppable_rate", "share_by_rates", "reported_video_views")).all()
    assert of(found, "bob", "followers_log")[0] == pytest.approx(np.log(2_000))


def test_views_count_once_they_have_settled() -> None:
    found = table(market(event_tables(PARTNER), Period(END)))
    assert of(found, "ann", "seen_video_views")[0] == pytest.approx(100.0)
    young = {**ROWS, "contents": [{"id": "v", "creator_id": "ann", "published_at": END - DAY, "live": False, "views": 99}]}
    assert np.isnan(of(table(market(event_tables(young), Period(END))), "ann", "seen_video_views")[0])


def test_who_sold_or_showed_in_a_category_before_the_longest_window_has_a_row_in_it_there_alone() -> None:
    sold = [{"order_id": "o", "product_id": "balm", "quantity": 1, "gmv_usd": 9.0, "at": END - 100 * DAY}]
    shown = [{"id": "was", "creator_id": "bob", "published_at": END - 150 * DAY, "live": False, "views": 50}]
    quiet: dict[str, list[dict[str, object]]] = {name: [] for name in ("sales", "collaborations", "deliveries", "promotions", "mentions")}
    found = table(
        market(
            event_tables(
                {**ROWS, **quiet, "earlier_sales": [{"creator_id": "ann", "status": "SETTLED", "refunded_quantity": 0, **sold[0]}]}
                | {"contents": shown, "features": [{"content_id": "was", "product_id": "balm"}]}
            ),
            Period(END),
        )
    )
    rows = list(zip(found["creator"].tolist(), found["window"].tolist(), found["category"].tolist(), strict=True))
    assert sorted(who for who, window, category in rows if (window, category) == (90, "lips")) == ["ann", "bob"]
    assert {category for _, window, category in rows if window < 90} == {"*"}
    assert of(found, "ann", "gmv_usd", category="lips") == (0,)
