"""Who belongs to a dishonest ring: creators who name each other, buy views and likes, and buy from themselves."""

from __future__ import annotations

import numpy as np

from simulation.chance import Ints, stream
from simulation.parameters import RING_SHARE, RING_SIZE


def rings(seed: int, region: Ints, *, share: float = RING_SHARE) -> Ints:
    """Return the ring of each creator, -1 for the honest; a ring lies within one region, and one has at least four."""
    rng = stream(seed, "rings")
    count = max(1, round(len(region) * share / RING_SIZE))
    ring = np.full(len(region), -1)
    crowded = np.flatnonzero(np.bincount(region) >= 4 * RING_SIZE)
    regions = crowded if len(crowded) else np.array([np.argmax(np.bincount(region))])
    for index in range(count):
        here = np.flatnonzero((region == regions[index % len(regions)]) & (ring < 0))
        size = min(len(here), int(RING_SIZE) + int(rng.integers(-2, 3)))
        ring[rng.choice(here, size, replace=False)] = index
    return ring
