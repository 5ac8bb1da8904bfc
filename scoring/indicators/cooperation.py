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
            about="share of accepted invitations and samples that resulted in content",
            readings=(
                successes(
                    "promises",
                    of="promises_kept",
                    among="promises_due",
                    anchor=True,
                    worth=1.0,
                    about="accepted invitations and samples that fell due",
                ),
                successes(
                    "open_promises",
                    of="open_promises_kept",
                    among="open_promises",
                    worth=1.0,
                    about="accepted invitations and samples that are not due yet",
                ),
                value("rating", of="brand_rating", var="brand_rating_var", slope=0.4, noise=0.3, about="mean rating by brands"),
                value(
                    "reported_rating",
                    of="unseen_rating",
                    var="unseen_rating_var",
                    slope=0.4,
                    noise=0.3,
                    basis="REPORTED",
                    about="mean rating by sellers in the platform's reports, if no brand's own rating is known",
                ),
                value(
                    "reported_fulfilment",
                    of="unseen_fulfilment_rate",
                    scale="logit",
                    noise=1.0,
                    basis="REPORTED",
                    about="share of samples that resulted in content, as reported by the platform, if none is known individually",
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
                    worth=1.0,
                    anchor=True,
                    about="invitations whose answer period has ended",
                ),
                successes(
                    "open_invitations",
                    of="open_invitations_answered",
                    among="open_invitations",
                    worth=1.0,
                    about="invitations older than a week that can still be accepted",
                ),
            ),
        ),
    ),
    needs="an invitation older than a week, a sample or invitation taken up that was due, a rating, or a report",
    overall_weight=0.15,
)
