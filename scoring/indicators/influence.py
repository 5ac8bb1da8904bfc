"""How much weight does the creator have in this category?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

INFLUENCE = Indicator(
    "influence",
    question="How much weight does the creator have in this category?",
    components=(
        Component(
            "centrality",
            weight=1.0,
            typical=1e-4,
            spread=1.5,
            unit="share of all creators' mass",
            about="personalised PageRank mass in the category",
            readings=(value("walk", of="influence", count="influence_degree", scale="log", anchor=True, noise=0.5, sensitive=True),),
        ),
    ),
    needs="a product of the category shown or sold",
    overall_weight=0.1,
)
