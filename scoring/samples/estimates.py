"""What may come of applications, by what was known when each came: content, orders, net sales, profit, each with its spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Floats
from scoring.samples.fit import Level, SampleFit
from scoring.samples.history import Samples

special: Any = scipy_special
COVERAGE: Final = 0.8
TAIL: Final = 0.05
"""On either side of the 90 % interval of a probability."""
PROFITS: Final = 1_000_000
"""Profits that are held in memory together."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a sale leaves and a sample costs: shares of the price, and US dollars of shipping.

    `margin` is what is left of net sales after the cost of goods, before the creator's commission; `cost_share` is what a product costs
    the brand, of its price.
    """

    margin: float
    cost_share: float
    shipping: float


@dataclass(frozen=True, slots=True)
class Expectations:
    """One entry an application: probability of content in time with a 90 % interval, orders and net US dollars with 80 % intervals."""

    probability: Floats
    low: Floats
    high: Floats
    net: Floats
    net_low: Floats
    net_high: Floats
    orders: Floats
    orders_low: Floats
    orders_high: Floats


@dataclass(frozen=True, slots=True)
class Estimates:
    """Expectations with cost, expected profit and the probability that it is below 0; cost and profit are NaN without a price."""

    expected: Expectations
    cost: Floats
    profit: Floats
    loss_chance: Floats


def expectations(fit: SampleFit, samples: Samples, rows: Samples, *, probability: Floats | None = None) -> Expectations:
    """Return what to expect of `rows`, by the creators' records among `samples` before each applied.

    A `probability` that is known better takes the place of the record's where it is not NaN; the interval is the record's then, stretched
    to hold it.
    """
    clear, kept = samples.record(rows.creator, rows.applied)
    more, less = kept + fit.weight * fit.share, clear - kept + fit.weight * (1 - fit.share)
    chance = more / (more + less)
    if probability is not None:
        chance = np.where(np.isnan(probability), chance, probability)
    low, high = (np.asarray(special.betaincinv(more, less, tail)) for tail in (TAIL, 1 - TAIL))
    columns = fit.columns(rows)
    net, net_low, net_high = _spread(fit.net, columns, chance)
    orders, orders_low, orders_high = _spread(fit.orders, columns, chance)
    return Expectations(chance, np.minimum(low, chance), np.maximum(high, chance), net, net_low, net_high, orders, orders_low, orders_high)


def estimates(fit: SampleFit, samples: Samples, rows: Samples, terms: Terms, *, probability: Floats | None = None) -> Estimates:
    """Return expectations with what they leave under `terms`; `probability` is as for `expectations`."""
    expected = expectations(fit, samples, rows, probability=probability)
    cost = costs(rows, terms)
    left = terms.margin - rows.commission
    level = fit.net.of(fit.columns(rows))
    loss = (1 - expected.probability) * (cost > 0) + expected.probability * _loss_with_content(level, left, cost, fit.net.ratios)
    return Estimates(expected, cost, expected.net * left - cost, np.where(np.isnan(cost), np.nan, loss))


def _loss_with_content(level: Floats, left: Floats, cost: Floats, ratios: Floats) -> Floats:
    """Return by how many of the ratios that came about each row's profit is below 0, some rows at a time to bound what memory it takes."""
    parts = len(level) * len(ratios) // PROFITS + 1
    blocks = zip(*(np.array_split(column[:, None], parts) for column in (level, left, cost)), strict=True)
    return np.concatenate([(own * ratios * kept - spent < 0).mean(axis=1) for own, kept, spent in blocks])


def costs(rows: Samples, terms: Terms) -> Floats:
    """Return what a sample costs the brand, US dollars; NaN where the price is unknown."""
    return rows.price * terms.cost_share + terms.shipping


def _spread(level: Level, columns: Floats, chance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return mean and 80 % interval of a level that comes with a chance, times the ratios.

    Where nothing at all is likelier than a tail, the interval begins at 0 and the other tail holds all that is left out.
    """
    amount, tail = level.of(columns), (1 - COVERAGE) / 2
    low_at = np.where(1 - chance >= tail, 0.0, tail)
    return chance * amount, amount * _quantile(level, chance, low_at), amount * _quantile(level, chance, low_at + COVERAGE)


def _quantile(level: Level, chance: Floats, at: Floats) -> Floats:
    """Return the ratio at a quantile, of which 0 has the weight that content does not come."""
    ratios = np.concatenate(([0.0], level.ratios))
    within = np.where(chance > 0, (at - (1 - chance)) / np.where(chance > 0, chance, 1.0), 0.0)
    place = np.ceil(np.clip(within, 0.0, 1.0) * len(level.ratios) - 1e-9).astype(np.int64)
    return ratios[place]
