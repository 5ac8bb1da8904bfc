"""Orders that posts led to, whoever was credited."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from enum import Enum
from typing import Final

import strawberry

from api.graphql.types.fields import planned


@strawberry.enum(description="Why there is no lift.")
class SpilloverReason(Enum):
    """What the times of posts and orders cannot tell."""

    FEW_ORDERS = strawberry.enum_value("FEW_ORDERS", description="Fewer than 5 orders are credited to the creator in 90 days.")
    ALWAYS_TOGETHER = strawberry.enum_value(
        "ALWAYS_TOGETHER",
        description="The creator's posts always coincide with others' posts of the same products, within 6 hours: orders "
        "cannot be attributed.",
    )


@strawberry.type(description="The orders that a creator's posts led to, relative to those credited to the creator, over 90 days.")
class Spillover:
    """Above 1, others are credited with what the creator's posts led to; below 1, it is the other way round. No score contains it."""

    lift: float | None = planned("The ratio, to two decimals; null where it cannot be known.")
    low: float | None = planned("Lower end of its 90 % interval; null where it cannot be known.")
    high: float | None = planned("Upper end of that interval; null where it cannot be known.")
    reason: SpilloverReason | None = planned("Why it cannot be known; null where there is a lift.")


@strawberry.type(description="How fast orders follow a post: one time interval.")
class OrderLag:
    """Over all steps, rates times days sum to 1."""

    from_days: float = planned("Start of the interval, in days after the post.")
    to_days: float | None = planned("End of the interval; null for the last one, which is open and counted as 28 days.")
    video: float = planned("Share of a video's orders in the interval, per day.")
    live: float = planned("Share of a live stream's orders in the interval, per day.")


@strawberry.type(description="What a run learnt about whose posts lead to orders.")
class SpilloverModel:
    """Where credits follow the lags, both shares are 0 and every lift is 1."""

    orders: int = planned("Number of order lines that it learnt from.")
    credited_to_next: float = planned(
        "Among orders followed by another post that shows the product, the share credited to that next post instead of the one "
        "that led to the order."
    )
    credited_to_last: float = planned("The share credited to the last such post before the order.")
    lags: list[OrderLag] = planned("How fast orders follow a post, earliest interval first.")


SPILLOVER: Final = planned(
    "Orders that the creator's posts led to, compared with those credited; complements `salesAbility`, which counts credited "
    "orders. Null before the first run, where the run had too few orders to learn from, where you may not see the creator's "
    "scores explained, and for keys of brands and partners."
)
SPILLOVER_MODEL: Final = planned(
    "What the run learnt about whose posts lead to orders; null where it had too few to learn from, and for keys of brands and partners."
)
