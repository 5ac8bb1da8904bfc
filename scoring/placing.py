"""Where the peers' true values really lie on a prior's scale: shift, width and skew, and normal scores from them.

No prior is exact: true rates are heavier-tailed than a gamma, shares gather at their ends. Three moments of the peers'
posteriors correct that, by the shifted lognormal with the same three, so that points spread as the peers do.
"""

from typing import Final

import numpy as np

from scoring.components.component import Peers
from scoring.tables import Floats

AS_DECLARED: Final = (0.0, 1.0, 0.0)
FARTHEST: Final = 8.0
MOST_SKEW: Final = 2.0
STRAIGHT: Final = 1e-3
LINEAR_BELOW: Final = 0.05


def place_summands(z: Floats, s: Floats) -> tuple[Floats, ...]:
    """Return what is added up over a group: counts and the first three moments of N(z, s²)."""
    z = np.clip(z, -FARTHEST, FARTHEST)
    square = s * s
    return (np.ones_like(z), z, z * z + square, z * z * z + 3.0 * z * square)


def placement(sums: Floats, _: Floats) -> Peers:
    """Return shift, width and skew of the true values of groups with such sums."""
    count = sums[0]
    first, second, third = (total / count for total in sums[1:])
    shift = np.clip(first, -2.0, 2.0)
    variance = np.clip(second - shift * shift, 0.1, 10.0)
    width = np.sqrt(variance)
    central = third - 3.0 * shift * second + 2.0 * shift * shift * shift
    skew = np.clip(central / (variance * width), -MOST_SKEW, MOST_SKEW)
    return Peers(np.stack((shift, width, skew), axis=1), count)


def normal_scores(z: Floats, placed: Floats) -> Floats:
    """Return normal scores of `z` on a prior's scale, where the peers are `placed` [rows × 3]; increasing in z."""
    standard = (z - placed[:, 0]) / placed[:, 1]
    root, spread, sign, kappa = _lognormal(placed[:, 2])
    inside = root + spread * sign * standard
    logged = np.log(np.maximum(inside, LINEAR_BELOW)) + np.minimum(inside / LINEAR_BELOW - 1.0, 0.0)
    return np.where(np.abs(placed[:, 2]) > STRAIGHT, sign * logged / kappa, standard)


def typical(placed: Floats) -> Floats:
    """Return the place on the prior's scale whose normal score is 0."""
    root, spread, sign, _ = _lognormal(placed[:, 2])
    bent = np.where(np.abs(placed[:, 2]) > STRAIGHT, sign * (1.0 - root) / spread, 0.0)
    return placed[:, 0] + placed[:, 1] * bent


def _lognormal(skew: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return mean, spread, direction and log-spread of the lognormal with this skew; its ω solves (ω + 2)²(ω − 1) = skew²."""
    size = np.maximum(np.abs(skew), STRAIGHT)
    half = size * size / 2.0
    edge = size * np.sqrt(1.0 + half / 2.0)
    omega = np.cbrt(1.0 + half + edge) + np.cbrt(1.0 + half - edge) - 1.0
    omega = np.maximum(omega, 1.0 + STRAIGHT * STRAIGHT / 10.0)
    return np.sqrt(omega), np.sqrt(omega * (omega - 1.0)), np.where(skew < 0, -1.0, 1.0), np.sqrt(np.log(omega))
