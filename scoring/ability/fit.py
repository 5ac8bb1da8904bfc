"""The two-way model: who sells beyond what the views and the products bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.ability.connections import Connections, connections
from scoring.ability.design import COVARIATES, Design
from scoring.ability.intervals import posterior_draws, variances_of_effects
from scoring.ability.likelihood import State
from scoring.ability.solver import Posterior, newton
from scoring.ability.table import Counts, Floats, Ints, Slots, totals
from scoring.ability.variances import FIRST_GUESS, Variances, updated
from scoring.points import NINETY

ROUNDS: Final = 12
DRAWS: Final = 3
CHANGE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Ability:
    """What was learnt; effects are logs.

    `ability` and `variance` are the creators' posterior under N(0, `variances.creators`). `appeal` is the products', with category and
    price in it, 0 the mean of the products shown; `category` the categories' on the same scale, with variance too. `covariates` are
    slopes, by name.
    """

    ability: Floats
    variance: Floats
    appeal: Floats
    appeal_variance: Floats
    category: Floats
    category_variance: Floats
    covariates: dict[str, float]
    variances: Variances
    connections: Connections
    exposure_variance: Floats
    effects: Floats
    state: State

    def probability_above(self, first: Ints, second: Ints) -> Floats:
        """Return the probability that each first creator's ability is above the second's."""
        spread = np.sqrt(self.variance[first] + self.variance[second])
        return ndtr((self.ability[first] - self.ability[second]) / spread)

    def interval(self, z: float = NINETY) -> tuple[Floats, Floats]:
        """Return low and high of ability, 90 % unless another normal quantile is given."""
        half = z * np.sqrt(self.variance)
        return self.ability - half, self.ability + half


def ability(slots: Slots, counts: Counts, *, exposure_variance: Floats | None = None, start: Ability | None = None) -> Ability:
    """Fit the model; `start` is an earlier answer for the same creators, products and categories.

    `exposure_variance` is what is uncertain about the views of all of a creator's slots together (variance of the log); none if not given.
    """
    design = Design(slots, counts)
    shared = np.zeros(counts.creators) if exposure_variance is None else np.asarray(exposure_variance, dtype=np.float64)
    effects, variances = _begin(design, start)
    for turn in range(ROUNDS):
        prior = variances.prior(design, shared)
        effects, state = newton(Posterior(design, variances.of_posts(design), prior), effects, steps=4 if turn else 12, accuracy=0.02)
        deviations = posterior_draws(state, prior, draws=DRAWS, tolerance=0.1)
        before, variances = variances, updated(variances, state, effects, deviations, prior)
        if variances.change(before) < CHANGE:
            break
    prior = variances.prior(design, shared)
    effects, state = newton(Posterior(design, variances.of_posts(design), prior), effects, steps=12, accuracy=1e-4)
    return _answer(state, effects, variances, shared, variances_of_effects(state, prior))


def _begin(design: Design, start: Ability | None) -> tuple[Floats, Variances]:
    """Return an earlier answer, or categories' raw rates with one order of the common rate added to each."""
    if start is not None and len(start.effects) == design.size:
        return start.effects, start.variances
    slots, effects = design.slots, np.zeros(design.size)
    expected = totals(slots.category, np.exp(design.offset), design.categories)
    orders = totals(slots.category, slots.orders, design.categories)
    level = np.log((orders + 1) / (expected + 1))
    effects[design.parts[2]] = level
    effects[design.parts[4]] = level[design.category] * design.shown if design.categories else 0.0
    return effects, FIRST_GUESS


def _answer(state: State, effects: Floats, variances: Variances, shared: Floats, total: Floats) -> Ability:
    """Part each creator's effect into ability and the error of views."""
    design = state.design
    covariates, price, categories, creators, products = design.parts
    prior = variances.creators + shared
    share = variances.creators / prior
    sum_, own = effects[creators], np.minimum(total[creators], prior)
    centre = float(effects[products] @ design.shown) / max(float(design.shown.sum()), 1.0)
    slopes = [*effects[covariates].tolist(), *effects[price].tolist()]
    return Ability(
        ability=share * sum_,
        variance=variances.creators * (1 - share) + share**2 * own,
        appeal=np.where(design.shown > 0, effects[products] - centre, 0.0),
        appeal_variance=total[products],
        category=effects[categories] - centre,
        category_variance=total[categories],
        covariates=dict(zip((*COVARIATES, "log_price"), slopes, strict=True)),
        variances=variances,
        connections=connections(design.slots, creators=design.creators, products=design.products),
        exposure_variance=shared,
        effects=effects,
        state=state,
    )
