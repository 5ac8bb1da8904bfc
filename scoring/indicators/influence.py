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
            typical=1e-3,
            spread=1.5,
            unit="share of all creators' mass",
            about="personalised PageRank in the category, over the expected sales of each creator and product",
            readings=(
                value(
                    "walk",
                    of="influence",
                    var="influence_log_var",
                    scale="log",
                    anchor=True,
                    noise=0.5,
                    sensitive=True,
                    about="share of the PageRank of walks that restart at the category's products",
                ),
            ),
        ),
        Component(
            "sales_share",
            weight=0.0,
            typical=1e-3,
            spread=2.0,
            unit="share of the category's sales",
            about="share of category sales, shown for comparison and not counted",
            readings=(
                value(
                    "sales",
                    of="category_sales_share",
                    scale="log",
                    anchor=True,
                    noise=1.0,
                    sensitive=True,
                    about="share of known net sales in the window",
                ),
            ),
        ),
    ),
    needs="a product of the category shown or sold",
    overall_weight=0.1,
)
