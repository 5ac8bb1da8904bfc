"""How far creators, products and posts differ, learnt from how far they differ once chance is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.design import Design
from scoring.ability.likelihood import State, evidence
from scoring.ability.prior import Prior
from scoring.ability.table import Floats
from scoring.numerics import scipy

SMALLEST: Final = 1e-3
LARGEST: Final = 25.0
LONGEST: Final = 10.0


@dataclass(frozen=True, slots=True)
class Variances:
    """Variance of log ability, of log appeal within category and price, and of the gamma factor of one post."""

    creators: float
    products: float
    luck: float

    def of_posts(self, design: Design) -> Floats:
        """Return the variance of each post's factor: luck averaged over the posts of a row, and the exposure's own uncertainty."""
        slots = design.slots
        return relative_variance(self.luck, slots.posts[design.starts], slots.own_variance[design.starts])

    def prior(self, design: Design, exposure_variance: Floats) -> Prior:
        """Return the prior; what is uncertain about all of a creator's views cannot be told from ability, and widens it."""
        return Prior(design, 1 / (self.creators + exposure_variance), 1 / self.products)

    def change(self, other: Variances) -> float:
        """Return the largest relative change of a variance; below the smallest that is told from none, there is no change."""
        pairs = ((self.creators, other.creators), (self.products, other.products), (self.luck, other.luck))
        return max(abs(now - then) / max(then, 10 * SMALLEST) for now, then in pairs)


FIRST_GUESS: Final = Variances(creators=0.25, products=0.5, luck=0.5)


def relative_variance(luck: float, posts: Floats, own_variance: Floats) -> Floats:
    """Return luck / posts + exp(own variance) - 1, the relative variance of a row's rate."""
    return luck / np.maximum(posts, 1.0) + np.expm1(np.minimum(own_variance, 3.0))


def updated(before: Variances, state: State, effects: Floats, deviations: Floats, prior: Prior) -> Variances:
    """Return the variances that make the marginal likelihood stationary, given the posterior's mode and draws around it."""
    design = state.design
    part, seen = design.parts[3], np.diff(design.by_creator.indptr) > 0
    creators = _spread(before.creators, effects[part][seen], deviations[part][seen], 1 / prior.creators[seen] - before.creators)
    apart = np.column_stack([prior.apart(column) for column in (effects, *deviations.T)])[design.shown > 0]
    products = _spread(before.products, apart[:, 0], apart[:, 1:], np.zeros(len(apart)))
    return Variances(creators, products, _luck(state, deviations))


def _spread(before: float, effects: Floats, deviations: Floats, shared: Floats) -> float:
    """Return σ² with Σ effect²/τ⁴ = Σ (τ² - v)/τ⁴, where τ² = σ² + shared and v is the posterior variance that the draws show."""
    prior = before + shared
    explained = ((prior - (deviations**2).mean(axis=1)) / prior**2).sum()
    ratio = (effects**2 / prior**2).sum() / max(float(explained), 1e-12)
    return float(np.clip(before * np.clip(ratio, 1 / LONGEST, LONGEST), SMALLEST, LARGEST)) if len(effects) else before


def _luck(state: State, deviations: Floats) -> float:
    """Maximise the negative binomial likelihood of the posts less half the curvature that the draws meet (Laplace's correction)."""
    design = state.design
    slots, rates = design.slots, design.matrix(state.rate)
    posts, own = slots.posts[design.starts], slots.own_variance[design.starts]
    shared, products = design.shared(deviations), deviations[design.parts[4]]
    sums = rates @ products + state.post_rate[:, None] * shared
    squares = rates @ products**2 + 2 * shared * (sums - state.post_rate[:, None] * shared) + state.post_rate[:, None] * shared**2
    square, crossed = squares.mean(axis=1), (sums**2).mean(axis=1)

    def loss(log_luck: float) -> float:
        luck = np.maximum(relative_variance(float(np.exp(log_luck)), posts, own), SMALLEST**3)
        spread = 1 + luck * state.post_rate
        curvature = ((1 + luck * design.orders) / spread) @ (square - luck / spread * crossed)
        return 0.5 * float(curvature) - evidence(design.orders, state.post_rate, luck)

    found = scipy.optimize.minimize_scalar(loss, bounds=(np.log(SMALLEST), np.log(LARGEST)), method="bounded", options={"xatol": 5e-3})
    return float(np.exp(found.x))
