"""Open plans that creators take up: a product of their portfolio on terms that are open to all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.calendar import DAY
from simulation.chance import Ints, stream
from simulation.orders import Slots
from simulation.posting import Posts
from simulation.setting import Setting


@dataclass(frozen=True, slots=True)
class OpenPlans:
    """One entry a plan taken up, by place among the portfolios; `by_place` is the entry of each place, or -1."""

    place: Ints
    creator: Ints
    product: Ints
    taken_at: Ints
    first_post: Ints
    posts: Ints
    by_place: Ints


def open_plans(on: Setting, posts: Posts, made: Slots) -> OpenPlans:
    """Return the plans under which creators have posted, taken up some days before the first post."""
    rng, choices = stream(on.seed, "open plans"), on.choices
    usable = (made.place >= 0) & on.goods.products.open[made.product]
    place, first, count = np.unique(made.place[usable], return_index=True, return_counts=True)
    post = made.post[usable][first]
    creator = choices.creator[place]
    taken_at = posts.at[post] - ((0.5 + rng.gamma(2.0, 2.0, len(place))) * DAY).astype(np.int64)
    taken_at = np.minimum(np.maximum(taken_at, on.people.joined_at[creator]), posts.at[post])
    by_place = np.full(len(choices.product) + 1, -1)
    by_place[place] = np.arange(len(place))
    return OpenPlans(place, creator, choices.product[place], taken_at, post, count.astype(np.int64), by_place)
