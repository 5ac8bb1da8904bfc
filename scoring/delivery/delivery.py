"""Whether content comes for a sample that would be approved now: learnt from samples whose time is over, by what was known then."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.delivery.covariates import COLUMNS, WITH_BRAND, Ground
from scoring.delivery.promises import Promises, promises
from scoring.delivery.quality import Bin, Quality, quality
from scoring.delivery.regression import Regression, fitted
from scoring.facts.arrays import ABSENT, Bools, Floats, Ints
from scoring.facts.market import Market
from scoring.points import NINETY

special: Any = scipy_special
FEWEST: Final = 50
"""Samples to learn from, and of the kept and of the broken a fifth of these."""
BORDERS: Final = (0.4, 0.55, 0.7, 0.85)
"""Shares of the samples, in the order of approval, after which what was learnt until then is measured on the next ones."""
EXPECTED: Final = np.array([float(column.name == "record") for column in COLUMNS])
"""The record's posterior is believed as it stands, and nothing else, until the samples say otherwise."""
STEPS: Final = 4096


@dataclass(frozen=True, slots=True)
class Model:
    """What all creators share: the regression, the group's mean, how many samples taught it, and how it did on those held back.

    `quality` is None where samples were too few to hold any back. Where the regression did not do better than the group's mean,
    the mean is what is said of everybody.
    """

    regression: Regression
    share: float
    samples: int
    quality: Quality | None

    @property
    def basis(self) -> str:
        """MODEL, or GROUP_MEAN where nothing better was found."""
        return "MODEL" if self.quality is not None and self.quality.helps else "GROUP_MEAN"

    def to_json(self) -> str:
        """Return the model as JSON."""
        return json.dumps(asdict(self), default=lambda array: array.tolist())

    @staticmethod
    def from_json(text: str) -> Model:
        """Return the model that `to_json` wrote."""
        found = json.loads(text)
        base, *arrays = (found["regression"][name] for name in ("base", "slope", "centre", "covariance"))
        regression = Regression(float(base), *(np.array(each, dtype=np.float64) for each in arrays))
        told = found["quality"]
        said = None if told is None else Quality(**told | {"curve": tuple(Bin(**each) for each in told["curve"])})
        return Model(regression, found["share"], found["samples"], said)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The model, and what is known of creators now, one row each in the market's order.

    `columns` are for a brand with which the creator had nothing to do; `kept` and `broken` the shapes of the beta posterior of
    the creator's promises, `clear` how many of them it stands on. `tie_*` list what differs for brands that had: creator, brand, column.
    """

    model: Model
    columns: Floats
    kept: Floats
    broken: Floats
    clear: Floats
    tie_creator: Ints
    tie_brand: Ints
    tie_column: Floats


@dataclass(frozen=True, slots=True)
class Answers:
    """Probabilities with 90 % intervals, and terms on the log odds, shape (rows, columns): base + terms are the log odds, exactly."""

    probability: Floats
    low: Floats
    high: Floats
    base: float
    terms: Floats


def delivery(market: Market) -> Delivery | None:
    """Learn from the samples that are over, and say what is known of each creator now; None where fewer than `FEWEST` tell."""
    as_of = market.period.as_of
    made = promises(market.deals, as_of=as_of)
    over = made.where(~np.isnan(made.over))
    if not _enough(over.kept):
        return None
    ground = Ground.of(market, made)
    model = Model(
        regression=fitted(_then(ground, over), over.kept, toward=EXPECTED),
        share=float(over.kept.mean()),
        samples=len(over.kept),
        quality=_held_back(ground, made, over),
    )
    return _now(market, ground, made, model)


def answers(model: Model, columns: Floats, kept: Floats, broken: Floats) -> Answers:
    """Return what is said of rows with these columns, of creators whose share of promises kept has that beta posterior.

    The interval holds what the regression could not learn, and what few promises cannot tell of a creator.
    """
    if model.basis == "GROUP_MEAN":
        return _group_mean(model, len(columns))
    regression = model.regression
    base, terms = _cut(np.array(regression.base)), _cut(regression.terms(columns))
    odds = base + terms.sum(axis=1)
    own = special.polygamma(1, kept) + special.polygamma(1, broken)
    reach = NINETY * np.sqrt(regression.variance(columns) + own)
    low, middle, high = (np.asarray(special.expit(each)) for each in (odds - reach, odds, odds + reach))
    return Answers(middle, low, high, float(base), terms)


def _cut(values: Floats) -> Floats:
    """Return whole 4096ths, whose sums are exact in any order."""
    return np.round(values * STEPS) / STEPS


def _group_mean(model: Model, rows: int) -> Answers:
    """Say the same of everybody; the interval is that of the mean, by Jeffreys' prior."""
    came = model.share * model.samples
    low, high = (float(special.betaincinv(came + 0.5, model.samples - came + 0.5, at)) for at in (0.05, 0.95))
    say = (np.full(rows, each) for each in (model.share, low, high))
    return Answers(*say, base=float(_cut(np.array(special.logit(model.share)))), terms=np.zeros((rows, len(COLUMNS))))


def _enough(kept: Bools) -> bool:
    return len(kept) >= FEWEST and min(int(kept.sum()), int((~kept).sum())) >= FEWEST // 5


def _then(ground: Ground, made: Promises) -> Floats:
    """Return what was known of each sample's creator when it was approved."""
    return ground.columns(made.creator, made.brand, made.start)


def _held_back(ground: Ground, made: Promises, over: Promises) -> Quality | None:
    """Say what would have been said at earlier dates of the samples approved next, by samples that were over by then."""
    borders = np.quantile(over.start, BORDERS)
    blocks = [_block(ground.as_of(made, since), over, since, until) for since, until in pairwise((*borders, np.inf))]
    known = [block for block in blocks if block is not None]
    if sum(len(block.came) for block in known) < FEWEST:
        return None
    return quality(*(np.concatenate([getattr(block, name) for block in known]) for name in ("said", "came", "share")))


@dataclass(frozen=True, slots=True)
class _Block:
    """Samples approved in a span: what was said of each at its beginning, whether content came, and the group's mean then."""

    said: Floats
    came: Bools
    share: Floats


def _block(ground: Ground, over: Promises, since: float, until: float) -> _Block | None:
    first, next_ = over.where(over.over < since), over.where((over.start >= since) & (over.start < until))
    if not _enough(first.kept) or not len(next_.kept):
        return None
    odds = fitted(_then(ground, first), first.kept, toward=EXPECTED).log_odds(_then(ground, next_))
    return _Block(np.asarray(special.expit(odds)), next_.kept, np.full(len(odds), first.kept.mean()))


def _now(market: Market, ground: Ground, made: Promises, model: Model) -> Delivery:
    people = np.arange(len(market.creators.id), dtype=np.int64)
    nobody, now = np.full(len(people), ABSENT, dtype=np.int64), np.full(len(people), market.period.as_of + 1.0)
    columns = ground.columns(people, nobody, now)
    kept, broken = ground.record.beta(people, now)
    tied = np.unique(np.column_stack((made.creator, made.brand))[(made.brand != ABSENT) & ~np.isnan(made.clear)], axis=0)
    with_brand = ground.columns(tied[:, 0], tied[:, 1], np.full(len(tied), market.period.as_of + 1.0))[:, WITH_BRAND]
    return Delivery(model, columns, kept, broken, ground.record.counts(people, now)[0], tied[:, 0], tied[:, 1], with_brand)
