"""Amounts: exact, and as ranges where exact ones may not be shown."""

from __future__ import annotations

import strawberry

from api.graphql.types.fields import planned


@strawberry.type(description="An amount of money.")
class Money:
    """In the original currency, with US dollars where a dated rate was known."""

    amount: float = planned("The amount in `currency`.")
    currency: str | None = planned("ISO 4217 code; null where the source did not say.")
    usd: float | None = planned("The amount in US dollars at that day's exchange rate; null where no rate is known or stored.")


@strawberry.type(description="The range that contains an exact value: at least `low` and less than `high`.")
class Range:
    """The published ranges, or the one that the platform gave instead of a value."""

    low: float | None = planned("Lower end, included; null where it is open.")
    high: float | None = planned("Upper end, excluded; null where it is open.")


@strawberry.type(
    description="An amount that the platform reports: as a range in US dollars, and the exact amount for viewers who may see it."
)
class ReportedAmount:
    """Exact only with the creator's consent, for whoever sees ranges otherwise."""

    exact: Money | None = planned("The exact amount; null where only a range was reported, or where you may not see exact sales.")
    range: Range | None = planned("The range in US dollars; null where no rate was known.")


@strawberry.type(
    description="What was sold, net of refunds unless stated otherwise. Viewers who may not see exact sales get ranges: in US "
    "dollars 0–100, –1,000, –10,000, –100,000, –1 million, –10 million and above; of orders and units 0–10, –100 "
    "and so on."
)
class Sales:
    """Exact sums are null where they may not be shown; ranges are there for all."""

    exact: bool = planned("Whether you may see exact amounts.")
    gmv_usd: float | None = planned("Net of refunds, in US dollars; null where unknown, or where you may not see exact sales.")
    gross_gmv_usd: float | None = planned("Before refunds, in US dollars; null when `gmvUsd` is.")
    refunded_gmv_usd: float | None = planned("Refunded, in US dollars; null when `gmvUsd` is.")
    orders: int | None = planned("Number of orders; null where unknown, or where you may not see exact sales.")
    units: int | None = planned("Number of units, net of refunded ones; null when `orders` is.")
    gmv_range: Range | None = planned("The range that `gmvUsd` lies in; null where it is unknown.")
    orders_range: Range | None = planned("The range that `orders` lies in; null where it is unknown.")
    units_range: Range | None = planned("The range that `units` lies in; null where it is unknown.")


@strawberry.type(description="A count of items that are not shown individually.")
class GroupedCount:
    """Told for groups of five or more only."""

    count: int = planned("The count; rounded down to a multiple of five where you may not see the items individually.")
