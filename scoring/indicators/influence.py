"""How much weight does the creator have in this category?"""

from scoring.components import measure
from scoring.indicator import Evidence, Indicator

INFLUENCE = Indicator(
    "influence",
    question="How much weight does the creator have in this category?",
    components=(
        measure(
            "centrality",
            of="influence",
            count="influence_degree",
            weight=1.0,
            typical=1e-4,
            spread=1.5,
            noise=1.0,
            unit="share of all creators' mass",
            about="personalised PageRank mass in the category",
            sensitive=True,
        ),
        measure(
            "sales_share",
            of="category_sales_share",
            count="influence_degree",
            weight=0.0,
            typical=1e-4,
            spread=2.0,
            noise=1.0,
            unit="share of the category's sales",
            about="plain share of category sales, shown beside and not counted",
            sensitive=True,
        ),
    ),
    minimum=Evidence("influence_degree", 3, "products in the category"),
    overall_weight=0.1,
)
