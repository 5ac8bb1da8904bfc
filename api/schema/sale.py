"""Order lines, one by one."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.collaboration import Collaboration
from api.schema.content import Content
from api.schema.enums import named
from api.schema.money import Money
from api.schema.node import Node
from api.schema.nouns import CreatorRef
from api.schema.planned import planned
from api.schema.product import Product
from api.schema.scalars import DateTime

SaleStatus: Final = named(
    "SaleStatus",
    "Where an order line stands.",
    {
        "PLACED": ("PLACED", "Ordered, not settled yet."),
        "SETTLED": ("SETTLED", "Settled with the creator."),
        "REFUNDED": ("REFUNDED", "Refunded in full."),
        "NO_SALE": ("NO_SALE", "No sale came of it; it counts nowhere."),
    },
)


@strawberry.type(
    description="One line of an order credited to a creator. Seen by the creator, by the brand that sells the product and its partner,"
    " and by those who see all."
)
class Sale(Node):
    """What sums of sales are made of."""

    order_id: str = planned("Id of the order that it is a line of.")
    at: DateTime = planned("When the order was placed.")
    status: SaleStatus = planned("Where it stands.")
    quantity: int = planned("Units ordered.")
    refunded_quantity: int = planned("Units refunded; 0 without a refund.")
    gmv: Money | None = planned("Price times quantity, before refunds; null where unknown.")
    product: Product | None = planned("What was sold; null where unknown.")
    creator: CreatorRef | None = planned("To whom it is credited; null where you may not see that creator.")
    content: Content | None = planned("Content that sold it; null where unknown, or where you may not see its creator.")
    collaboration: Collaboration | None = planned(
        "The collaboration that it was sold under; null without one, or where you may not see it."
    )
