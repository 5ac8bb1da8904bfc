"""How much is produced?"""

from scoring.indicator import Indicator
from scoring.traits import Component, counts

CONTENT_VOLUME = Indicator(
    "content_volume",
    question="How much content does the creator produce?",
    components=(
        Component(
            "posts_per_week",
            weight=1.0,
            typical=4.0,
            spread=1.0,
            unit="posts a week",
            about="posts a week",
            readings=(counts("posts", of="posts", per="weeks", anchor=True, noise=0.05, about="posts seen"),),
        ),
    ),
    needs="a post, or a report of posts",
    overall_weight=0.1,
)
