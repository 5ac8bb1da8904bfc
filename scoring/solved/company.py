"""What a creator's choice of products lets expect of ability.

Good sellers often get, or choose, products that sell well, and then the company that a creator keeps tells of ability before many
orders do. How far is learnt in each market: the orders beyond views and products are regressed on the mean appeal of what is shown, as
others' orders have it, and the slope is drawn to 0 as far as chance could have made it. Where creators do not sort so, nothing is said;
where they do, it is what who has few orders is drawn to, and each order weighs against it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.ability import Ability
from scoring.ability.groups import said_by_group
from scoring.ability.others import without_own
from scoring.ability.table import totals
from scoring.facts.arrays import Bools, Floats, Ints

LEAST: Final = 0.05
"""Part of the variance of ability that no company explains."""


def mean_appeal(fit: Ability, place: Ints, group: Ints, count: int) -> Floats:
    """Return the mean log appeal beyond category and price of what each group of slots shows, a post counting one; NaN of none."""
    slots = fit.state.design.slots
    posts = totals(group, slots.posts[place], count)
    sums = totals(group, slots.posts[place] * without_own(fit).beyond[place], count)
    return np.divide(sums, posts, out=np.full(count, np.nan), where=posts > 0)


def expected_of_company(appeal: Floats, said: Floats, variance: Floats, ability: float, among: Bools) -> tuple[Floats, Floats]:
    """Return what each mean appeal lets expect of log ability and its variance, as an observation beside the prior N(0, `ability`).

    Learnt from the rows `among`, of which `said` and `variance` are what orders say; NaN where company tells nothing.
    """
    used = among & np.isfinite(appeal) & np.isfinite(variance)
    nothing = np.full(len(appeal), np.nan)
    if not used.any():
        return nothing, nothing
    weight = 1 / (variance[used] + ability)
    centre = float(np.average(appeal[used], weights=weight))
    apart = appeal[used] - centre
    square = float(weight @ apart**2)
    slope = _less_chance(float(weight @ (apart * said[used])) / square, square) if square > 0 else 0.0
    left = max(ability - slope**2 * square / float(weight.sum()), LEAST * ability)
    told = 1 / left - 1 / ability
    if not told > 0:
        return nothing, nothing
    expected = slope * (appeal - centre) / left / told
    return expected, np.where(np.isnan(expected), np.nan, 1 / told)


def company_lift(fit: Ability) -> Floats:
    """Return by how much the company of its products moves what is to be expected of each creator's log ability, beside its orders."""
    slots, count = fit.state.design.slots, fit.state.design.creators
    place = np.arange(len(slots), dtype=np.int64)
    said, variance = said_by_group(fit, place, slots.creator, np.arange(count, dtype=np.int64))
    appeal = mean_appeal(fit, place, slots.creator, count)
    expected, doubt = expected_of_company(appeal, said, variance, fit.variances.creators, np.ones(count, dtype=np.bool_))
    heard = np.isfinite(doubt)
    weight = np.where(heard, fit.variance / (fit.variance + np.where(heard, doubt, 1.0)), 0.0)
    return weight * (np.where(heard, expected, 0.0) - fit.ability)


def _less_chance(slope: float, precision: float) -> float:
    """Return a slope drawn to 0 by what chance makes of it (James and Stein 1961, one dimension); never below 0."""
    return max(slope, 0.0) * max(0.0, 1 - 1 / max(slope**2 * precision, 1e-300))
