"""Order lines, one by one."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.collaboration import Collaboration
from api.graphql.types.content import Content
from api.graphql.types.enums import named
from api.graphql.types.fields import planned
from api.graphql.types.money import Money
from api.graphql.types.nouns import CreatorRef, Node
from api.graphql.types.product import Product
from api.graphql.types.scalars import DateTime

SaleStatus: Final = named(
    "SaleStatus",
    "The status of an order line.",
    {
        "PLACED": ("PLACED", "Ordered, not settled yet."),
        "SETTLED": ("SETTLED", "Settled with the creator."),
        "REFUNDED": ("REFUNDED", "Refunded in full."),
        "NO_SALE": ("NO_SALE", "Did not result in a sale; not counted."),
    },
)


@strawberry.type(
    description="One line of an order credited to a creator. Visible to the creator, to the brand that sells the product and "
    "its partner, and to roles that see everything."
)
class Sale(Node):
    """What sums of sales are made of."""

    order_id: str = planned("Id of the order.")
    at: DateTime = planned("When the order was placed.")
    status: SaleStatus = planned("Its current status.")
    quantity: int = planned("Units ordered.")
    refunded_quantity: int = planned("Units refunded; 0 without a refund.")
    gmv: Money | None = planned("Price times quantity, before refunds; null where unknown.")
    product: Product | None = planned("What was sold; null where unknown.")
    creator: CreatorRef | None = planned("The creator it is credited to; null where you may not see that creator.")
    content: Content | None = planned("Content that sold it; null where unknown, or where you may not see its creator.")
    collaboration: Collaboration | None = planned(
        "The collaboration that it was sold under; null without one, or where you may not see it."
    )
