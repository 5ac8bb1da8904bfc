"""How well a product sells, whoever shows it."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.fields import planned
from api.graphql.types.scalars import BigInt


@strawberry.type(description="Orders for the same views by the same creator, relative to the typical product.")
class SalesAppeal:
    """By the two-way model of the current run, which sets creators' selling ability and products' appeal apart."""

    ratio: float = planned("How many times the typical product's orders: 1 is typical.")
    low: float = planned("Lower end of the 90 % interval.")
    high: float = planned("Upper end of the 90 % interval.")
    posts: BigInt = planned("Number of posts it is based on, including those known only from a plan's count.")
    apart: bool = planned(
        "Whether its creators share no product, even indirectly, with most other creators. If so, its appeal can only be "
        "separated from their ability by what is typical."
    )
