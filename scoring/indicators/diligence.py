"""Does the creator fill the feed with shoppable products?"""

from scoring.indicator import Indicator
from scoring.traits import Component, counts, successes

DILIGENCE = Indicator(
    "diligence",
    question="Does the creator fill the feed with shoppable products?",
    components=(
        Component(
            "shoppable_per_week",
            weight=0.75,
            typical=2.0,
            spread=1.0,
            unit="posts a week",
            about="shoppable posts a week",
            readings=(counts("posts", of="shoppable_posts", per="weeks", anchor=True, noise=0.05, about="shoppable posts seen"),),
        ),
        Component(
            "shoppable_share",
            weight=0.25,
            scale="logit",
            typical=0.5,
            spread=1.2,
            unit="share",
            about="share of posts that are shoppable",
            readings=(successes("posts", of="shoppable_posts", among="posts", about="posts seen"),),
        ),
    ),
    needs="a post, or a report of posts",
    overall_weight=0.1,
)
