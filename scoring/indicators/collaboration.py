"""How broad and deep is work with brands?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

COLLABORATION = Indicator(
    "collaboration",
    question="How broad and deep is the creator's work with brands?",
    components=(
        Component(
            "effective_brands",
            weight=1.0,
            scale="log",
            typical=3.0,
            spread=0.6,
            unit="brands",
            about="effective number of brands",
            readings=(
                value("entropy", of="brand_entropy", count="collaborations", scale="plain", anchor=True, noise=0.3),
                value("reported_brands", of="reported_brands", scale="log", basis="REPORTED", noise=0.7, slope=0.8),
            ),
        ),
    ),
    needs="a collaboration, a sale for a brand, or a report of brands",
    overall_weight=0.08,
)
