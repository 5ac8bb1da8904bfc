"""Cores: the largest k such that a node belongs to a part of the graph in which all have at least k neighbours.

In a directed graph both directions count as neighbours. Reference: NetworkX's `core_number` (Batagelj and Zaveršnik 2003).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.centrality.graph import Check, Graph, entries_of, go_on
from scoring.tables import Bools, Floats, Ints


def core_number(graph: Graph, *, check: Check = go_on) -> Floats:
    """Return each node's core number: 0 for one without neighbours."""
    lists = (graph.weights, graph.incoming) if graph.directed else (graph.weights,)
    degree: Ints = sum((np.diff(each.indptr).astype(np.int64) for each in lists), np.zeros(graph.nodes, dtype=np.int64))
    core, alive = np.zeros(graph.nodes), np.ones(graph.nodes, dtype=np.bool_)
    while alive.any():
        least = int(degree[alive].min())
        _peel(lists, (core, degree, alive), least, check)
    return core


def _peel(lists: tuple[Any, ...], state: tuple[Floats, Ints, Bools], least: int, check: Check) -> None:
    """Take away, again and again, who has at most `least` neighbours left; these are their cores."""
    core, degree, alive = state
    front: Ints = np.flatnonzero(alive & (degree <= least))
    while len(front):
        check()
        core[front], alive[front] = least, False
        touched = np.concatenate([entries_of(each, front) for each in lists])
        np.subtract.at(degree, touched, 1)
        near: Ints = np.unique(touched)
        front = near[alive[near] & (degree[near] <= least)]
