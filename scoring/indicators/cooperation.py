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
            typical=0.75,
            spread=1.0,
            unit="share",
            about="share of accepted work and samples that was delivered",
            readings=(
                successes("deliveries", of="delivered", among="deliverable", about="accepted work that was due"),
                value("rating", of="rating_mean", count="ratings", scale="plain", slope=0.3, noise=0.5, about="mean rating by brands"),
                value(
                    "reported_fulfilment",
                    of="reported_fulfilment_rate",
                    scale="logit",
                    noise=1.0,
                    basis="REPORTED",
                    about="share of samples answered with content, as the platform reports it",
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
            readings=(successes("invitations", of="answered_7d", among="answerable", about="invitations answered within 7 days"),),
        ),
    ),
    needs="an invitation that was answered or has ended, work that was due, a rating, or a report",
    overall_weight=0.15,
)
