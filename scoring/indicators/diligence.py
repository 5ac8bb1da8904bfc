"""Does the creator fill the feed with shoppable products?"""

from scoring.indicator import Indicator
from scoring.traits import Component, rate, successes, value

DILIGENCE = Indicator(
    "diligence",
    question="Does the creator fill the feed with shoppable products?",
    components=(
        Component(
            "shoppable_per_week",
            weight=0.85,
            typical=1.0,
            spread=1.0,
            unit="posts a week",
            about="shoppable posts a week, without those for invitations",
            readings=(
                value(
                    "posts",
                    of="listed_shoppable_rate",
                    var="listed_shoppable_rate_log_var",
                    worth=1.0,
                    scale="log",
                    anchor=True,
                    noise=0.05,
                    about="shoppable posts, if all content is listed",
                ),
                rate(
                    "plans",
                    of="plan_shoppable_rate",
                    var="plan_shoppable_rate_log_var",
                    anchor=True,
                    noise=0.05,
                    about="shoppable posts counted by open plans, combined with reports",
                ),
                rate(
                    "reports",
                    of="reported_shoppable_rate",
                    var="reported_shoppable_rate_log_var",
                    basis="REPORTED",
                    anchor=True,
                    noise=0.05,
                    about="shoppable posts in reports, if plans have no counts",
                ),
            ),
        ),
        Component(
            "shoppable_share",
            weight=0.15,
            scale="logit",
            typical=0.5,
            spread=1.2,
            unit="share",
            about="share of posts that are shoppable",
            readings=(
                successes(
                    "posts",
                    of="listed_shoppable_posts",
                    among="listed_posts",
                    worth=1.0,
                    anchor=True,
                    noise=0.02,
                    about="posts, if all content is listed",
                ),
                successes(
                    "reports",
                    of="reported_shoppable_of_posts",
                    among="reported_posts_with_shoppable",
                    basis="REPORTED",
                    anchor=True,
                    noise=0.02,
                    about="shoppable posts among all posts in reports",
                ),
                value(
                    "rates",
                    of="share_by_rates",
                    var="share_by_rates_log_var",
                    scale="log",
                    basis="REPORTED",
                    slope=0.5,
                    noise=0.3,
                    about="shoppable posts a week divided by posts a week",
                ),
            ),
        ),
    ),
    needs="a post, or a count of posts by a plan or a report",
    overall_weight=0.1,
)
