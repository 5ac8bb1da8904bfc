"""What a part of a creator's slots says of ability: of one category, or of one window."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from scoring.ability.fit import Ability
from scoring.ability.newton import climbed
from scoring.ability.others import without_own
from scoring.ability.table import Floats, Ints, totals

SAID: Final = 1e-9


class Posts(NamedTuple):
    """Posts (or cells) of groups: `owner` is the group, `rate` the orders to expect of average ability, `weight` what counts of each."""

    owner: Ints
    rate: Floats
    orders: Floats
    luck: Floats
    weight: Floats

    def information(self, effect: Floats) -> Floats:
        """Return what each post tells of log ability, given each group's effect."""
        spread = 1 + self.luck * self.rate * np.exp(effect)[self.owner]
        return (1 + self.luck * self.orders) * self.rate * np.exp(effect)[self.owner] / spread**2

    def mode(self, prior: Floats) -> Floats:
        """Return the effect of each group that is likeliest, given the prior's precision."""

        def step(effect: Floats) -> Floats:
            met = self.rate * np.exp(effect)[self.owner]
            left = self.orders - (1 + self.luck * self.orders) / (1 + self.luck * met) * met
            slope = totals(self.owner, self.weight * left, len(prior)) - prior * effect
            curvature = totals(self.owner, self.weight * self.information(effect), len(prior)) + prior
            return slope / curvature

        return climbed(step, np.zeros(len(prior)))


def said_by_group(fit: Ability, place: Ints, group: Ints, creator: Ints) -> tuple[Floats, Floats]:
    """Return what the orders of each group of slots say of its creator's log ability, and with which variance.

    Slot `place[k]` counts in group `group[k]`; `creator[g]` is whose group g is. Covariates are as the whole fit has them, products as
    others' orders have them: what a creator sold is no witness of its own appeal. A product counts the less the less others tell of it.
    The variance is infinite where a group says nothing.
    """
    design, state = fit.state.design, fit.state
    shared = fit.exposure_variance[creator]
    prior = 1 / (fit.variances.creators + shared)
    slots, count = design.slots, len(creator)
    others = without_own(fit)
    base = (state.rate * np.exp(others.moved - fit.effects[design.parts[3]][slots.creator]))[place]
    keys, part = np.unique(group * max(len(design.starts), 1) + design.post[place], return_inverse=True)
    owner, post = np.divmod(keys, max(len(design.starts), 1))
    rate, orders = totals(part, base, len(keys)), totals(part, slots.orders[place], len(keys))
    posts = Posts(owner, rate, orders, state.luck[post], np.ones(len(keys)))
    told = (posts.information(posts.mode(prior)) / np.maximum(rate, 1e-300))[part] * base
    counted = _counted(slots.product[place], group, told, others.variance[place])
    posts = posts._replace(weight=totals(part, base * counted, len(keys)) / np.maximum(rate, 1e-300))
    effect = posts.mode(prior)
    information = totals(owner, posts.weight * posts.information(effect), count)
    heard = information > SAID
    precision = np.where(heard, information, 1.0)
    return np.where(heard, effect * (precision + prior) / precision, 0.0), np.where(heard, 1 / precision + shared, np.inf)


def _counted(product: Ints, group: Ints, told: Floats, variance: Floats) -> Floats:
    """Return what counts of each slot: a group's orders of a product that tell h of the sum of ability and an appeal known with
    variance v tell h / (1 + h v) of ability."""
    width = int(product.max(initial=0)) + 1
    keys, pair = np.unique(group * width + product, return_inverse=True)
    return 1 / (1 + totals(pair, told, len(keys))[pair] * variance)
