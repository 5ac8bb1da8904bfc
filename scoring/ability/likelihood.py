"""Orders as Poisson counts with a gamma factor shared in a post: value, slope and curvature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from scipy.special import gammaln  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.ability.design import Design
from scoring.ability.prior import Prior
from scoring.ability.table import Floats, totals

LEAST: Final = 1e-9
HIGHEST: Final = 30.0


@dataclass(frozen=True, slots=False)
class State:
    """Rates of slots and posts at one vector of effects; `luck` is the variance of each post's gamma factor."""

    design: Design
    luck: Floats
    log_rate: Floats

    @staticmethod
    def at(design: Design, effects: Floats, luck: Floats) -> State:
        """Return the state at `effects`; log rates are kept within ±30."""
        return State(design, np.maximum(luck, LEAST), np.clip(design.log_rates(effects), -HIGHEST, HIGHEST))

    @cached_property
    def rate(self) -> Floats:
        """Expected orders of each slot where the post's factor is 1."""
        return np.exp(self.log_rate)

    @cached_property
    def post_rate(self) -> Floats:
        """Expected orders of each post where its factor is 1."""
        return self.design.of_posts(self.rate)

    @cached_property
    def factor(self) -> Floats:
        """Expected factor of each post given its orders."""
        return (1 + self.luck * self.design.orders) / (1 + self.luck * self.post_rate)

    @cached_property
    def kappa(self) -> Floats:
        """How much the slots of a post take from each other's information."""
        return self.luck / (1 + self.luck * self.post_rate)

    def value(self) -> float:
        """Return the log likelihood less what does not depend on the effects."""
        spread = (self.design.orders + 1 / self.luck) * np.log1p(self.luck * self.post_rate)
        return float(self.design.slots.orders @ self.log_rate - spread.sum())

    def slope(self) -> Floats:
        """Return the derivative by the effects."""
        design = self.design
        left = design.slots.orders - self.factor[design.post] * self.rate
        products = totals(design.slots.product, left, design.products)
        return design.gather(design.of_posts(left)[:, None], products[:, None])[:, 0]


def evidence(orders: Floats, rate: Floats, luck: Floats) -> float:
    """Return the log likelihood of posts' orders as negative binomials, less what does not depend on the luck."""
    luck = np.maximum(luck, LEAST)
    sold = orders > 0
    count, shape = orders[sold], 1 / luck[sold]
    whole = gammaln(count + shape) - gammaln(shape) + count * np.log(luck[sold])
    return float(whole.sum() - ((orders + 1 / luck) * np.log1p(luck * rate)).sum())


@dataclass(frozen=True, slots=False)
class Curvature:
    """The negative second derivative of the posterior: per post diag(rate) - kappa rate rateᵀ, and the prior's precision."""

    design: Design
    prior: Prior
    rate: Floats
    post_rate: Floats
    kappa: Floats

    @staticmethod
    def of(state: State, prior: Prior, *, observed: bool) -> Curvature:
        """Return the expected curvature, for a step; or the observed one (times the posts' factors), which variances stand on."""
        if not observed:
            return Curvature(state.design, prior, state.rate, state.post_rate, state.kappa)
        factor = state.factor
        return Curvature(state.design, prior, factor[state.design.post] * state.rate, factor * state.post_rate, state.kappa / factor)

    @cached_property
    def matrix(self) -> Any:
        """Rates as a sparse matrix of posts by products."""
        return self.design.matrix(self.rate)

    @cached_property
    def transposed(self) -> Any:
        """Rates as a sparse matrix of products by posts."""
        return self.matrix.T

    @cached_property
    def kept(self) -> Floats:
        """The share of a post's rate that its own luck leaves as information."""
        return 1 - self.kappa * self.post_rate

    @cached_property
    def of_products(self) -> Floats:
        """Rates of products."""
        return totals(self.design.slots.product, self.rate, self.design.products)

    def times(self, effects: Floats) -> Floats:
        """Multiply effects, shape (effects, columns)."""
        design = self.design
        products = effects[design.parts[4]]
        shared = design.shared(effects)
        moved = self.matrix @ products + self.post_rate[:, None] * shared
        back = self.of_products[:, None] * products + self.transposed @ (shared - self.kappa[:, None] * moved)
        return design.gather(self.kept[:, None] * moved, back) + self.prior.times(effects)

    def shared(self) -> Floats:
        """Return what each slot tells of an effect that all slots of its post have."""
        return self.rate * self.kept[self.design.post]

    def diagonal(self) -> Floats:
        """Return the exact diagonal; a product stands once in a post."""
        design, answer = self.design, self.prior.diagonal()
        covariates, _, _, creators, products = design.parts
        told = self.post_rate * self.kept
        answer[covariates] += (design.covariates**2).T @ told
        answer[creators] += design.by_creator @ told
        own = self.rate * (1 - self.kappa[design.post] * self.rate)
        answer[products] += totals(design.slots.product, np.maximum(own, 0), design.products)
        return answer
