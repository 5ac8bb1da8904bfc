"""Whom an order is credited to: where the regime says so, to a later post of another creator that shows the same product."""

from __future__ import annotations

import numpy as np

from simulation.chance import Floats, Ints, stream
from simulation.orders import Slots
from simulation.posting import Posts
from simulation.setting import Setting


def credited(on: Setting, posts: Posts, made: Slots, slot: Ints, at: Ints) -> Ints:
    """Return the slot to which each order is credited: the one that sold it, or the next one of its product before the order."""
    rng = stream(on.seed, "crediting")
    strays: Floats = rng.random(len(slot))
    if not on.regime.misattributed or not len(made):
        return slot
    shown_at = posts.at[made.post]
    order = np.lexsort((shown_at, made.product))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    following = order[np.minimum(place[slot] + 1, len(order) - 1)]
    fits = (made.product[following] == made.product[slot]) & (shown_at[following] < at)
    other = posts.creator[made.post[following]] != posts.creator[made.post[slot]]
    return np.where(fits & other & (strays < on.regime.misattributed), following, slot)
