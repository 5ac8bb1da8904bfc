"""Is the creator keen and dependable with brands?"""

from scoring.components import amount, level, measure, share
from scoring.indicator import Evidence, Indicator, Reported

COOPERATION = Indicator(
    "cooperation",
    question="Is the creator keen and dependable with brands?",
    components=(
        share(
            "answered", of="answered_7d", among="answerable", weight=0.2, typical=0.5, about="share of invitations answered within 7 days"
        ),
        amount(
            "answer_time",
            of="log_answer_mean",
            var="log_answer_var",
            count="answers",
            weight=0.15,
            better="lower",
            typical=86_400.0,
            noise=1.2,
            unit="seconds",
            about="typical time to answer an invitation",
        ),
        share(
            "delivered", of="delivered", among="deliverable", weight=0.25, typical=0.8, about="share of accepted work or samples delivered"
        ),
        share("on_time", of="on_time", among="on_time_known", weight=0.15, typical=0.8, about="share of due work delivered on time"),
        level(
            "rating",
            of="rating_mean",
            var="rating_var",
            count="ratings",
            weight=0.15,
            typical=4.2,
            spread=0.4,
            noise=0.8,
            unit="stars from 1 to 5",
            about="mean rating by brands",
        ),
        share("returning_brands", of="repeat_brands", among="brands", weight=0.1, typical=0.2, about="share of brands that came back"),
    ),
    minimum=Evidence(("answerable", "deliverable"), 5, "answerable invitations and due deliveries"),
    reported=Reported(
        (
            measure(
                "reported_fulfilment",
                of="reported_fulfilment_rate",
                floor=0.05,
                weight=1.0,
                typical=0.8,
                spread=0.3,
                noise=0.3,
                about="share of accepted work fulfilled, as the platform reports it",
            ),
        ),
        Evidence("reported_days", 1, "reported days"),
    ),
    overall_weight=0.15,
    shared_error=0.15,
)
