"""What a part of a creator's slots says of ability: of one category, or of one window."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.ability.fit import Ability
from scoring.ability.table import Floats, Ints, totals

PASSES: Final = 50
LONGEST: Final = 2.0
CLOSE: Final = 1e-10
SAID: Final = 1e-9


def said_by_group(fit: Ability, place: Ints, group: Ints, creator: Ints) -> tuple[Floats, Floats]:
    """Return what the orders of each group of slots say of its creator's log ability, and with which variance.

    Slot `place[k]` counts in group `group[k]`; `creator[g]` is whose group g is. Products and covariates are as the whole fit has them;
    the doubt about products is in the variance, which is infinite where a group says nothing.
    """
    design, state = fit.state.design, fit.state
    shared = fit.exposure_variance[creator]
    prior = 1 / (fit.variances.creators + shared)
    slots, count = design.slots, len(creator)
    base = state.rate[place] * np.exp(-fit.effects[design.parts[3]][slots.creator[place]])
    keys, part = np.unique(group * max(len(design.starts), 1) + design.post[place], return_inverse=True)
    owner, post = np.divmod(keys, max(len(design.starts), 1))
    rate, orders = totals(part, base, len(keys)), totals(part, slots.orders[place], len(keys))
    luck = state.luck[post]
    effect = _mode(owner, rate, orders, luck, prior)
    met = rate * np.exp(effect)[owner]
    factor, kept = (1 + luck * orders) / (1 + luck * met), 1 / (1 + luck * met)
    told = totals(owner, factor * met * kept, count)
    told = told - _of_products(fit, place, group, (base * np.exp(effect)[group]) * (factor * kept)[part], count)
    heard = told > SAID
    precision = np.where(heard, told, 1.0)
    return np.where(heard, effect * (precision + prior) / precision, 0.0), np.where(heard, 1 / precision + shared, np.inf)


def _mode(owner: Ints, rate: Floats, orders: Floats, luck: Floats, prior: Floats) -> Floats:
    effect = np.zeros(len(prior))
    for _ in range(PASSES):
        met = rate * np.exp(effect)[owner]
        spread = 1 + luck * met
        slope = totals(owner, orders - (1 + luck * orders) / spread * met, len(prior)) - prior * effect
        curvature = totals(owner, (1 + luck * orders) * met / spread**2, len(prior)) + prior
        step = np.clip(slope / curvature, -LONGEST, LONGEST)
        effect = effect + step
        if float(np.abs(step).max(initial=0.0)) < CLOSE:
            break
    return effect


def _of_products(fit: Ability, place: Ints, group: Ints, told: Floats, count: int) -> Floats:
    """Return what of a group's information is doubt about its products."""
    width = max(len(fit.appeal), 1)
    keys, pair = np.unique(group * width + fit.state.design.slots.product[place], return_inverse=True)
    cross = totals(pair, told, len(keys)) ** 2
    owner, product = np.divmod(keys, width)
    # the creator's own orders made part of what is known of a product: no more can be doubt than was said
    return totals(owner, np.minimum(cross * fit.appeal_variance[product], np.sqrt(cross)), count)
