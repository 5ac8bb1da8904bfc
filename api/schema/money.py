"""Amounts: exact, and as ranges where exact ones may not be shown."""

from __future__ import annotations

import strawberry

from api.schema.planned import planned


@strawberry.type(description="An amount of money.")
class Money:
    """In the original currency, with US dollars where a dated rate was known."""

    amount: float = planned("The amount in `currency`.")
    currency: str | None = planned("ISO 4217 code; null where the source did not say.")
    usd: float | None = planned("The same in US dollars at the day's rate; null where no rate was known, or none is stored.")


@strawberry.type(description="A range that an exact value lies in: at least `low`, below `high`.")
class Range:
    """The published ranges, or the one that the platform gave instead of a value."""

    low: float | None = planned("Lower end, included; null where it is open.")
    high: float | None = planned("Upper end, excluded; null where it is open.")


@strawberry.type(description="An amount that the platform reports, in US dollars as a range, and exact for those who may see it.")
class ReportedAmount:
    """Exact only with the creator's consent, for whoever sees ranges otherwise."""

    exact: Money | None = planned("The exact amount; null where only a range was reported, or exact sales may not be shown to you.")
    range: Range | None = planned("The range in US dollars; null where no rate was known.")


@strawberry.type(
    description="What was sold, net of refunds unless it says otherwise. Who may not see exact sales gets ranges:"
    " in US dollars 0–100, –1,000, –10,000, –100,000, –1 million, –10 million and above; of orders and units 0–10, –100 and so on."
)
class Sales:
    """Exact sums are null where they may not be shown; ranges are there for all."""

    exact: bool = planned("Whether exact sums may be shown to you.")
    gmv_usd: float | None = planned("Net of refunds, in US dollars; null where unknown, or exact sales may not be shown to you.")
    gross_gmv_usd: float | None = planned("Before refunds, in US dollars; null as `gmvUsd` is.")
    refunded_gmv_usd: float | None = planned("Refunded, in US dollars; null as `gmvUsd` is.")
    orders: int | None = planned("Orders; null where unknown, or exact sales may not be shown to you.")
    units: int | None = planned("Units, net of refunded ones; null as `orders` is.")
    gmv_range: Range | None = planned("The range that `gmvUsd` lies in; null where it is unknown.")
    orders_range: Range | None = planned("The range that `orders` lies in; null where it is unknown.")
    units_range: Range | None = planned("The range that `units` lies in; null where it is unknown.")


@strawberry.type(description="How many there are of something that is not shown individually.")
class GroupedCount:
    """Told for groups of five or more only."""

    count: int = planned("How many; in whole fives where you may not see them one by one.")
