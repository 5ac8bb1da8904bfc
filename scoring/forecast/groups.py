"""Forecasts of sums: what all creators together are expected to sell of a brand or in a category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts import Market
from scoring.facts.arrays import ABSENT, Floats, Ints, divided, sums
from scoring.facts.sold import all_sales
from scoring.forecast.history import DAY, DAYS
from scoring.forecast.rewind import first_event
from scoring.numerics import scipy
from scoring.solved.selling import Selling

special: Any = scipy_special

POWER: Final = 1.2
"""The variance of sales grows as this power of their mean: between Poisson's (1) and gamma's (2)."""
FEWEST: Final = 10
"""Groups of replayed dates, below which no interval of sums is learnt."""
CLOSE: Final = 1e-9
FARTHEST: Final = 9.0
"""An error of three times the sum counts no more than that: one group does not decide for all."""
COVERAGE: Final = 0.8
NORMAL: Final = 1.2815515655446004
"""The quantile of the normal distribution that leaves a tenth to either side."""
WIDEST: Final = 4.0
"""Normal quantile at which an interval ends at the latest, however the sums of replayed dates erred."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What falls on each group of what each creator sells: pairs (creator, group) with the share of the creator's sales."""

    ids: Sequence[str]
    creator: Ints
    group: Ints
    share: Floats

    def expected(self, of_creators: Floats) -> tuple[Floats, Floats]:
        """Return each group's sum of its creators' expectations (NaN is nothing), and of the parts' own variance in units of dispersion."""
        part = np.nan_to_num(of_creators)[self.creator] * self.share
        return sums(self.group, part, len(self.ids)), sums(self.group, part**POWER, len(self.ids))


@dataclass(frozen=True, slots=True)
class Spread:
    """How sums err: the variance is `own` × Σ part ** POWER, as if creators were independent, + `common` × sum ², since they are not.

    `level` is what came over what was expected of all creators together: newcomers sell, too. Intervals reach `tail` deviations to
    either side, so many that they hold 80 % of the sums that taught them.
    """

    level: float
    own: float
    common: float
    tail: float = NORMAL

    def logs(self, expected: Floats, own: Floats) -> tuple[Floats, Floats]:
        """Return mean and deviation of the log of sums, given `Groups.expected`: log-normal, of the mean and variance above."""
        whole = self.level * expected
        variance = self.own * own * self.level**POWER + self.common * whole**2
        log_variance = np.log1p(variance / whole**2)
        return np.log(whole) - log_variance / 2, np.sqrt(log_variance)


@dataclass(frozen=True, slots=True)
class Sums:
    """One row a group, USD; the interval, which always holds what is expected, is NaN where nothing could be learnt."""

    expected: Floats
    low: Floats
    high: Floats


def brands(market: Market, found: Selling) -> Groups:
    """Return how each creator's expected sales fall on brands."""
    brand = market.catalogue.brand_of[found.cells.product]
    return _groups(market.catalogue.brand.tolist(), found, brand, np.arange(len(brand)))


def categories(market: Market, found: Selling) -> Groups:
    """Return how they fall on categories, each of a product's with all above it; everything, too."""
    place, member = market.catalogue.spread(found.cells.product)
    return _groups(market.catalogue.category.tolist(), found, member, place)


def came(market: Market, at: int, kind: str) -> Floats:
    """Return what was sold of each `brand` or in each `category` in the 28 days from `at`, net."""
    product, times, net = all_sales(market, "product", "at", "net")
    within = (times >= at) & (times < at + DAYS * DAY)
    product, net, goods = product[within], net[within], market.catalogue
    if kind == "brand":
        brand = goods.brand_of[product]
        return sums(brand[brand != ABSENT], net[brand != ABSENT], len(goods.brand))
    place, member = goods.spread(product)
    return sums(member, net[place], len(goods.category))


def season(market: Market) -> float:
    """Return the mean squared change of the log of all sales from one 28 days to the next; 0 where fewer than two changes are known."""
    until, span = market.period.until, DAYS * DAY
    at, net = all_sales(market, "at", "net")
    blocks = (until - first_event(market)) // span
    back = (until - 1 - at) // span
    inside = back < blocks
    totals = np.log(np.maximum(sums(back[inside], net[inside], int(blocks)), 1.0))
    return float((np.diff(totals) ** 2).mean()) if blocks > 2 else 0.0


def spread(parts: Sequence[tuple[Groups, Floats, Floats]], *, season: float = 0.0) -> Spread | None:
    """Learn from replayed dates: groups then, what was forecast of creators, and what came of groups; None where they are too few.

    `season` is added to what is common: the level is that of the replayed dates, so they cannot tell how it moves.
    """
    told_of = [(*of.expected(said), then) for of, said, then in parts]
    if not told_of:
        return None
    expected, own, real = (np.concatenate(columns) for columns in zip(*told_of, strict=True))
    told = expected > 0
    if told.sum() < FEWEST or not real[told].sum() > 0:
        return None
    expected, own, real = expected[told], own[told], real[told]
    level = float(real.sum() / expected.sum())
    whole = level * expected
    error = np.minimum(((real - whole) / whole) ** 2, FARTHEST)
    (first, second), _ = scipy.optimize.nnls(np.column_stack([own * level**POWER / whole**2, np.ones(len(whole))]), error)
    learnt = Spread(level, float(first), float(second) + season)
    # what a date's sums have in common is known from few dates: a Student's t with one degree for each, and one for the season
    return replace(learnt, tail=_tail(learnt, expected, own, real, least=float(special.stdtrit(len(parts) + 1, (1 + COVERAGE) / 2))))


def _tail(learnt: Spread, expected: Floats, own: Floats, real: Floats, *, least: float) -> float:
    """Return how many deviations hold 80 % of the sums, at least so many; a sum of nothing lies beyond all."""
    middle, deviation = learnt.logs(expected, own)
    with np.errstate(divide="ignore"):
        far = np.abs(np.log(np.maximum(real, 0.0)) - middle) / np.maximum(deviation, CLOSE)
    return float(np.clip(np.quantile(far, COVERAGE, method="higher"), least, WIDEST))


def summed(groups: Groups, of_creators: Floats, learnt: Spread | None) -> Sums:
    """Forecast each group: log-normal with the mean and variance that `Spread` gives; NaN for a group of which nothing is expected.

    The mean of a very skewed sum lies above the quantile at which the interval ends; the interval then reaches up to the mean.
    """
    expected, own = groups.expected(of_creators)
    whole = np.where(expected > 0, expected * (learnt.level if learnt else 1.0), np.nan)
    if learnt is None:
        nothing = np.full(len(whole), np.nan)
        return Sums(whole, nothing, nothing)
    middle, deviation = learnt.logs(np.where(expected > 0, expected, np.nan), own)
    low, high = (np.exp(middle + side * learnt.tail * deviation) for side in (-1, 1))
    return Sums(whole, np.minimum(low, whole), np.maximum(high, whole))


def _groups(ids: list[str], found: Selling, group: Ints, cell: Ints) -> Groups:
    """Return pairs of creator and group, each once, with the share of the creator's expected sales."""
    weight = np.maximum(found.cells.weight, 0.0)
    whole = sums(found.cells.creator, weight, int(found.cells.creator.max(initial=ABSENT)) + 1)
    kept = group != ABSENT
    group, cell = group[kept], cell[kept]
    keys, place = np.unique(found.cells.creator[cell] * max(len(ids), 1) + group, return_inverse=True)
    creator = keys // max(len(ids), 1)
    part = sums(place, weight[cell], len(keys))
    return Groups(ids, creator, keys % max(len(ids), 1), np.nan_to_num(divided(part, whole[creator])))
