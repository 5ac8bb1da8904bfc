"""PageRank: how often a walk that now and then starts anew is at a node.

x = α(Pᵀx + dangling·r) + (1 − α)r, with P the weights over each row's sum and r the restart; a node without a way out gives
its mass to the restart. Reference: NetworkX's `pagerank` (Page, Brin, Motwani and Winograd 1999).
"""

from __future__ import annotations

from math import ceil, log
from typing import Final

import numpy as np

from scoring.centrality.graph import Check, Graph, go_on, sparse, sums
from scoring.tables import Floats, Ints

ALPHA: Final = 0.85
TOL: Final = 1e-12
"""Change of a step in the 1-norm at which it ends; each step shrinks it to α of the step before, at most, so the steps are bounded."""


def pagerank(graph: Graph, seeds: Ints | None = None, *, alpha: float = ALPHA, tol: float = TOL, check: Check = go_on) -> Floats:
    """Return the mass by node, summing to 1; the walk restarts anywhere, or with `seeds` at one of them.

    An empty graph has no mass.
    """
    restart = _restart(graph.nodes, seeds)
    out = sums(graph.weights, 1)
    dangling = out == 0
    forward = (graph.incoming @ sparse.diags_array(1.0 / np.where(dangling, 1.0, out))).tocsr()
    mass, moved = restart, restart
    for _ in range(1 + ceil(log(tol / 2.0) / log(alpha))):
        check()
        moved: Floats = alpha * (forward @ mass + mass[dangling].sum() * restart) + (1.0 - alpha) * restart
        if np.abs(moved - mass).sum() <= tol:
            break
        mass = moved
    return moved


def _restart(nodes: int, seeds: Ints | None) -> Floats:
    if seeds is None:
        return np.full(nodes, 1.0 / max(nodes, 1))
    restart = np.zeros(nodes)
    restart[seeds] = 1.0 / max(len(np.unique(seeds)), 1)
    return restart
