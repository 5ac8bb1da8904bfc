"""Samples that creators ask for and do not get: applications that wait for the seller's decision, were declined, or ran out.

Those that were approved are among the offers. Nothing that happens later depends on these, so a market is the same with and without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from simulation.calendar import DAY, HOUR
from simulation.catalogue import TREE
from simulation.chance import Flags, Floats, Ints, Urns, stream, taken
from simulation.parameters import APPLICATION_SPREAD, APPLICATIONS_EACH, DECISION_DAYS, DECLINED_SHARE
from simulation.setting import Setting

WAITS: Final = 7 * DAY
"""How long a seller has to decide."""


@dataclass(frozen=True, slots=True)
class Applications:
    """One entry an application, in order of time; `decided_at` is NaN while it waits, `declined` tells who was refused of those decided."""

    creator: Ints
    brand: Ints
    product: Ints
    applied_at: Ints
    decided_at: Floats
    declined: Flags

    def __len__(self) -> int:
        """Return how many applications there are."""
        return len(self.creator)

    @property
    def due_at(self) -> Ints:
        """Until when the seller may decide."""
        return self.applied_at + WAITS


def applications(on: Setting) -> Applications:
    """Draw who applies where: a few creators often, mostly at brands of what they show, at larger ones more."""
    rng, people, goods, period = stream(on.seed, "applications"), on.people, on.goods, on.period
    count = max(round(len(people) * period.days / 180 * APPLICATIONS_EACH), 1)
    keen = np.exp(APPLICATION_SPREAD * rng.standard_normal(len(people)))
    creator = rng.choice(len(people), count, p=keen / keen.sum())
    brand = _brands(rng, on, creator)
    product = Urns.of(goods.products.brand, goods.products.attention, len(goods.brands.id)).draw(rng, brand)
    at = np.floor(period.start + rng.random(count) * (period.end - HOUR - period.start)).astype(np.int64)
    declined = rng.random(count) < DECLINED_SHARE
    decided = at + np.where(declined, np.minimum(rng.gamma(2.0, DECISION_DAYS / 2, count) * DAY, WAITS - HOUR), WAITS)
    rows = {
        "creator": creator,
        "brand": brand,
        "product": product,
        "applied_at": at,
        "decided_at": np.where(decided < period.end, np.floor(decided), np.nan),
        "declined": declined,
    }
    there = (at >= people.joined_at[creator]) & (at < people.active_to[creator])
    return Applications(**_ordered(taken(rows, there)))


def _brands(rng: np.random.Generator, on: Setting, creator: Ints) -> Ints:
    brands, tops, regions = on.goods.brands, len(TREE), len(on.regions)
    region = on.people.region[creator]
    near = Urns.of(brands.region * tops + brands.top, brands.size, regions * tops)
    far = Urns.of(brands.region, brands.size, regions)
    group = region * tops + on.choices.home[creator]
    own = (rng.random(len(creator)) < 0.75) & near.filled(group)
    return np.where(own, near.draw(rng, group), far.draw(rng, region))


def _ordered(rows: dict[str, Any]) -> dict[str, Any]:
    return taken(rows, np.lexsort((rows["brand"], rows["creator"], rows["applied_at"])))
