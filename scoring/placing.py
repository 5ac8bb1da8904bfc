"""Where the peers' true values really lie on a prior's scale: shift, width and skew, and normal scores from them.

No prior is exact: true rates are heavier-tailed than a gamma, shares gather at their ends. Three moments of the peers'
posteriors correct that, by the shifted lognormal with the same three, so that points spread as the peers do.
"""

from typing import Final, NamedTuple

import numpy as np

from scoring.components.component import Peers
from scoring.exact import Codes
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


class Places(NamedTuple):
    """How groups turn a place on the prior's scale into a normal score: a shifted lognormal, or straight where unskewed."""

    shift: Floats
    width: Floats
    mean: Floats
    spread: Floats
    kappa: Floats
    skew: Floats

    @classmethod
    def of(cls, placed: Floats) -> "Places":
        """Return the places of groups with shift, width and skew [groups × 3]; (ω + 2)²(ω − 1) = skew²."""
        shift, width, skew = (np.ascontiguousarray(column) for column in placed.T)
        size = np.maximum(np.abs(skew), STRAIGHT)
        half = size * size / 2.0
        edge = size * np.sqrt(1.0 + half / 2.0)
        omega = np.maximum(np.cbrt(1.0 + half + edge) + np.cbrt(1.0 + half - edge) - 1.0, 1.0 + STRAIGHT * STRAIGHT / 10.0)
        sign = np.where(skew < 0, -1.0, 1.0)
        spread, kappa = sign * np.sqrt(omega * (omega - 1.0)), sign * np.sqrt(np.log(omega))
        return cls(shift, width, np.sqrt(omega), spread, kappa, skew)

    def at(self, codes: Codes) -> "Places":
        """Return the groups' places row by row."""
        return Places(*(column[codes] for column in self))

    def normal_scores(self, z: Floats) -> Floats:
        """Return the normal scores of places `z` on the prior's scale; they rise with z."""
        standard = (z - self.shift) / self.width
        inside = self.mean + self.spread * standard
        logged = np.log(np.maximum(inside, LINEAR_BELOW)) + np.minimum(inside / LINEAR_BELOW - 1.0, 0.0)
        return np.where(np.abs(self.skew) > STRAIGHT, logged / self.kappa, standard)

    @property
    def typical(self) -> Floats:
        """The places on the prior's scale whose normal score is 0."""
        return self.shift + self.width * np.where(np.abs(self.skew) > STRAIGHT, (1.0 - self.mean) / self.spread, 0.0)
