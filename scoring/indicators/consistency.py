"""Is the creator steady?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

CONSISTENCY = Indicator(
    "consistency",
    question="Is the creator steady?",
    components=(
        Component(
            "unsteadiness",
            weight=1.0,
            scale="log",
            better="lower",
            typical=0.2,
            spread=1.0,
            unit="variance of the weekly rate over its square",
            about="how much posts and views vary beyond chance",
            readings=(
                value(
                    "weekly_posts",
                    of="weekly_posts_dispersion",
                    var="weekly_posts_dispersion_var",
                    anchor=True,
                    noise=0.5,
                    about="variation of posts between weeks",
                ),
                value(
                    "reported_posts",
                    of="reported_posts_dispersion",
                    var="reported_posts_dispersion_var",
                    slope=0.8,
                    noise=0.5,
                    basis="REPORTED",
                    about="variation of posts between reports",
                ),
                value(
                    "views",
                    of="views_dispersion",
                    var="views_dispersion_var",
                    slope=0.2,
                    noise=0.3,
                    about="variation of views between contents",
                ),
                value(
                    "reported_views",
                    of="reported_views_skew",
                    var="reported_views_skew_var",
                    slope=0.15,
                    noise=0.2,
                    basis="REPORTED",
                    about="how far mean views exceed median views in reports",
                ),
            ),
        ),
    ),
    needs="posts in two weeks, two contents with known views, or two reports",
    overall_weight=0.07,
)
