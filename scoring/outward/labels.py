"""What each fact reveals: nothing hidden, exact sales, or ties between creators and brands.

Whoever may see a creator sees profile, posts and their views, and what the platform reports in counts. A column that neither
is open nor has a label fails a test; one without a rule in `scoring.outward.facts` is unknown to the outward audience.
"""

from __future__ import annotations

from typing import Final

SALES: Final = frozenset(
    {
        *("orders", "units", "gmv_usd", "gross_gmv_usd", "refunded_gmv_usd", "clicks", "click_orders"),
        *("video_orders", "live_orders", "video_gmv_usd", "live_gmv_usd"),
        *("sales_weeks", "weekly_sales_cv", "category_sales_share", "influence", "influence_log_var"),
        *("selling_log", "selling_var", "selling_orders", "company_log", "company_log_var"),
        *("order_yield_log", "order_yield_log_var", "order_rate_log", "order_rate_log_var", "expected_sales_share"),
        *("reported_gmv_usd", "reported_gpm_usd", "reported_units"),
    }
)
"""Columns that tell exact sales, or anything computed from them."""

TIES: Final = frozenset(
    {
        *("invitations", "answerable", "answered_7d", "answers", "log_answer_mean", "log_answer_var"),
        *("accepted", "deliverable", "delivered", "on_time_known", "on_time", "ratings", "rating_mean", "rating_var"),
        *("brands", "repeat_brands", "collaborations", "brand_entropy", "network", "influence_degree"),
        *("promises_due", "promises_kept", "promises_beside_one_brand"),
        *("open_promises", "open_promises_kept", "open_promises_beside_one_brand"),
        *("brand_ratings", "ratings_beside_one_brand", "brand_rating", "brand_rating_var"),
        *("ended_invitations", "ended_invitations_answered", "ended_invitations_beside_one_brand"),
        *("open_invitations", "open_invitations_answered", "open_invitations_beside_one_brand"),
        *("compared_contents", "other_brand_contents", "compared_contents_worth", "reported_brands"),
        *("plan_shoppable_rate", "plan_shoppable_rate_log_var", "plan_posting_rate", "plan_posting_rate_log_var"),
    }
)
"""Columns that tell of dealings with brands."""

WHERE_NONE_IS_SEEN: Final = frozenset({"unseen_fulfilment_rate", "unseen_rating", "unseen_rating_var"})
"""Open columns that are left out where a hidden one is told, so that nothing counts twice."""

HELD: Final = SALES | TIES | WHERE_NONE_IS_SEEN
"""Columns that no single open event moves."""

HIDDEN_TABLES: Final = ("sales", "earlier_sales", "collaborations", "deliveries", "promotions")
"""Event tables of which each row is hidden."""

HIDDEN_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "features": ("clicks", "orders", "units", "refunded_units", "gmv_usd"),
    "reports": ("gmv_usd", "gpm_usd", "units_sold", "brand_collaboration_count"),
}
"""Columns of other event tables that are."""
