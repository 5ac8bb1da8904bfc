"""The peers' distribution of a trait, in units of their spread: any shape, learnt, on fixed nodes.

A density that follows the data alone (Kiefer and Wolfowitz 1956) clumps; a smoothing step after each of expectation and
maximisation keeps it plausible (Silverman, Jones, Wilson and Nychka 1990, doi 10.1111/j.2517-6161.1990.tb01788.x).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from scoring.tables import Floats

REACH: Final = 5.0
COUNT: Final = 64
NODES: Final[Floats] = np.linspace(-REACH, REACH, COUNT)
STEP: Final = float(NODES[1] - NODES[0])
KERNEL: Final = (0.25, 0.5, 0.25)
PRIOR_PEERS: Final = 20.0
"""The normal shape counts as this many peers."""


def normal_weights() -> Floats:
    """Return the standard normal's weights on the nodes."""
    density = np.exp(-0.5 * NODES * NODES)
    return density / density.sum()


@dataclass(frozen=True, eq=False)
class Shape:
    """Weights of the nodes, summing to 1, with mean 0 and variance 1 (but for rounding to the nodes)."""

    weights: Floats

    @classmethod
    def normal(cls) -> "Shape":
        """Return the shape before anything is learnt."""
        return cls(normal_weights())

    @classmethod
    def of(cls, masses: Floats) -> "Shape":
        """Return the shape of peers with posterior masses [nodes], smoothed, on nodes in units of their own spread."""
        held = masses + PRIOR_PEERS * normal_weights()
        smooth = np.convolve(np.pad(held, 1, mode="edge"), KERNEL, mode="valid")
        smooth = smooth / smooth.sum()
        mean = float(smooth @ NODES)
        spread = float(np.sqrt(max(smooth @ (NODES - mean) ** 2, 1e-6)))
        moved = np.asarray(np.interp(mean + spread * NODES, NODES, smooth, left=0.0, right=0.0), dtype=np.float64)
        return cls(moved / moved.sum())

    @cached_property
    def edges(self) -> Floats:
        """The share of peers below each bin's lower edge, and 1 [nodes + 1]."""
        return np.concatenate([[0.0], np.minimum(np.cumsum(self.weights), 1.0)])

    @cached_property
    def below(self) -> Floats:
        """The share of peers below each node, half of its own among them."""
        return (self.edges[:-1] + self.edges[1:]) / 2.0

    def quantile(self, share: float) -> float:
        """Return the node, interpolated, with a share of the peers below."""
        return float(np.interp(share, self.below, NODES))
