"""Is the creator steady?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

CONSISTENCY = Indicator(
    "consistency",
    question="Is the creator steady?",
    components=(
        Component(
            "steadiness",
            weight=1.0,
            scale="log",
            better="lower",
            typical=0.5,
            spread=0.7,
            unit="variance of ln(days)",
            about="variation of the days between posts",
            readings=(value("gaps", of="gap_log_var", count="gaps", scale="log", anchor=True, noise=0.7),),
        ),
    ),
    needs="posts on several days",
    overall_weight=0.07,
)
