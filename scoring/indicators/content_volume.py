"""How much is produced?"""

from scoring.components import rate
from scoring.indicator import Evidence, Indicator, Reported

CONTENT_VOLUME = Indicator(
    "content_volume",
    question="How much content does the creator produce?",
    components=(
        rate("videos_per_week", of="videos", per="weeks", weight=0.6, typical=3.0, unit="videos a week"),
        rate("live_hours_per_week", of="live_hours", per="weeks", weight=0.4, typical=1.0, dispersion=2.0, unit="hours a week"),
    ),
    minimum=Evidence("posts", 3),
    reported=Reported(
        (
            rate(
                "reported_videos_per_week",
                of="reported_videos",
                per="reported_days",
                times=7.0,
                weight=0.6,
                typical=3.0,
                dispersion=3.0,
                unit="videos a week",
                about="videos a week, as the platform reports them",
            ),
            rate(
                "reported_lives_per_week",
                of="reported_lives",
                per="reported_days",
                times=7.0,
                weight=0.4,
                typical=1.0,
                dispersion=3.0,
                unit="live streams a week",
                about="live streams a week, as the platform reports them",
            ),
        ),
        Evidence("reported_days", 1, "reported days"),
    ),
    overall_weight=0.1,
)
