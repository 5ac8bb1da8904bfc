"""Weighted edges between numbered nodes, checked once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import EdgesError
from scoring.tables import Floats, Ints


@dataclass(frozen=True, eq=False)
class Edges:
    """Edges from `sources` to `targets` (numbers from 0) with `weights`; parallel edges add up, zero weights fall away."""

    sources: Ints
    targets: Ints
    weights: Floats

    @classmethod
    def of(cls, sources: ArrayLike, targets: ArrayLike, weights: ArrayLike | None = None) -> "Edges":
        """Return edges from anything that numpy takes; without weights each weighs 1."""
        start, end = (np.asarray(nodes, dtype=np.int64).reshape(-1) for nodes in (sources, targets))
        weigh = np.ones(len(start)) if weights is None else np.asarray(weights, dtype=np.float64).reshape(-1)
        return cls(start, end, weigh)

    @classmethod
    def none(cls) -> "Edges":
        """Return no edges."""
        return cls.of([], [], [])

    def check(self, name: str, sources: int, targets: int) -> None:
        """Raise `EdgesError` where an edge leaves the numbered nodes or its weight is negative or not finite."""
        if not len(self.sources) == len(self.targets) == len(self.weights):
            lengths = (len(self.sources), len(self.targets), len(self.weights))
            raise EdgesError(f"edges {name} have {lengths} sources, targets and weights; give one of each for an edge")
        _inside(f"sources of {name}", self.sources, sources)
        _inside(f"targets of {name}", self.targets, targets)
        refuse_weights(f"weights of {name}", self.weights)


def _inside(name: str, nodes: Ints, count: int) -> None:
    outside = (nodes < 0) | (nodes >= count)
    if outside.any():
        place = int(np.argmax(outside))
        raise EdgesError(f"{name}, edge {place}: node {nodes[place]} is not among {count} nodes; number nodes from 0")


def refuse_weights(name: str, weights: NDArray[np.float64] | Sequence[float]) -> None:
    """Raise `EdgesError` at the first weight that is negative or not finite."""
    values = np.asarray(weights, dtype=np.float64).reshape(-1)
    broken = ~(np.isfinite(values) & (values >= 0))
    if broken.any():
        place = int(np.argmax(broken))
        raise EdgesError(f"{name}, place {place}: {values[place]:g} must be finite and at least 0; leave the edge out")
