"""Does content sell?"""

from scoring.indicator import Indicator
from scoring.traits import Component, value

ALIKE = 0.2
"""Readings of a creator count the same orders in part, so their errors go together."""
PLAIN = 0.4
"""What orders per view are worth beside orders net of products: their errors are the same in part, and which products are shown is no
ability. On simulated markets in partner form they add .05 to the correlation at this worth."""

SALES_ABILITY = Indicator(
    "sales_ability",
    question="Does the creator's content sell?",
    components=(
        Component(
            "orders_net_of_product",
            weight=1.0,
            typical=1.0,
            spread=0.7,
            unit="times the orders that anyone with these views and products would have",
            alike=ALIKE,
            about="orders beyond what views and products explain, over the whole known history",
            readings=(
                value(
                    "orders",
                    of="selling_log",
                    var="selling_var",
                    anchor=True,
                    noise=0.05,
                    sensitive=True,
                    about="orders compared with those expected for the same views and products (two-way Poisson–gamma model)",
                ),
                value(
                    "company",
                    of="company_log",
                    var="company_log_var",
                    anchor=True,
                    prior=True,
                    worth=1.0,
                    noise=0.05,
                    sensitive=True,
                    about="what creators who show products of similar appeal sell beyond it, if that holds in this market (a prior)",
                ),
                value(
                    "order_rate",
                    of="order_rate_log",
                    var="order_rate_log_var",
                    slope=0.8,
                    noise=0.7,
                    sensitive=True,
                    worth=PLAIN,
                    about="all orders compared with those of others with as many views, if some cannot be assigned to posts",
                ),
                value(
                    "reported_gpm",
                    of="reported_gpm_usd",
                    scale="log",
                    basis="REPORTED",
                    slope=0.6,
                    noise=1.2,
                    sensitive=True,
                    about="GMV per 1,000 views, as reported by the platform, which also depends on products and prices",
                ),
            ),
        ),
    ),
    needs="content that shows a product, an order through it, or a report of sales",
    overall_weight=0.25,
)
