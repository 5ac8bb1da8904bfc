"""The graph that a measure looks at: numbered nodes and weighted edges as a sparse matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.edges import Edges
from scoring.tables import Bools, Floats, Ints

sparse: Any = scipy_sparse

Check: TypeAlias = Callable[[], None]
"""Called between the steps of a long computation; what it raises ends the computation."""


def go_on() -> None:
    """Let a computation take as long as it takes."""


@dataclass(frozen=True, eq=False)
class Graph:
    """Weights [from × to]; an undirected graph has each edge in both places.

    `oriented` has the edges of a two-sided graph from the one side to the other, and is the weights themselves otherwise.
    An edge from a node to itself is left out: it says nothing about a node's place among others.
    """

    nodes: int
    directed: bool
    weights: Any
    oriented: Any

    @classmethod
    def of(cls, nodes: int, edges: Edges, *, directed: bool = False, two_sided: bool = False) -> Graph:
        """Return the graph of `nodes` numbered from 0; parallel edges add up. EdgesError where an edge leaves them."""
        edges.check("graph", nodes, nodes)
        kept = edges.sources != edges.targets
        places = (edges.sources[kept], edges.targets[kept])
        given: Any = sparse.coo_array((edges.weights[kept], places), shape=(nodes, nodes)).tocsr()
        given.eliminate_zeros()
        weights = given if directed else (given + given.T).tocsr()
        return cls(nodes, directed, weights, given if two_sided else weights)

    @property
    def edges(self) -> int:
        """Number of edges, an undirected one counted once."""
        return int(self.weights.nnz) if self.directed else int(self.weights.nnz) // 2

    @property
    def entries(self) -> int:
        """Number of the matrix's entries, which is what a pass over it costs."""
        return int(self.weights.nnz)

    @cached_property
    def incoming(self) -> Any:
        """Weights [to × from]."""
        return self.weights.T.tocsr()

    @cached_property
    def steps(self) -> Any:
        """The matrix with 1 for each edge."""
        return _ones(self.weights)

    @cached_property
    def steps_back(self) -> Any:
        """The same turned round."""
        return _ones(self.incoming)

    def levels(self, start: int) -> int:
        """Return how many steps it takes from `start` until nothing new is reached; 0 where nothing is."""
        seen: Bools = np.zeros(self.nodes, dtype=np.bool_)
        front: Ints = np.array([start], dtype=np.int64)
        count = 0
        while True:
            seen[front] = True
            reached: Ints = np.unique(entries_of(self.weights, front))
            front = reached[~seen[reached]]
            if not len(front):
                return count
            count += 1

    def depth(self) -> int:
        """Return the levels seen from a node with most neighbours: half of the graph's diameter at least, all of it at most."""
        return 0 if not self.entries else self.levels(int(np.argmax(np.diff(self.weights.indptr))))


def entries_of(matrix: Any, rows: Ints) -> Ints:
    """Return the columns of the entries of several rows of a CSR matrix, one row after the other."""
    starts = matrix.indptr[rows].astype(np.int64)
    counts = matrix.indptr[rows + 1].astype(np.int64) - starts
    before = np.cumsum(counts) - counts
    places = np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(starts - before, counts)
    return matrix.indices[places].astype(np.int64)


def sums(matrix: Any, axis: int) -> Floats:
    """Return the sums of a matrix's rows (axis 1) or columns (axis 0)."""
    return np.asarray(matrix.sum(axis=axis), dtype=np.float64).reshape(-1)


def _ones(matrix: Any) -> Any:
    return sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)
