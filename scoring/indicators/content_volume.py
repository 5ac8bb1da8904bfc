"""How much is produced?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

CONTENT_VOLUME = Indicator(
    "content_volume",
    question="How much content does the creator produce?",
    components=(
        Component(
            "posts_per_week",
            weight=1.0,
            typical=2.0,
            spread=1.0,
            unit="posts a week",
            about="posts a week",
            readings=(
                value(
                    "posts",
                    of="listed_posting_rate",
                    var="listed_posting_rate_log_var",
                    worth=1.0,
                    scale="log",
                    anchor=True,
                    noise=0.05,
                    about="posts, if all content is listed",
                ),
                value(
                    "reports",
                    of="reported_posting_rate",
                    var="reported_posting_rate_log_var",
                    scale="log",
                    basis="REPORTED",
                    anchor=True,
                    noise=0.1,
                    about="all posts counted in reports",
                ),
                value(
                    "plans",
                    of="plan_posting_rate",
                    var="plan_posting_rate_log_var",
                    scale="log",
                    noise=0.1,
                    about="shoppable posts a week in plans and reports, divided by the share of posts that are shoppable",
                ),
                value(
                    "shoppable_reports",
                    of="reported_posting_rate_by_share",
                    var="reported_posting_rate_by_share_log_var",
                    scale="log",
                    basis="REPORTED",
                    noise=0.1,
                    about="shoppable posts in reports, divided by the same share, if no plan is known",
                ),
            ),
        ),
    ),
    needs="a post, or a count of posts by a plan or a report",
    overall_weight=0.1,
)
