"""Creators with planted traits, and what several sources say of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring import Component, apply, counts, fit, successes, value
from scoring.tables import Floats
from tests.scoring.rows import alone, facts

PRIORS = {
    "normal": lambda chance, size: chance.normal(size=size),
    "heavy-tailed": lambda chance, size: chance.standard_t(3, size) / np.sqrt(3),
    "skewed": lambda chance, size: chance.gamma(1.0, 1.0, size) - 1.0,
    "two-point": lambda chance, size: np.where(chance.random(size) < 0.3, 1.5, -0.65),
}

RATE = Component(
    "rate",
    weight=1.0,
    unit="things a week",
    readings=(
        counts("seen", of="things", per="weeks", anchor=True, noise=0.05),
        value("told", of="figure", scale="log", basis="REPORTED"),
        value("liked", of="liking", basis="REPORTED"),
    ),
)
SHARE = Component(
    "share",
    weight=1.0,
    scale="logit",
    typical=0.5,
    readings=(successes("hits", of="hits", among="trials", anchor=True), value("stars", of="stars", slope=0.5, noise=0.5)),
)


@dataclass(frozen=True)
class Planted:
    """A table of facts and the trait behind it."""

    table: dict[str, Any]
    trait: Floats

    @property
    def places(self) -> Floats:
        """Each creator's percentile among all, ties in the middle."""
        order = np.sort(self.trait)
        below, upto = np.searchsorted(order, self.trait, "left"), np.searchsorted(order, self.trait, "right")
        return 50.0 * (below + upto) / len(order)


def rates(size: int, prior: str = "normal", seed: int = 0) -> Planted:
    """Return creators, each seen by some of three: counts (overdispersed by 0.1), a report (noise 0.5, bias 0.3), a liking (slope 0.4)."""
    chance = np.random.default_rng(seed)
    trait = 0.5 + 0.8 * PRIORS[prior](chance, size)
    weeks = chance.gamma(1.0, 6.0, size) + 0.5
    things = chance.poisson(np.exp(trait) * weeks * chance.gamma(10.0, 0.1, size)).astype(np.float64)
    columns = {
        "weeks": weeks,
        "things": np.where(chance.random(size) < 0.8, things, np.nan),
        "figure": np.where(chance.random(size) < 0.7, np.exp(trait + 0.3 + 0.5 * chance.normal(size=size)), np.nan),
        "liking": np.where(chance.random(size) < 0.9, 2 + 0.4 * trait + 0.6 * chance.normal(size=size), np.nan),
    }
    return Planted(facts(columns, rows=size, formula=alone(RATE)), trait)


def shares(size: int, prior: str = "normal", seed: int = 0) -> Planted:
    """Return creators of whom trials, of some many and of some none, and a rating (slope 0.3, noise 0.4) are known."""
    chance = np.random.default_rng(seed)
    trait = 0.8 + 1.0 * PRIORS[prior](chance, size)
    trials = chance.poisson(5.0 * chance.gamma(0.7, 1.5, size))
    hits = chance.binomial(trials, 1.0 / (1.0 + np.exp(-trait))).astype(np.float64)
    stars = np.where(chance.random(size) < 0.6, 4.0 + 0.3 * trait + 0.4 * chance.normal(size=size), np.nan)
    return Planted(facts({"trials": trials, "hits": hits, "stars": stars}, rows=size, formula=alone(SHARE)), trait)


def coverage(planted: Planted, component: Component) -> tuple[float, float]:
    """Return the shares of creators scored, and of those the share whose true place lies in the interval."""
    formula = alone(component)
    scores = apply(planted.table, fit(planted.table, formula=formula))
    scored = ~np.isnan(scores.value[:, 1])
    inside = (scores.low[:, 1] <= planted.places) & (planted.places <= scores.high[:, 1])
    return float(scored.mean()), float(inside[scored].mean())
