"""From who promotes what to who promotes the same: one side of a two-sided graph."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.centrality.graph import sparse
from scoring.edges import Edges
from scoring.tables import Ints


def pairs_at_most(targets: Ints) -> int:
    """Return how many pairs of sources may share a target: the sum of d(d − 1)/2 over the targets."""
    degree = np.unique(targets, return_counts=True)[1]
    return int((degree * (degree - 1) // 2).sum())


def shared(edges: Edges, sources: int, targets: int, *, at_least: float = 0.0) -> Edges:
    """Return each pair of sources that share targets once, weighed by their number; pairs below `at_least` are left out.

    An edge given several times counts once.
    """
    edges.check("two-sided", sources, targets)
    ones: Any = sparse.coo_array((np.ones(len(edges.sources)), (edges.sources, edges.targets)), shape=(sources, targets)).tocsr()
    ones.data[:] = 1.0
    together: Any = sparse.triu(ones @ ones.T, k=1).tocoo()
    kept = together.data >= at_least
    return Edges.of(together.row[kept], together.col[kept], together.data[kept])
