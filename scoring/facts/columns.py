"""Every column of the facts: name, unit and meaning, for the docs and for the test that holds them to what is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoring.facts.units import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Unless its meaning says otherwise, events count in the window and what is unknown adds nothing."""

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
        f"{name}_log_var", "Sampling variance of its logarithm, of chance and of what differs beyond it."
    )


EVER: Final = "the same in every window, NaN in categories and for creators whose content is listed."
VIEWS: Final = "views that engagement does not bear out count for less; the same in every window, NaN in categories."
LISTED: Final = "NaN too where all content is listed."

GROUP: Final = (
    _plain("creator", "Creator's id."),
    Column("region", "Creator's region, today's.", Unit.REGION),
    _plain("window", "Length of the window in days."),
    _plain("category", "Category's id, or `*` for everything; sub-categories roll up."),
    _plain("tier", "Followers: under 1,000 is 0, 10,000 1, 100,000 2, 500,000 3, 1 M 4, more 5; unknown −1."),
)

COLUMNS: Final = (
    Column("followers", "Followers, today's."),
    Column("days", "Days of the window since the creator joined or was first seen."),
    Column("weeks", "The same in weeks."),
    Column("posts", "Posts; in a category those that show a product of it."),
    Column("videos", "Videos among the posts."),
    Column("lives", "Live streams among the posts."),
    Column("live_hours", "Hours live."),
    Column("shoppable_posts", "Posts that show a product."),
    Column("shoppable_days", "UTC days with such a post."),
    Column("distinct_products", "Products shown."),
    Column("shoppable_live_hours", "Hours live with a product shown."),
    Column("views", "Views, today's."),
    Column("engagements", "Likes, comments and shares of posts with known views; NaN where none is known."),
    Column("viewed_posts", "Posts with known views."),
    _plain("log_views_mean", "Mean of ln(1 + views); NaN without a viewed post."),
    _plain("log_views_var", "Sample variance of ln(1 + views); NaN under two viewed posts."),
    Column("posts_above_median", "Posts with more views than the median post of the same region, category and tier."),
    Column("orders", "Orders of which a unit at least was kept."),
    Column("units", "Units sold and kept."),
    _usd("gmv_usd", "GMV net of refunds."),
    _usd("gross_gmv_usd", "GMV before refunds."),
    _usd("refunded_gmv_usd", "GMV refunded."),
    Column("clicks", "Clicks on product links, where known."),
    Column("click_orders", "Orders through content of the window, by links whose clicks are known."),
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
    _plain("log_answer_var", "Sample variance of ln(1 + seconds until the answer); NaN under two."),
    Column("accepted", "Invitations accepted."),
    Column("deliverable", "Accepted collaborations delivered, due or over."),
    Column("delivered", "Collaborations delivered."),
    Column("on_time_known", "Delivered or overdue ones with a time at which they were due."),
    Column("on_time", "Delivered by then."),
    Column("ratings", "Ratings by brands."),
    Column("rating_mean", "Mean rating; NaN without one.", Unit.STARS),
    _plain("rating_var", "Sample variance of the ratings; NaN under two."),
    Column("brands", "Brands with an accepted collaboration or a sale that was kept."),
    Column("repeat_brands", "Brands of the window with two accepted collaborations or more in all the history."),
    Column("collaborations", "Accepted collaborations, open plans taken up among them."),
    _plain("brand_entropy", "Entropy in nats of accepted collaborations by brand; NaN without one."),
    Column("gaps", "Gaps between one day with posts and the next."),
    _plain("gap_log_var", "Sample variance of ln(days of a gap); NaN under two."),
    Column("week_count", "Whole weeks since the creator was first seen, back from the window's end."),
    Column("active_weeks", "Those with a post."),
    Column("sales_weeks", "The same as `week_count` where anything was sold, else 0."),
    _plain("weekly_sales_cv", "Standard deviation over mean of weekly net GMV; NaN without sales or under two weeks."),
    Column("influence_degree", "Products shown or sold."),
    _share("category_sales_share", "Share of the category's net sales, of all regions; NaN where nothing was sold."),
    Column("reported_days", "Days that the platform's latest report covers; this and what follows NaN in categories."),
    Column("reported_videos", "Shoppable videos reported."),
    Column("reported_lives", "Shoppable live streams reported."),
    Column("reported_views_per_video", "Mean views of a shoppable video reported."),
    _share("reported_engagement_rate", "Engagement rate of shoppable videos reported."),
    _usd("reported_gmv_usd", "GMV reported exactly."),
    _usd("reported_gmv_low_usd", "Lower end of the range of GMV reported."),
    _usd("reported_gmv_high_usd", "Upper end of the range of GMV reported."),
    _usd("reported_gpm_usd", "GMV per 1,000 views reported."),
    Column("reported_units", "Units reported."),
    _share("reported_fulfilment_rate", "Share of samples answered with content reported."),
    Column("reported_brands", "Brands worked with over the account's life, reported."),
    Column("reported_live_views", "Mean views of a shoppable live stream reported."),
    Column(
        "promises_due",
        "Invitations and samples taken up that were due, in the last four windows; an invitation met by a sample counts once.",
    ),
    Column("promises_kept", "Those for which content came."),
    Column("open_promises", "Those taken up ten days ago or earlier whose deadline is still to come."),
    Column("open_promises_kept", "Those of these for which content came already."),
    _share(
        "unseen_fulfilment_rate",
        "`reported_fulfilment_rate` where no promise is seen to have been due; else NaN, for it would count twice.",
    ),
    Column("brand_ratings", "Ratings by brands in the last four windows."),
    Column("brand_rating", "Mean rating by brands in the last four windows; NaN without one.", Unit.STARS),
    _plain("brand_rating_var", "Its sampling variance."),
    Column("unseen_rating", "Mean of the ratings reported in 360 days where no `brand_rating` is seen; else NaN.", Unit.STARS),
    _plain("unseen_rating_var", "Its sampling variance."),
    Column("ended_invitations", "Invitations of the last four windows whose time to answer is over."),
    Column("ended_invitations_answered", "Those that were answered, as far as is known by being taken up; in time where times are known."),
    Column("open_invitations", "Those older than a week that may still be taken up, where the brand's data tell no times of answers."),
    Column("open_invitations_answered", "Those of these that were taken up or declined already."),
    _plain(
        "compared_contents",
        "For how many contents beside a first one the brand is known, by open plans and 180 days of posts; 2 where only a report tells.",
    ),
    _plain("other_brand_contents", "How many of them are for another brand: `compared_contents` × (1 − 1 / effective number of brands)."),
    _plain(
        "compared_contents_worth",
        "What each counts for: effective number of brands / (1 + variance of −ln(share of a brand)), 1 at least.",
    ),
    _plain(
        "weekly_posts_dispersion",
        "Estimate of ln(variance of weekly posts beyond chance / their squared mean), 180 days; NaN under two weeks or posts.",
    ),
    _plain("weekly_posts_dispersion_var", "Its sampling variance."),
    _plain(
        "reported_posts_dispersion",
        "The same of posts in reports that do not overlap, 360 days; NaN in categories, under two, and where nearly all are seen.",
    ),
    _plain("reported_posts_dispersion_var", "Its sampling variance."),
    _plain("views_dispersion", "Estimate of ln(variance of ln(1 + views)) within videos and within live streams, 180 days; NaN under two."),
    _plain("views_dispersion_var", "Its sampling variance."),
    _plain(
        "reported_views_skew",
        "Estimate of ln(mean / median views of videos), reports as before; NaN in categories and where nearly all are seen.",
    ),
    _plain("reported_views_skew_var", "Its sampling variance but for a factor."),
    Column(
        "listed_posts",
        "Posts of the window, in the longest of 180 days, where all content is listed; NaN where only orders, samples or plans name some.",
    ),
    Column("listed_shoppable_posts", "Those that show a product."),
    *_estimate(
        "listed_posting_rate",
        "`listed_posts` and a half more, a week of 180 days in which the creator was active, or a week of the window since they came.",
    ),
    *_estimate("listed_shoppable_rate", "`listed_shoppable_posts` likewise."),
    *_estimate(
        "plan_shoppable_rate",
        f"Shoppable posts a week: those that open plans count, ever, weighed with those of reports, without those for invitations; {EVER}",
    ),
    *_estimate("reported_shoppable_rate", f"Shoppable posts a week in reports of 360 days, where plans tell nothing; {EVER}"),
    *_estimate("reported_posting_rate", f"All posts a week in reports of 360 days; {EVER}"),
    *_estimate("plan_posting_rate", f"`plan_shoppable_rate` over the shoppable share of the posts reported, or the peers' share; {EVER}"),
    *_estimate("reported_posting_rate_by_share", f"`reported_shoppable_rate` likewise; {EVER}"),
    *_estimate("share_by_rates", f"Shoppable posts a week over `reported_posting_rate`, or the peers' rate; {EVER}"),
    Column(
        "reported_posts_with_shoppable", f"Posts of reports that count all and shoppable ones, without those invitations brought; {EVER}"
    ),
    Column("reported_shoppable_of_posts", "The shoppable ones among them."),
    _plain("followers_log", "ln(followers), today's; NaN where unknown, and in categories."),
    *_estimate("reported_video_views", f"Views of a shoppable video, by means and medians of reports of 360 days; {VIEWS} {LISTED}"),
    *_estimate("reported_live_stream_views", f"Views of a shoppable live stream, likewise; {VIEWS} {LISTED}"),
    *_estimate("seen_video_views", f"Views of a video, by posts of 180 days with known views, three days old or more; {VIEWS}"),
    *_estimate("seen_live_stream_views", f"Views of a live stream, likewise; {VIEWS}"),
    *_estimate(
        "reported_reactions", f"Likes, comments and shares over views of shoppable videos, reports as before; {VIEWS} {LISTED}", Unit.SHARE
    ),
)
"""What `facts` returns beside `GROUP`, in order."""

SOLVED: Final = (
    _share("influence", "Personalised PageRank mass of the creator among all creators, for the category, over expected sales."),
    _plain("influence_log_var", "Variance of its logarithm."),
    _plain("network", "PageRank mass among creators and brands times the number of creators: 1 is average; NaN without work."),
    _plain(
        "selling_log", "ln of orders beyond what views and products bring, by the two-way model over all the history; NaN without a slot."
    ),
    _plain("selling_var", "Its sampling variance."),
    Column("selling_orders", "Orders that the model saw."),
    _plain(
        "company_log",
        "ln of ability to be expected of who shows products of such appeal, as far as here those who do sell more; NaN where they do not.",
    ),
    _plain("company_log_var", "Its sampling variance."),
    _plain(
        "order_yield_log",
        "ln of orders over those that as many posts for the same products bring others, half an order added to both; NaN in categories.",
    ),
    _plain("order_yield_log_var", "Its sampling variance."),
    _plain(
        "order_rate_log",
        "ln of all orders, half an order added, over those that as many views of shoppable posts bring others, by posts a week, the weeks"
        " since the creator was first seen, and views a post; NaN in categories, where posts a week are not known, and where the two-way"
        " model has all orders.",
    ),
    _plain("order_rate_log_var", "Its sampling variance, larger where the two-way model misses less than a fifth of the orders."),
    _share("expected_sales_share", "Share of the region's expected sales in the category; NaN without any."),
)
"""What is solved on the whole network and added to the facts by the scoring run."""

EXACT_SALES: Final = frozenset({"orders", "units", "gmv_usd", "video_gmv_usd", "live_gmv_usd", "click_orders"})
"""Facts that tell exact sales, whoever reads them."""

BESIDE: Final = frozenset(
    {
        *("posts", "shoppable_posts", "viewed_posts", "log_views_mean", "log_views_var", "video_views", "live_views", "clicks"),
        *("brands", "collaborations", *EXACT_SALES),
    }
)
"""Facts that a scorecard keeps beside those that its scores read: GMV per 1,000 views, conversion and reach follow from them."""
