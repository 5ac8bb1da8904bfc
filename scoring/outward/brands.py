"""What a brand is told that it will sell: by its own sales alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts import Market
from scoring.facts.arrays import ABSENT, divided, sums
from scoring.facts.sold import all_sales
from scoring.forecast import Sums
from scoring.forecast.history import DAY, DAYS, LONG, RECENT
from scoring.forecast.refunds import factors
from scoring.tables import Floats, Ints

LINES: Final = 10.0
"""Of the variance of the log of what comes over what was expected: over the effective number of sales."""
CREATORS: Final = 1.2
"""The same over the effective number of creators. Both learnt by `python -m validation.brand_forecasts --learn --seeds 11 12 13 14 15 16`,
and judged on other markets: `docs/predictions.md`."""
WIDEST: Final = 1.5
"""The largest such variance that taught anything: that of ten equal sales."""
TAIL: Final = 1.35
"""Deviations to either side that hold 80 %."""


@dataclass(frozen=True, slots=True)
class Own:
    """Sales of brands, a row each: age in days, and net USD as it will stand once refunds are in, by what each brand's own lines tell."""

    brand: Ints
    creator: Ints
    age: Floats
    net: Floats

    @classmethod
    def of(cls, market: Market) -> Own:
        """Return those of products that have a brand."""
        creator, product, at, net, gross, order = all_sales(market, "creator", "product", "at", "net", "gross", "order")
        brand, age = market.catalogue.brand_of[product], np.maximum((market.period.until - at) / DAY, 0.0)
        own = brand != ABSENT
        grown = factors(brand[own], age[own], gross[own], net[own], lines=order[own] >= ABSENT)
        return cls(brand[own], creator[own], age[own], net[own] * grown)

    def effective(self, units: Ints, brands: int) -> Floats:
        """Return by brand how many of some units its sales stand for, weighed by exp(-age / 120 days): (Σ w)² / Σ w²."""
        weight = np.maximum(self.net, 0.0) * np.exp(-self.age / LONG)
        width = int(units.max(initial=0)) + 1
        keys, place = np.unique(self.brand * width + units, return_inverse=True)
        of_unit = sums(place, weight, len(keys))
        return np.maximum(np.nan_to_num(divided(sums(keys // width, of_unit, brands) ** 2, sums(keys // width, of_unit**2, brands))), 1.0)


def brand_forecast(market: Market) -> Sums:
    """Return the net GMV of the next 28 days of each brand, by its own sales alone; NaN for one that sold nothing.

    Log-normal: the median is the geometric mean of its past sales, weighed by exp(-age / 28 days) and by exp(-age / 120 days); the variance
    is 10 / n + 1.2 / m for the effective numbers n of its sales and m of its creators, and at most 1.5.
    """
    own, brands = Own.of(market), len(market.catalogue.brand)
    span = np.zeros(brands)
    np.maximum.at(span, own.brand, own.age)
    recent, long = (
        divided(sums(own.brand, own.net * np.exp(-own.age / days), brands) * DAYS, days * -np.expm1(-span / days))
        for days in (RECENT, LONG)
    )
    median = np.where(span > 0, np.sqrt(np.maximum(recent, 0.0) * np.maximum(long, 0.0)), np.nan)
    sales, creators = own.effective(np.arange(len(own.brand)), brands), own.effective(own.creator, brands)
    variance = np.minimum(LINES / sales + CREATORS / creators, WIDEST)
    reach = np.exp(TAIL * np.sqrt(variance))
    return Sums(median * np.exp(variance / 2), median / reach, median * reach)
