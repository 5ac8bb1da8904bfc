"""The relationships between the nodes."""

from __future__ import annotations

from typing import Final

from graph.model.kinds import Edge, Property, Type, Unit

EDGES: Final = (
    Edge("PUBLISHED", "Creator", "Content", "The creator published the content."),
    Edge(
        "FEATURES",
        "Content",
        "Product",
        "The content shows the product with a link to buy it.",
        (
            Property("impressions", Type.INTEGER, "Times the link was shown.", Unit.COUNT, wide=True),
            Property("clicks", Type.INTEGER, "Times it was clicked.", Unit.COUNT, wide=True),
            Property("orders", Type.INTEGER, "Orders, where only sums are known.", Unit.COUNT),
            Property("units", Type.INTEGER, "Units, where only sums are known.", Unit.COUNT),
            Property("refundedUnits", Type.INTEGER, "Units refunded, where only sums are known.", Unit.COUNT),
            Property("gmv", Type.FLOAT, "GMV before refunds, where only sums are known.", Unit.MONEY),
            Property("currency", Type.STRING, "Currency of the GMV.", Unit.CURRENCY),
            Property("gmvUsd", Type.FLOAT, "GMV before refunds, where only sums are known.", Unit.USD, derived=True),
            Property("seenAt", Type.INTEGER, "When the sums were known.", Unit.TIME),
            Property("firstSeenAt", Type.INTEGER, "Time of the earliest export that names it.", Unit.TIME, derived=True),
        ),
    ),
    Edge("MENTIONS", "Content", "Creator", "The content names another creator."),
    Edge("OF", "Sale", "Product", "The order line is of the product."),
    Edge("CREDITED_TO", "Sale", "Creator", "The sale is credited to the creator: whom its source names, else who published its content."),
    Edge("THROUGH", "Sale", "Content", "The content that led to the sale."),
    Edge("UNDER", "Sale", "Collaboration", "The collaboration under which it was sold."),
    Edge("SELLS", "Brand", "Product", "The brand sells the product."),
    Edge("IN_CATEGORY", "Product", "Category", "The product belongs to the category."),
    Edge("CHILD_OF", "Category", "Category", "The category is a part of its parent."),
    Edge("OFFERED", "Brand", "Collaboration", "The brand offered the collaboration."),
    Edge("ARRANGED", "Partner", "Collaboration", "The partner arranged the collaboration."),
    Edge("WITH", "Collaboration", "Creator", "The creator it was offered to or taken up by."),
    Edge("PROMOTES", "Collaboration", "Product", "A product it promotes."),
    Edge("DELIVERED", "Collaboration", "Content", "Content published for it."),
    Edge("ABOUT", "Report", "Creator", "The creator reported on."),
    Edge("HAS_AUDIENCE", "Creator", "Audience", "A share of the creator's followers."),
    Edge(
        "COLLABORATED_WITH",
        "Creator",
        "Brand",
        "Derived by each scoring run: accepted collaborations or sales together.",
        (
            Property("times", Type.INTEGER, "Accepted collaborations.", Unit.COUNT, derived=True),
            Property("gmvUsd", Type.FLOAT, "Net GMV together.", Unit.USD, derived=True),
            Property("firstAt", Type.INTEGER, "First time.", Unit.TIME, derived=True),
            Property("lastAt", Type.INTEGER, "Last time.", Unit.TIME, derived=True),
            Property("runId", Type.STRING, "Scoring run that derived it.", derived=True),
        ),
    ),
    Edge("RATES", "Scorecard", "Creator", "The creator whom the scorecard rates."),
    Edge("CONCERNS", "Flag", "Creator", "The creator whose data a scoring run flags."),
)
