"""How well does content do?"""

from scoring.components import amount, measure, share
from scoring.indicator import Evidence, Indicator, Reported

CONTENT_SUCCESS = Indicator(
    "content_success",
    question="How well does the creator's content do?",
    components=(
        amount(
            "views",
            of="log_views_mean",
            var="log_views_var",
            count="viewed_posts",
            weight=0.4,
            typical=2000.0,
            spread=1.0,
            noise=1.2,
            by_tier=True,
            unit="views a post",
            about="median views of a post against the follower tier's",
        ),
        measure(
            "engagement_rate",
            of="engagements",
            per="views",
            count="viewed_posts",
            floor=1e-4,
            weight=0.35,
            typical=0.05,
            spread=0.6,
            noise=0.8,
            unit="engagements a view",
            about="likes, comments and shares for each view",
        ),
        share(
            "above_median",
            of="posts_above_median",
            among="viewed_posts",
            weight=0.25,
            by_tier=True,
            about="share of posts with more views than the peers' median post",
        ),
    ),
    minimum=Evidence("viewed_posts", 5, "posts with known views"),
    reported=Reported(
        (
            measure(
                "reported_views",
                of="reported_views_per_video",
                weight=0.6,
                typical=2000.0,
                spread=1.0,
                noise=0.7,
                by_tier=True,
                unit="views a video",
                about="views a video, as the platform reports them",
            ),
            measure(
                "reported_engagement",
                of="reported_engagement_rate",
                floor=1e-4,
                weight=0.4,
                typical=0.05,
                spread=0.6,
                noise=0.5,
                unit="engagements a view",
                about="engagement rate, as the platform reports it",
            ),
        ),
        Evidence("reported_days", 1, "reported days"),
    ),
    overall_weight=0.15,
    shared_error=0.4,
)
