"""What others' orders say of products, so that nobody's own luck is taken for the appeal of what they show."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoring.ability.fit import Ability
from scoring.ability.newton import climbed
from scoring.ability.table import Floats, totals


class Others(NamedTuple):
    """One entry a slot: by how much the product's log appeal moves without the slot's creator, how far it then lies beyond what its
    category and price let expect, and its variance."""

    moved: Floats
    beyond: Floats
    variance: Floats


def without_own(fit: Ability) -> Others:
    """Return products' appeal as all orders but those of the slot's creator have it: as many as the fit's answer makes of them.

    A product that nobody else shows has what its category and price let expect. Categories and prices are as the whole fit has them.
    """
    state, design = fit.state, fit.state.design
    slots, width = design.slots, max(design.products, 1)
    prior = fit.variances.prior(design, fit.exposure_variance)
    left = slots.orders - state.factor[design.post] * state.rate
    told = np.maximum(state.factor[design.post] * state.rate * (1 - state.kappa[design.post] * state.rate), 0.0)
    keys, pair = np.unique(slots.creator * width + slots.product, return_inverse=True)
    product = keys % width
    slope, own = totals(pair, left, len(keys)), totals(pair, told, len(keys))
    rest = np.maximum(totals(product, own, width)[product] - own, 0.0)
    apart = prior.apart(fit.effects)[product] if len(keys) else np.zeros(0)
    orders = np.maximum(rest + prior.products * apart - slope, 0.0)
    beyond = _mode(orders, rest * np.exp(-apart), prior.products, apart)
    return Others((beyond - apart)[pair], beyond[pair], (1 / (rest * np.exp(beyond - apart) + prior.products))[pair])


def _mode(orders: Floats, rate: Floats, precision: float, start: Floats) -> Floats:
    """Return the b at which `orders` = `rate` e^b + `precision` b: others' orders, those to expect of them, and the prior."""

    def step(found: Floats) -> Floats:
        grown = rate * np.exp(found)
        return (orders - grown - precision * found) / (grown + precision)

    return climbed(step, start)
