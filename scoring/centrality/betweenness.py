"""Betweenness: the share of shortest ways, in steps, between two others that lead through a node.

B(v) = Σ σ(s, t | v)/σ(s, t) over pairs s ≠ v ≠ t, over their number. Many starts go at once: a level is one product of the
matrix with a dense block. Reference: NetworkX's `betweenness_centrality` (Brandes 2001).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.centrality.graph import Check, Graph, go_on
from scoring.tables import Floats, Ints

BLOCK: Final = 64
"""Starts at once: a row of the block fills a few cache lines."""

CELLS: Final = 2**21
"""Of a block, at most: half a dozen blocks of 8 bytes a cell are at hand."""


def betweenness(graph: Graph, *, check: Check = go_on) -> Floats:
    """Return each node's share of the shortest ways between all ordered pairs of others; 0 with fewer than three nodes."""
    total = np.zeros(graph.nodes)
    linked = np.flatnonzero(np.diff(graph.weights.indptr) > 0)
    block = max(1, min(BLOCK, CELLS // max(graph.nodes, 1)))
    for first in range(0, len(linked), block):
        total += _through(graph, linked[first : first + block], check)
    pairs = (graph.nodes - 1) * (graph.nodes - 2)
    return total / pairs if pairs > 0 else total


def _through(graph: Graph, sources: Ints, check: Check) -> Floats:
    """Return what the ways from `sources` add to each node."""
    depth, ways, deepest = _ways(graph, sources, check)
    carried = np.zeros_like(ways)
    matrix: Any = graph.steps
    for level in range(deepest, 1, -1):
        check()
        share = np.divide(1.0 + carried, ways, out=np.zeros_like(ways), where=depth == level)
        back: Floats = matrix @ share
        back *= ways
        np.copyto(carried, back, where=depth == level - 1)
    return carried.sum(axis=1)


def _ways(graph: Graph, sources: Ints, check: Check) -> tuple[NDArray[np.int32], Floats, int]:
    """Return distance (−1 unreached) and number of shortest ways [nodes × sources], and the largest distance."""
    shape = (graph.nodes, len(sources))
    depth = np.full(shape, -1, dtype=np.int32)
    ways = np.zeros(shape)
    own = np.arange(len(sources))
    depth[sources, own], ways[sources, own] = 0, 1.0
    front, level = ways.copy(), 0
    matrix: Any = graph.steps_back
    while True:
        check()
        reached: Floats = matrix @ front
        fresh = (reached > 0) & (depth < 0)
        if not fresh.any():
            return depth, ways, level
        level += 1
        depth[fresh] = level
        front = np.where(fresh, reached, 0.0)
        ways += front
