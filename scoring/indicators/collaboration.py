"""How broad and deep is work with brands?"""

from scoring.indicator import Indicator
from scoring.traits import Component, successes

COLLABORATION = Indicator(
    "collaboration",
    question="How broad and deep is the creator's work with brands?",
    components=(
        Component(
            "effective_brands",
            weight=1.0,
            scale="logit",
            typical=0.5,
            spread=1.0,
            floor=0.05,
            unit="share of content for other brands",
            about="how evenly content is spread over brands: 1 − 1 / effective number of brands",
            readings=(
                # Contents of a creator are no independent choices: who makes one for a brand soon makes another.
                successes(
                    "contents",
                    of="other_brand_contents",
                    among="compared_contents",
                    weigh="compared_contents_worth",
                    anchor=True,
                    noise=0.03,
                    worth=1.0,
                    about="contents by brand",
                ),
            ),
        ),
    ),
    needs="two contents for brands, or a report of brands",
    overall_weight=0.08,
)
