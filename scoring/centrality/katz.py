"""Katz centrality: ways of any length that lead to a node, each step counted α times.

x = αAᵀx + 1, scaled to length 1. It exists where α is below the inverse of the largest eigenvalue, so α follows from the
graph. Reference: NetworkX's `katz_centrality` with the same α (Katz 1953).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from scoring.centrality.graph import Check, Graph, go_on
from scoring.errors import ScoringError
from scoring.tables import Floats

SHARE: Final = 0.85
"""Of the largest α with which ways still add up."""

WITHOUT_EDGES: Final = 0.1
STEPS: Final = 60
TOL: Final = 1e-13
MOST_STEPS: Final = 5_000


class Katz(NamedTuple):
    """Centrality by node, of length 1 together, and the α with which it was computed."""

    value: Floats
    alpha: float


def katz(graph: Graph, *, check: Check = go_on) -> Katz:
    """Return Katz centrality; without edges all nodes have the same."""
    alpha = attenuation(graph, check=check)
    incoming: Any = graph.incoming * alpha
    value = np.ones(graph.nodes)
    for _ in range(MOST_STEPS):
        check()
        moved: Floats = incoming @ value + 1.0
        if np.abs(moved - value).sum() <= TOL * moved.sum():
            return Katz(moved / (float(np.sqrt(np.square(moved).sum())) or 1.0), alpha)
        value = moved
    raise ScoringError(f"Katz centrality has not settled to {TOL:g} in {MOST_STEPS:,} steps: weights differ too much; narrow the graph")


def attenuation(graph: Graph, *, check: Check = go_on) -> float:
    """Return α: `SHARE` over a bound of the largest eigenvalue, which for a positive x is max (Ax)ᵢ/xᵢ (Collatz, Wielandt).

    Steps with A plus half of the bound bring x near the eigenvector, whatever the graph, and keep it positive. A directed graph
    without cycles has no eigenvalue but 0; the mean weight, which no undirected graph's falls below, takes its place.
    """
    if not graph.entries:
        return WITHOUT_EDGES
    incoming: Any = graph.incoming
    vector: Floats = np.ones(graph.nodes)
    bound = np.inf
    for _ in range(STEPS):
        check()
        image: Floats = incoming @ vector
        bound = min(bound, float((image / vector).max()))
        vector = image + bound / 2.0 * vector
        vector /= vector.max()
        vector = np.maximum(vector, np.finfo(np.float64).tiny)
    return SHARE / max(bound, float(incoming.data.mean()))
