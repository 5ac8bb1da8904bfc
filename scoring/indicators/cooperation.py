"""Is the creator keen and dependable with brands?"""

from scoring.indicator import Indicator
from scoring.traits import Component, successes, value

COOPERATION = Indicator(
    "cooperation",
    question="Is the creator keen and dependable with brands?",
    components=(
        Component(
            "promises_kept",
            weight=0.5,
            scale="logit",
            typical=0.7,
            spread=1.0,
            unit="share",
            about="share of invitations and samples taken up for which content came",
            readings=(
                successes("promises", of="promises_kept", among="promises_due", anchor=True, about="promises that were due"),
                successes("open_promises", of="open_promises_kept", among="open_promises", about="promises that may still be kept"),
                value("rating", of="rating_mean", count="ratings", scale="plain", slope=0.3, noise=0.5, about="mean rating by brands"),
                value(
                    "reported_rating",
                    of="reported_rating",
                    scale="plain",
                    slope=0.3,
                    noise=0.7,
                    basis="REPORTED",
                    about="rating by sellers in the platform's latest report",
                ),
                value(
                    "earlier_reported_ratings",
                    of="earlier_reported_rating",
                    scale="plain",
                    slope=0.3,
                    noise=0.7,
                    basis="REPORTED",
                    about="mean rating by sellers in the platform's earlier reports",
                ),
                value(
                    "reported_fulfilment",
                    of="unseen_fulfilment_rate",
                    scale="logit",
                    noise=1.0,
                    basis="REPORTED",
                    about="share of samples answered with content, as the platform reports it, where none of them is seen",
                ),
            ),
        ),
        Component(
            "invitations_answered",
            weight=0.5,
            scale="logit",
            typical=0.5,
            spread=1.0,
            unit="share",
            about="share of invitations answered",
            readings=(
                successes(
                    "invitations",
                    of="ended_invitations_answered",
                    among="ended_invitations",
                    anchor=True,
                    about="invitations whose time to answer is over",
                ),
                successes(
                    "open_invitations",
                    of="open_invitations_answered",
                    among="open_invitations",
                    about="invitations older than a week that may still be taken up",
                ),
            ),
        ),
    ),
    needs="an invitation older than a week, a sample or invitation taken up that was due, a rating, or a report",
    overall_weight=0.15,
)
