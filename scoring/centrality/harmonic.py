"""Harmonic centrality: how near all others are, in steps.

C(u) = Σ 1/d(v, u) over the other nodes v; who cannot reach u adds nothing. 64 nodes travel in the bits of one word: a step
is an OR over the neighbours' words. Reference: NetworkX's `harmonic_centrality` (Boldi and Vigna 2014).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.centrality.graph import Check, Graph, go_on
from scoring.tables import Floats, Ints

WORD: Final = 64
BYTES: Final = 32 * 2**20
"""Of neighbours' words at hand at once; more would leave the cache and gain nothing."""

Words = NDArray[np.uint64]


def harmonic(graph: Graph, *, check: Check = go_on) -> Floats:
    """Return each node's sum of inverse distances, in steps, from all others to it; 0 for one that none reaches."""
    found = np.zeros(graph.nodes)
    words = max(1, BYTES // (8 * max(graph.entries, 1)))
    for first in range(0, graph.nodes, words * WORD):
        found += _from(graph, np.arange(first, min(first + words * WORD, graph.nodes)), check)
    return found


def _from(graph: Graph, sources: Ints, check: Check) -> Floats:
    """Return the sums of inverse distances from `sources` alone."""
    matrix: Any = graph.incoming
    reached = _own_bits(graph.nodes, sources)
    filled = np.flatnonzero(np.diff(matrix.indptr) > 0)
    starts = matrix.indptr[filled]
    found, known = np.zeros(graph.nodes), _bits(reached)
    distance = 1
    while len(filled):
        check()
        # reduceat takes an empty row for one of length 1, hence only the filled ones.
        reached[filled] |= np.bitwise_or.reduceat(reached[matrix.indices], starts, axis=0)
        now = _bits(reached)
        if (now == known).all():
            break
        found += (now - known) / distance
        known, distance = now, distance + 1
    return found


def _own_bits(nodes: int, sources: Ints) -> Words:
    words = np.zeros((nodes, -(-len(sources) // WORD)), dtype=np.uint64)
    place = np.arange(len(sources))
    words[sources, place // WORD] = np.uint64(1) << (place % WORD).astype(np.uint64)
    return words


def _bits(words: Words) -> Ints:
    return np.bitwise_count(words).sum(axis=1, dtype=np.int64)
