"""The sales that a creator's posts are expected to bring, whatever luck brought: posts × views × appeal × ability × price."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.ability import Ability
from scoring.ability.table import Floats, Ints, totals

POST: Final = 1.0
"""A creator's mix of categories is drawn toward its peers' as if by one post."""


def flow(fit: Ability, price: Floats, peers: Ints) -> Floats:
    """Return expected sales over the time of the slots, shape (creators, categories), in the unit of `price` (one a product).

    A creator of few posts is expected to make some of the next ones in the categories that its `peers` (numbers of groups) sell in.
    A creator without slots has no flow.
    """
    design, slots = fit.state.design, fit.state.design.slots
    shape = (design.creators, design.categories)
    cell = slots.creator * design.categories + slots.category
    worth = fit.state.rate * price[slots.product]
    sold = totals(cell, worth, shape[0] * shape[1]).reshape(shape)
    posts = totals(slots.creator, slots.posts, design.creators)
    return toward_peers(sold, posts, peers)


def toward_peers(sold: Floats, posts: Floats, peers: Ints) -> Floats:
    """Return sales [creators × categories] with each creator's mix drawn toward its peers', the more the fewer the `posts`."""
    share = np.divide(POST, posts + POST, out=np.zeros(len(posts)), where=posts > 0)
    return sold * (1 - share)[:, None] + (share * sold.sum(axis=1))[:, None] * _mix(sold, peers)


def _mix(sold: Floats, peers: Ints) -> Floats:
    """Return the peers' shares of categories for each creator."""
    whole = by_group(sold, peers)
    total = whole.sum(axis=1, keepdims=True)
    return np.divide(whole, total, out=np.zeros_like(whole), where=total > 0)[peers]


def by_group(values: Floats, group: Ints) -> Floats:
    """Return the sums of rows by group [groups × columns]."""
    answer = np.zeros((int(group.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(answer, group, values)
    return answer
