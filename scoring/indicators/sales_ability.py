"""Does content sell?"""

from scoring.indicator import Indicator
from scoring.traits import Component, counts

SALES_ABILITY = Indicator(
    "sales_ability",
    question="Does the creator's content sell?",
    components=(
        Component(
            "orders_per_post",
            weight=1.0,
            typical=1.0,
            spread=1.2,
            unit="orders a shoppable post",
            readings=(counts("orders", of="orders", per="shoppable_posts", anchor=True, noise=0.3, sensitive=True),),
        ),
    ),
    needs="a shoppable post, an order, or a report of sales",
    overall_weight=0.25,
)
