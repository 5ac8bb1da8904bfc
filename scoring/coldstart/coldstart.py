"""Net sales to be expected in 28 days of creators through whom nothing was sold, learnt from newcomers whose sales are held back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from scoring.coldstart.covariates import WINDOW, covariates, ever_sold, sold
from scoring.coldstart.ridge import fitted
from scoring.facts.arrays import Bools, Floats, Ints, sums
from scoring.facts.market import Market
from scoring.facts.period import DAY

NEXT: Final = 28
FEWEST: Final = 60
"""Newcomers to learn from."""
FOLDS: Final = 10
ENOUGH: Final = 0.15
"""By how much the error has to be less than the group's mean's, or the mean is served."""
PSEUDO: Final = 3.0
"""A region's mean is drawn to that of all as if by so many more newcomers."""
QUANTILES: Final = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Gain:
    """Root mean squared errors of log(1 + USD) on newcomers, each foretold by what the others taught.

    `ratio` is what those who had sold nothing by an earlier date sold in the 28 days after, as a part of what was expected of them.
    """

    newcomers: int
    error: float
    mean_error: float
    ratio: float

    def to_json(self) -> str:
        """Return the figures as JSON."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Gain:
        """Return the figures that `to_json` wrote."""
        return Gain(**json.loads(text))

    @property
    def share(self) -> float:
        """How much less the error is than the group's mean's."""
        return 1 - self.error / self.mean_error if self.mean_error > 0 else 0.0

    @property
    def basis(self) -> str:
        """What is served."""
        return "GRAPH_AND_PROFILE" if self.share >= ENOUGH else "GROUP_MEAN"


@dataclass(frozen=True, slots=True)
class Expectation:
    """USD in 28 days, one entry a creator, with an interval that held four in five of the newcomers; NaN for who has sold."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class ColdStart:
    """What is expected, and how it did."""

    gain: Gain
    expected: Expectation


@dataclass(frozen=True, slots=True)
class _Newcomers:
    """Who had sold nothing before the window: covariates, region by its number of `regions`, and log(1 + USD in 28 days of the window)."""

    columns: Floats
    region: Ints
    log_sales: Floats
    regions: int

    def where(self, chosen: Bools) -> _Newcomers:
        """Return the chosen ones."""
        return _Newcomers(self.columns[chosen], self.region[chosen], self.log_sales[chosen], self.regions)


def cold_start(market: Market) -> ColdStart | None:
    """Learn from those who began to sell within the window or could have; None where they are fewer than `FEWEST`, or sold nothing."""
    until = market.period.until
    region = market.creators.region_codes
    columns = covariates(market, until)
    since = until - WINDOW * DAY
    new = ~ever_sold(market, since) & _active(columns)
    net = np.maximum(sold(market, since, until), 0.0) * NEXT / WINDOW
    taught = _Newcomers(columns, region, np.log1p(net), int(region.max(initial=0)) + 1).where(new)
    if int(new.sum()) < FEWEST or not net[new].any():
        return None
    foretold, mean = _held_back(taught)
    gain = _gain(market, taught, foretold, mean, region)
    line = _foretold(taught, columns, region) if gain.basis == "GRAPH_AND_PROFILE" else _means(taught)[region]
    errors = taught.log_sales - (foretold if gain.basis == "GRAPH_AND_PROFILE" else mean)
    return ColdStart(gain, _expected(np.where(ever_sold(market, until), np.nan, line), errors, gain.ratio))


def _active(columns: Floats) -> Bools:
    """Return of whom a post, a plan or a report is known: of others nothing tells that they sell at all."""
    return np.asarray((np.nan_to_num(columns[:, :4]) > 0).any(axis=1), dtype=np.bool_)


def _held_back(taught: _Newcomers) -> tuple[Floats, Floats]:
    """Return what is foretold of each newcomer by the model, and by the mean of their region, from the newcomers of other folds."""
    model, mean = np.empty(len(taught.log_sales)), np.empty(len(taught.log_sales))
    fold = _folds(taught)
    for number in range(FOLDS):
        out, others = fold == number, fold != number
        if out.any():
            model[out] = _foretold(taught.where(others), taught.columns[out], taught.region[out])
            mean[out] = _means(taught.where(others))[taught.region[out]]
    return model, mean


def _folds(taught: _Newcomers) -> Ints:
    """Deal newcomers out in turn, within each region: creators come in the order of their ids."""
    order = np.argsort(taught.region, kind="stable")
    fold = np.empty(len(order), dtype=np.int64)
    fold[order] = np.arange(len(order)) % FOLDS
    return fold


def _means(taught: _Newcomers) -> Floats:
    """Return each region's mean; that of all where a region has none."""
    whole = float(taught.log_sales.mean())
    total, count = (sums(taught.region, each, taught.regions) for each in (taught.log_sales, None))
    return (total + PSEUDO * whole) / (count + PSEUDO)


def _foretold(taught: _Newcomers, columns: Floats, region: Ints) -> Floats:
    """Return what a regression on the covariates adds to the region's mean, never below nothing sold."""
    means = _means(taught)
    line = fitted(taught.columns, taught.log_sales - means[taught.region])
    return np.maximum(means[region] + line.at(columns), 0.0)


def _gain(market: Market, taught: _Newcomers, foretold: Floats, mean: Floats, region: Ints) -> Gain:
    errors = [float(np.sqrt(np.mean((taught.log_sales - said) ** 2))) for said in (foretold, mean)]
    then = market.period.until - NEXT * DAY
    columns = covariates(market, then)
    cold = ~ever_sold(market, then) & _active(columns)
    said = _foretold(taught, columns[cold], region[cold])
    came = np.log1p(np.maximum(sold(market, then, market.period.until), 0.0)[cold])
    ratio = min((float(came.sum()) + PSEUDO) / (float(said.sum()) + PSEUDO), 1.0)
    return Gain(len(taught.log_sales), errors[0], errors[1], ratio)


def _expected(line: Floats, errors: Floats, ratio: float) -> Expectation:
    """Return what is served of lines on the log scale; an interval is as wide as what was held back was off."""
    low, high = np.quantile(errors, QUANTILES)
    levels = (line * ratio, np.maximum(line + min(low, 0.0), 0.0) * ratio, line + max(high, 0.0))
    return Expectation(*(np.expm1(level) for level in levels))
