"""How broad and deep is work with brands?"""

from scoring.components import amount, measure, share
from scoring.indicator import Evidence, Indicator, Reported

COLLABORATION = Indicator(
    "collaboration",
    question="How broad and deep is the creator's work with brands?",
    components=(
        amount(
            "effective_brands",
            of="brand_entropy",
            count="collaborations",
            weight=0.4,
            typical=3.0,
            spread=0.7,
            unit="brands",
            about="effective number of brands: exp of the entropy of collaborations by brand",
        ),
        share(
            "repeat_share", of="repeat_brands", among="brands", weight=0.3, typical=0.2, about="share of brands worked with at least twice"
        ),
        measure(
            "network_place",
            of="network",
            count="collaborations",
            weight=0.3,
            typical=1.0,
            spread=0.8,
            unit="times the average creator's",
            about="place in the creator–brand network",
        ),
    ),
    minimum=Evidence("collaborations", 5),
    reported=Reported(
        (
            measure(
                "reported_brands",
                of="reported_brands",
                weight=1.0,
                typical=3.0,
                noise=0.7,
                unit="brands",
                about="number of brands, as the platform reports it",
            ),
        ),
        Evidence("reported_days", 1, "reported days"),
    ),
    overall_weight=0.08,
    shared_error=0.3,
)
