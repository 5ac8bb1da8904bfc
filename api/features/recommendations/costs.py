"""What a creator usually asks, and what one post of theirs may so be expected to cost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import isfinite, nan
from statistics import median
from typing import NamedTuple

from api.features.recommendations.types import ExpectedCost, UsualCommission
from graph.plans.ranges import USD_BOUNDS
from graph.recommendations.reading import Reading
from graph.recommendations.terms import Rates, Terms, dollars, open_rates, reported_rates, terms


class Prices(NamedTuple):
    """What is known of what creators ask: terms and reports by creator, open plans of the category, and dollars by currency."""

    terms: Mapping[str, Terms]
    reported: Mapping[str, Rates]
    open: Rates | None
    usd: Mapping[str, float]

    def commission(self, creator: str) -> UsualCommission | None:
        """Return the commission from the best of what is known: accepted terms, else the platform's report, else open plans."""
        agreed = self.terms[creator].rates if creator in self.terms else ()
        if agreed:
            return UsualCommission(low=agreed[0], high=agreed[-1], basis="TERMS")
        if found := self.reported.get(creator):
            return UsualCommission(low=found.low, high=found.high, basis="REPORTED")
        return UsualCommission(low=self.open.low, high=self.open.high, basis="OPEN_PLANS") if self.open else None

    def fee_usd(self, creator: str) -> float:
        """Return the median fee among terms that the viewer may see; zero where there is none."""
        fees = self.terms[creator].fees if creator in self.terms else ()
        known = [fee.amount * self.usd[fee.currency] for fee in fees if fee.currency in self.usd]
        return median(known) if known else 0.0

    def cost(self, creator: str, sold: tuple[float, float | None] | None, currency: str) -> ExpectedCost | None:
        """Return what a post may cost, given what it may sell in dollars; None where either is unknown, or the currency has no rate."""
        rates, unit = self.commission(creator), self.usd.get(currency)
        if rates is None or sold is None or unit is None:
            return None
        fee, (low, high) = self.fee_usd(creator), sold
        return ExpectedCost(
            low=(fee + rates.low * low) / unit, high=None if high is None else (fee + rates.high * high) / unit, currency=currency
        )


async def prices(reading: Reading, creators: Sequence[str], categories: Sequence[str], currency: str) -> Prices:
    """Read what the creators ask, as far as the reader may see it."""
    agreed = await terms(reading, creators)
    currencies = {currency} | {fee.currency for each in agreed.values() for fee in each.fees}
    return Prices(
        agreed, await reported_rates(reading, creators), await open_rates(reading, categories), await dollars(reading, sorted(currencies))
    )


def sold_a_post(gmv_usd: float, posts: float, *, exact: bool) -> tuple[float, float | None] | None:
    """Return net sales a shoppable post in dollars: exact where those may be shown, else from the published range of the whole sum."""
    if not (posts >= 1 and isfinite(gmv_usd)):
        return None
    if exact:
        return gmv_usd / posts, gmv_usd / posts
    place = max(bisect_right(USD_BOUNDS, gmv_usd), 1)
    high = USD_BOUNDS[place] if place < len(USD_BOUNDS) else nan
    return USD_BOUNDS[place - 1] / posts, high / posts if isfinite(high) else None
