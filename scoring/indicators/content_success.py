"""How well does content do?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

AUDIENCE = ("followers_log",)
ALIKE = 0.3
"""Reports and orders tell of the same posts as the views that are known one by one: their errors go together (0.2 to 0.3 on markets made
by two generators), so the six readings of a creator say less than six of one each."""

CONTENT_SUCCESS = Indicator(
    "content_success",
    question="How well does the creator's content do, for the size of the audience?",
    components=(
        Component(
            "views",
            weight=1.0,
            typical=1000.0,
            spread=0.6,
            unit="views a post",
            alike=ALIKE,
            about="views of a post beyond what the size of the audience explains",
            readings=(
                value(
                    "videos",
                    of="seen_video_views",
                    var="seen_video_views_log_var",
                    scale="log",
                    anchor=True,
                    noise=0.1,
                    covariates=AUDIENCE,
                    worth=1.0,
                    about="views of individual videos",
                ),
                value(
                    "reported_videos",
                    of="reported_video_views",
                    var="reported_video_views_log_var",
                    scale="log",
                    basis="REPORTED",
                    noise=0.2,
                    covariates=AUDIENCE,
                    worth=1.0,
                    about="mean and median views of videos in reports",
                ),
                value(
                    "live_streams",
                    of="seen_live_stream_views",
                    var="seen_live_stream_views_log_var",
                    scale="log",
                    noise=0.3,
                    covariates=AUDIENCE,
                    worth=1.0,
                    about="views of individual live streams",
                ),
                value(
                    "reported_live_streams",
                    of="reported_live_stream_views",
                    var="reported_live_stream_views_log_var",
                    scale="log",
                    basis="REPORTED",
                    noise=0.3,
                    covariates=AUDIENCE,
                    worth=1.0,
                    about="mean views of live streams in reports",
                ),
                value(
                    "reactions",
                    of="reported_reactions",
                    var="reported_reactions_log_var",
                    scale="log",
                    basis="REPORTED",
                    slope=0.3,
                    noise=0.4,
                    covariates=AUDIENCE,
                    worth=1.0,
                    about="likes, comments and shares per view, which correlate with views",
                ),
                value(
                    "order_yield",
                    of="order_yield_log",
                    var="order_yield_log_var",
                    slope=0.5,
                    noise=1.0,
                    covariates=AUDIENCE,
                    sensitive=True,
                    worth=1.0,
                    about="orders per post beyond what its products explain, which correlate with views",
                ),
            ),
        ),
    ),
    needs="a post with known views, or a report of views",
    overall_weight=0.15,
)
