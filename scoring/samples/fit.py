"""What a brand's samples teach: how often content comes, and what is sold of a product once it has come.

The probability of content is a beta posterior of the creator's record with the brand. Sales given content are a level, linear on logs in
the creator's earlier sales of the brand and the product's price, times one of the ratios that came about: no shape is assumed. Where the
level does not do better than the mean on later samples, the mean is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scoring.delivery.prior import beta_prior
from scoring.facts.arrays import Floats
from scoring.samples.blend import Blend, blended
from scoring.samples.history import Samples

FEWEST: Final = 10
"""Samples that are over, a fifth of them with content and sales, below which nothing is said."""


@dataclass(frozen=True, slots=True)
class Level:
    """Expected amount given content: a blend, or None for the mean, and the ratios of what came to it, mean 1."""

    blend: Blend | None
    mean: float
    ratios: Floats

    def of(self, columns: Floats) -> Floats:
        """Return the level of each row."""
        return np.full(len(columns), self.mean) if self.blend is None else self.blend.mean(columns)


@dataclass(frozen=True, slots=True)
class SampleFit:
    """Learnt from `samples` that were over, `share` of which content came for; a creator's record is drawn to it as if by `weight` more."""

    share: float
    weight: float
    samples: int
    price: float
    net: Level
    orders: Level

    @property
    def basis(self) -> str:
        """MODEL, or GROUP_MEAN where nothing better was found."""
        return "GROUP_MEAN" if self.net.blend is None else "MODEL"

    def columns(self, rows: Samples) -> Floats:
        """Return ones and what the log of the level is linear in."""
        price = np.where(rows.price > 0, rows.price, self.price)
        return np.column_stack((np.ones(len(rows)), np.log1p(np.maximum(rows.before, 0.0)), np.log(price)))


def fitted(samples: Samples, *, at: float, blend: bool = True) -> SampleFit | None:
    """Learn from the samples that were over before `at`; None where they were too few. Unless `blend`, the level is the mean."""
    over = samples.at(samples.over < at)
    sold = over.at(over.came & (over.net > 0))
    if len(over) < FEWEST or len(sold) < FEWEST // 5:
        return None
    creators = int(over.creator.max()) + 1
    counts = np.bincount(over.creator, minlength=creators).astype(np.float64)
    kept = np.bincount(over.creator[over.came], minlength=creators).astype(np.float64)
    prior = beta_prior(counts, kept)
    priced = over.price[over.price > 0]
    price = float(np.exp(np.log(priced).mean())) if len(priced) else 1.0
    empty = Level(None, 0.0, np.zeros(0))
    fit = SampleFit(**prior, samples=len(over), price=price, net=empty, orders=empty)
    came = over.at(over.came)
    columns = fit.columns(came)
    return replace(fit, net=_level(columns, came.net, blend=blend), orders=_level(columns, came.orders, blend=blend))


def _level(columns: Floats, amounts: Floats, *, blend: bool) -> Level:
    amounts = np.maximum(amounts, 0.0)
    mean = float(amounts.mean())
    if mean <= 0:
        return Level(None, 0.0, np.ones(1))
    found = blended(columns, amounts, rising=(1,)) if blend else None
    level = Level(found, mean, np.ones(1))
    ratios = amounts / level.of(columns)
    return replace(level, ratios=np.sort(ratios / ratios.mean()))
