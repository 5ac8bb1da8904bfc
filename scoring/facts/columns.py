"""Every column of the facts: name, unit and meaning, for the docs and for the test that holds them to what is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoring.facts.units import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Unless its meaning says otherwise, only events in the window count, and unknown values add nothing."""

    name: str
    meaning: str
    unit: Unit = Unit.COUNT


def _share(name: str, meaning: str) -> Column:
    return Column(name, meaning, Unit.SHARE)


def _usd(name: str, meaning: str) -> Column:
    return Column(name, meaning, Unit.USD)


def _plain(name: str, meaning: str) -> Column:
    return Column(name, meaning, Unit.NONE)


def _estimate(name: str, meaning: str, unit: Unit = Unit.COUNT) -> tuple[Column, Column]:
    """Return the columns of an estimate and of the variance of its logarithm."""
    return Column(name, meaning, unit), _plain(
        f"{name}_log_var", "Sampling variance of the logarithm of the estimate, including variation beyond chance."
    )


EVER: Final = "the same in every window; NaN in categories, and for creators all of whose content is listed."
VIEWS: Final = "views without matching engagement count for less; the same in every window; NaN in categories."
LISTED: Final = "Also NaN if all content is listed."

GROUP: Final = (
    _plain("creator", "Creator's id."),
    Column("region", "Creator's current region.", Unit.REGION),
    _plain("window", "Length of the window in days."),
    _plain("category", "Category's id, or `*` for everything; sub-categories roll up."),
    _plain(
        "tier", "Follower tier: 0 under 1,000; 1 under 10,000; 2 under 100,000; 3 under 500,000; 4 under 1,000,000; 5 above; −1 if unknown."
    ),
)

COLUMNS: Final = (
    Column("followers", "Current number of followers."),
    Column("days", "Days of the window since the creator joined or was first seen."),
    Column("weeks", "`days` in weeks."),
    Column("posts", "Posts; in a category, posts that show one of its products."),
    Column("videos", "Videos among the posts."),
    Column("lives", "Live streams among the posts."),
    Column("live_hours", "Hours of live streams."),
    Column("shoppable_posts", "Posts that show a product."),
    Column("shoppable_days", "UTC days with a shoppable post."),
    Column("distinct_products", "Different products shown."),
    Column("shoppable_live_hours", "Hours of live streams that show a product."),
    Column("views", "Current number of views."),
    Column("engagements", "Likes, comments and shares of posts with known views; NaN where none is known."),
    Column("viewed_posts", "Posts with known views."),
    _plain("log_views_mean", "Mean of ln(1 + views); NaN without a viewed post."),
    _plain("log_views_var", "Sample variance of ln(1 + views); NaN with fewer than two viewed posts."),
    Column("posts_above_median", "Posts with more views than the median post of the same region, category and tier."),
    Column("orders", "Orders of which at least one unit was not refunded."),
    Column("units", "Units sold and not refunded."),
    _usd("gmv_usd", "GMV net of refunds."),
    _usd("gross_gmv_usd", "GMV before refunds."),
    _usd("refunded_gmv_usd", "GMV refunded."),
    Column("clicks", "Clicks on product links, where known."),
    Column("click_orders", "Orders through content of the window, from links with known clicks."),
    Column("shoppable_views", "Views of shoppable posts."),
    Column("video_orders", "Orders through videos."),
    Column("live_orders", "Orders through live streams."),
    _usd("video_gmv_usd", "Net GMV through videos."),
    _usd("live_gmv_usd", "Net GMV through live streams."),
    Column("video_views", "Views of shoppable videos."),
    Column("live_views", "Views of shoppable live streams."),
    Column("video_posts", "Shoppable videos."),
    Column("live_posts", "Shoppable live streams."),
    Column("invitations", "Targeted offers, samples and campaigns offered."),
    Column("answerable", "Invitations answered, or unanswered after seven days."),
    Column("answered_7d", "Invitations answered within seven days."),
    Column("answers", "Invitations whose time of answer is known."),
    _plain("log_answer_mean", "Mean of ln(1 + seconds until the answer); NaN without an answer."),
    _plain("log_answer_var", "Sample variance of ln(1 + seconds until the answer); NaN with fewer than two."),
    Column("accepted", "Invitations accepted."),
    Column("deliverable", "Accepted collaborations that were delivered, are due or have ended."),
    Column("delivered", "Collaborations delivered."),
    Column("on_time_known", "Delivered or overdue collaborations with a known due time."),
    Column("on_time", "Collaborations delivered by their due time."),
    Column("ratings", "Ratings by brands."),
    Column("rating_mean", "Mean rating; NaN without one.", Unit.STARS),
    _plain("rating_var", "Sample variance of the ratings; NaN with fewer than two."),
    Column("brands", "Brands with an accepted collaboration or a sale that was not fully refunded."),
    Column("repeat_brands", "Brands of the window with at least two accepted collaborations over the whole history."),
    Column("collaborations", "Accepted collaborations, including open plans that the creator joined."),
    _plain("brand_entropy", "Entropy in nats of accepted collaborations by brand; NaN without one."),
    Column("gaps", "Gaps between consecutive days with posts."),
    _plain("gap_log_var", "Sample variance of ln(days of a gap); NaN with fewer than two."),
    Column("week_count", "Whole weeks from when the creator was first seen to the end of the window, counted back from that end."),
    Column("active_weeks", "Weeks of `week_count` with a post."),
    Column("sales_weeks", "`week_count` if anything was sold, else 0."),
    _plain("weekly_sales_cv", "Standard deviation over mean of weekly net GMV; NaN without sales, or with fewer than two weeks."),
    Column("influence_degree", "Products shown or sold."),
    _share("category_sales_share", "Share of the category's net sales over all regions; NaN if nothing was sold."),
    Column(
        "reported_days", "Days that the platform's latest report covers. This and the other `reported_…` columns are NaN in categories."
    ),
    Column("reported_videos", "Reported number of shoppable videos."),
    Column("reported_lives", "Reported number of shoppable live streams."),
    Column("reported_views_per_video", "Reported mean views of a shoppable video."),
    _share("reported_engagement_rate", "Reported engagement rate of shoppable videos."),
    _usd("reported_gmv_usd", "Reported GMV, if exact."),
    _usd("reported_gmv_low_usd", "Lower end of the reported GMV range."),
    _usd("reported_gmv_high_usd", "Upper end of the reported GMV range."),
    _usd("reported_gpm_usd", "Reported GMV per 1,000 views."),
    Column("reported_units", "Reported units sold."),
    _share("reported_fulfilment_rate", "Reported share of samples that resulted in content."),
    Column("reported_brands", "Reported number of brands worked with since the account was created."),
    Column("reported_live_views", "Reported mean views of a shoppable live stream."),
    Column(
        "promises_due",
        "Accepted invitations and samples that fell due in the last four windows; an invitation fulfilled by a sample counts once.",
    ),
    Column("promises_kept", "Promises of `promises_due` for which content was published."),
    Column("promises_beside_one_brand", "Promises of `promises_due` to other brands than the one with most of them."),
    Column("open_promises", "Invitations and samples accepted at least ten days ago whose deadline is in the future."),
    Column("open_promises_kept", "Promises of `open_promises` for which content was already published."),
    Column("open_promises_beside_one_brand", "Promises of `open_promises` to other brands than the one with most of them."),
    _share(
        "unseen_fulfilment_rate",
        "`reported_fulfilment_rate` if no due promise is known; else NaN, since it would count twice.",
    ),
    Column("brand_ratings", "Ratings by brands in the last four windows."),
    Column("ratings_beside_one_brand", "Ratings of `brand_ratings` by other brands than the one with most of them."),
    Column("brand_rating", "Mean rating by brands in the last four windows; NaN without one.", Unit.STARS),
    _plain("brand_rating_var", "Sampling variance of the previous column."),
    Column("unseen_rating", "Mean rating in reports of the last 360 days if there is no `brand_rating`; else NaN.", Unit.STARS),
    _plain("unseen_rating_var", "Sampling variance of the previous column."),
    Column("ended_invitations", "Invitations of the last four windows whose answer period has ended."),
    Column(
        "ended_invitations_answered",
        "Invitations of `ended_invitations` that were answered in time, or accepted if times of answers are unknown.",
    ),
    Column("ended_invitations_beside_one_brand", "Invitations of `ended_invitations` by other brands than the one with most of them."),
    Column(
        "open_invitations", "Invitations older than a week that can still be accepted, from brands whose data have no times of answers."
    ),
    Column("open_invitations_answered", "Invitations of `open_invitations` that were accepted or declined."),
    Column("open_invitations_beside_one_brand", "Invitations of `open_invitations` by other brands than the one with most of them."),
    _plain(
        "compared_contents",
        "Contents, beyond the first, whose brand is known from open plans or posts of the last 180 days; 2 if only a report names brands.",
    ),
    _plain(
        "other_brand_contents",
        "Contents of `compared_contents` for another brand: `compared_contents` × (1 − 1 / effective number of brands).",
    ),
    _plain(
        "compared_contents_worth",
        "Weight of each of `compared_contents`: effective number of brands / (1 + variance of −ln(share of a brand)), at least 1.",
    ),
    _plain(
        "weekly_posts_dispersion",
        "Estimate of ln(variance of weekly posts beyond chance / squared mean) over 180 days; NaN with fewer than two weeks or posts.",
    ),
    _plain("weekly_posts_dispersion_var", "Sampling variance of the previous column."),
    _plain(
        "reported_posts_dispersion",
        "`weekly_posts_dispersion` from separate reports of 360 days; NaN in categories, with fewer than two, or if most posts are known.",
    ),
    _plain("reported_posts_dispersion_var", "Sampling variance of the previous column."),
    _plain(
        "views_dispersion",
        "Estimate of ln(variance of ln(1 + views)), within videos and within live streams, over 180 days; NaN with fewer than two.",
    ),
    _plain("views_dispersion_var", "Sampling variance of the previous column."),
    _plain(
        "reported_views_skew",
        "Estimate of ln(mean / median views of videos) from reports of 360 days; NaN in categories, or if nearly all posts are known.",
    ),
    _plain("reported_views_skew_var", "Sampling variance of `reported_views_skew`, up to a constant factor."),
    Column(
        "listed_posts",
        "Posts of the window (of 180 days, in the longest window) if all content is listed; NaN if only orders, samples or plans name it.",
    ),
    Column("listed_shoppable_posts", "Posts of `listed_posts` that show a product."),
    *_estimate(
        "listed_posting_rate",
        "(`listed_posts` + ½) per week that the creator was active in the last 180 days, or per week of the window since they joined.",
    ),
    *_estimate("listed_shoppable_rate", "The same rate for `listed_shoppable_posts`."),
    *_estimate(
        "plan_shoppable_rate",
        f"Shoppable posts a week, from the lifetime counts of open plans combined with reports, without posts for invitations; {EVER}",
    ),
    *_estimate("reported_shoppable_rate", f"Shoppable posts a week in reports of the last 360 days, if plans have no counts; {EVER}"),
    *_estimate("reported_posting_rate", f"All posts a week in reports of the last 360 days; {EVER}"),
    *_estimate(
        "plan_posting_rate", f"`plan_shoppable_rate` divided by the shoppable share of reported posts, or by the peers' share; {EVER}"
    ),
    *_estimate("reported_posting_rate_by_share", f"`reported_shoppable_rate` divided by the same share; {EVER}"),
    *_estimate("share_by_rates", f"Shoppable posts a week divided by `reported_posting_rate`, or by the peers' rate; {EVER}"),
    Column(
        "reported_posts_with_shoppable", f"Posts in reports that count both all and shoppable posts, without posts for invitations; {EVER}"
    ),
    Column("reported_shoppable_of_posts", "Shoppable posts of `reported_posts_with_shoppable`."),
    _plain("followers_log", "ln(current followers); NaN if unknown, and in categories."),
    *_estimate(
        "reported_video_views", f"Views of a shoppable video, from means and medians in reports of the last 360 days; {VIEWS} {LISTED}"
    ),
    *_estimate("reported_live_stream_views", f"Views of a shoppable live stream, from the same reports; {VIEWS} {LISTED}"),
    *_estimate(
        "seen_video_views", f"Views of a video, from posts of the last 180 days with known views and at least three days old; {VIEWS}"
    ),
    *_estimate("seen_live_stream_views", f"Views of a live stream, from the same posts; {VIEWS}"),
    *_estimate(
        "reported_reactions",
        f"Likes, comments and shares per view of shoppable videos, from reports of the last 360 days; {VIEWS} {LISTED}",
        Unit.SHARE,
    ),
)
"""The columns that `facts` returns after `GROUP`, in order."""

SOLVED: Final = (
    _share("influence", "Personalised PageRank mass of the creator among all creators, for the category, over expected sales."),
    _plain("influence_log_var", "Variance of the logarithm of `influence`."),
    _plain("network", "PageRank mass among creators and brands times the number of creators: 1 is average; NaN without collaborations."),
    _plain(
        "selling_log",
        "ln of orders beyond what views and products explain, by the two-way model over the whole history; NaN if not in the model.",
    ),
    _plain("selling_var", "Sampling variance of the previous column."),
    Column("selling_orders", "Orders that the two-way model used."),
    _plain(
        "company_log",
        "ln of the ability expected of creators who show products of such appeal; NaN where showing them does not go with selling more.",
    ),
    _plain("company_log_var", "Sampling variance of the previous column."),
    _plain(
        "order_yield_log",
        "ln of (orders + ½) / (orders that as many posts for the same products bring others + ½); NaN in categories.",
    ),
    _plain("order_yield_log_var", "Sampling variance of the previous column."),
    _plain(
        "order_rate_log",
        "ln of (all orders + ½) over the orders that as many views of shoppable posts bring others, given posts a week, weeks since"
        " the creator was first seen, and views per post; NaN in categories, if posts a week are unknown, or if the model has all orders.",
    ),
    _plain(
        "order_rate_log_var",
        "Sampling variance of the previous column; larger if the two-way model misses less than a fifth of the orders.",
    ),
    _share("expected_sales_share", "Share of the region's expected sales in the category; NaN without any."),
)
"""What is solved on the whole network and added to the facts by the scoring run."""

EXACT_SALES: Final = frozenset({"orders", "units", "gmv_usd", "video_gmv_usd", "live_gmv_usd", "click_orders"})
"""Facts that are exact sales."""

BESIDE: Final = frozenset(
    {
        *("posts", "shoppable_posts", "viewed_posts", "log_views_mean", "log_views_var", "video_views", "live_views", "clicks"),
        *("brands", "collaborations", *EXACT_SALES),
    }
)
"""Facts that a scorecard keeps beside those that its scores read: GMV per 1,000 views, conversion and reach follow from them."""
