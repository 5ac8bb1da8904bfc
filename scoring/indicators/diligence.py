"""Does the creator fill the feed with shoppable products?"""

from scoring.components import rate, share
from scoring.indicator import Evidence, Indicator

DILIGENCE = Indicator(
    "diligence",
    question="Does the creator fill the feed with shoppable products?",
    components=(
        share("shoppable_share", of="shoppable_posts", among="posts", weight=0.3, about="share of posts that are shoppable"),
        rate("shoppable_per_week", of="shoppable_posts", per="weeks", weight=0.25, typical=2.0, unit="posts a week"),
        share("active_days", of="shoppable_days", among="days", weight=0.2, typical=0.25, about="share of days with a shoppable post"),
        rate("products_per_week", of="distinct_products", per="weeks", weight=0.15, typical=2.0, unit="distinct products a week"),
        rate(
            "live_hours_per_week",
            of="shoppable_live_hours",
            per="weeks",
            weight=0.1,
            typical=1.0,
            dispersion=2.0,
            unit="hours a week",
            about="hours of shopping live streams a week",
        ),
    ),
    minimum=Evidence("posts", 5),
    overall_weight=0.1,
    shared_error=0.5,
)
