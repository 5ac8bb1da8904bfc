"""Who cheats, how, and how cunningly: bought views, orders placed with oneself, and rings that do both and name each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from simulation.chance import Flags, Floats, Ints, stream
from simulation.parameters import RING_LIKES, RING_ORDERS, RING_VIEWS


class Cheat(IntEnum):
    """What a creator does."""

    NONE = 0
    VIEWS = 1
    ORDERS = 2
    RING = 3


class Cunning(IntEnum):
    """How well it is hidden."""

    CRUDE = 0
    CAREFUL = 1
    CUNNING = 2


@dataclass(frozen=True, slots=True)
class Manner:
    """How one kind of cheat is done at one level.

    `views` and `likes` (per view) are factors on the posts boosted, a share `boosted` of all; `orders` are a creator's own purchases
    for each product in a post, of which a share `refunded` is sent back, `together` at even steps within the hour; `names` is the share
    of posts that name an accomplice.
    """

    views: float = 1.0
    likes: float = 1.0
    boosted: float = 1.0
    orders: float = 0.0
    refunded: float = 0.0
    together: bool = False
    names: float = 0.0


NOTHING: Final = Manner()
MANNERS: Final[dict[Cheat, tuple[Manner, Manner, Manner]]] = {
    Cheat.NONE: (NOTHING, NOTHING, NOTHING),
    Cheat.VIEWS: (Manner(views=6.0, likes=1 / 6.0), Manner(views=4.0, likes=0.6), Manner(views=3.0, boosted=0.6)),
    Cheat.ORDERS: (
        Manner(orders=2.0, refunded=0.95, together=True),
        Manner(orders=1.5, refunded=0.75),
        Manner(orders=1.0, refunded=0.4),
    ),
    Cheat.RING: (
        Manner(views=float(RING_VIEWS), likes=float(RING_LIKES), orders=float(RING_ORDERS), refunded=0.9, names=0.7),
        Manner(views=3.0, orders=0.8, refunded=0.7, names=0.4),
        Manner(views=2.0, orders=0.6, refunded=0.4, names=0.2),
    ),
}
"""Crude, careful, cunning; the figures are assumed. A crude ring is what every market has a few of."""


@dataclass(frozen=True, slots=True)
class Cheats:
    """One entry a creator: what they do, and how cunningly."""

    kind: Ints
    level: Ints

    def of(self, name: str, creator: Ints) -> Floats:
        """Return one figure of the manner of each creator named by index."""
        table = np.array([[float(getattr(manner, name)) for manner in MANNERS[kind]] for kind in Cheat])
        return table[self.kind[creator], self.level[creator]]


def cheats(seed: int, ring: Ints, expected_posts: Floats, *, share: float) -> Cheats:
    """Return who cheats: all ring members, and `share` of the others, half with views and half with orders.

    Beside rings only those cheat who post more than most, since others have nothing to boost; where anybody but crude rings cheats, all
    three levels are as common, those of a ring as one.
    """
    rng = stream(seed, "cheating")
    kind = np.where(ring >= 0, int(Cheat.RING), int(Cheat.NONE))
    level = np.zeros(len(ring), dtype=np.int64)
    if not share:
        return Cheats(kind, level)
    chosen = _busy(rng, ring, expected_posts, round(share * len(ring)))
    kind[chosen] = np.where(np.arange(len(chosen)) % 2 == 0, int(Cheat.VIEWS), int(Cheat.ORDERS))
    level[chosen] = np.arange(len(chosen)) // 2 % len(Cunning)
    return Cheats(kind, np.where(ring >= 0, ring % len(Cunning), level))


def _busy(rng: np.random.Generator, ring: Ints, expected_posts: Floats, count: int) -> Ints:
    free: Flags = ring < 0
    able = np.flatnonzero(free & (expected_posts >= np.median(expected_posts)))
    return rng.choice(able, min(count, len(able)), replace=False)
