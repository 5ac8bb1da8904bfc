"""How well does content do?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

CONTENT_SUCCESS = Indicator(
    "content_success",
    question="How well does the creator's content do, for the size of the audience?",
    components=(
        Component(
            "views",
            weight=1.0,
            typical=2000.0,
            spread=1.0,
            unit="views a post",
            about="views of a post beyond what the audience brings",
            readings=(
                value("posts", of="log_views_mean", count="viewed_posts", scale="plain", anchor=True, noise=0.5),
                value("reported_views", of="reported_views_per_video", scale="log", basis="REPORTED", noise=0.6),
            ),
        ),
    ),
    needs="a post with known views, or a report of views",
    overall_weight=0.15,
)
