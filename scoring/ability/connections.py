"""Which creators can be compared through products that both have shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)
from scipy.sparse import csgraph as scipy_csgraph  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.ability.table import Bools, Ints, Slots

sparse: Any = scipy_sparse
csgraph: Any = scipy_csgraph


@dataclass(frozen=True, slots=True)
class Connections:
    """Components of the creator-product graph, numbered from the one with most creators; -1 for who shows nothing.

    Creators of different components share no product, not even through others: only the prior makes them comparable.
    """

    component: Ints
    creators: Ints

    def apart(self, peers: Ints) -> Bools:
        """Return whether each creator shows products, but stands outside the component that most of its peers stand in.

        `peers` numbers groups of creators that are compared with each other.
        """
        keys, counts = np.unique(np.column_stack([peers, self.component])[self.component >= 0], axis=0, return_counts=True)
        order = np.lexsort([keys[:, 1], -counts, keys[:, 0]])
        first = np.flatnonzero(np.diff(keys[order, 0], prepend=-1))
        main = np.full(int(peers.max(initial=-1)) + 1, -1, dtype=np.int64)
        main[keys[order[first], 0]] = keys[order[first], 1]
        return (self.component >= 0) & (self.component != main[peers])

    def comparable(self, first: Ints, second: Ints) -> Bools:
        """Return whether each pair of creators stands in one component."""
        return (self.component[first] == self.component[second]) & (self.component[first] >= 0)


def connections(slots: Slots, *, creators: int, products: int) -> Connections:
    """Find the components of the graph whose edges are the slots."""
    ones = np.ones(len(slots), dtype=np.int8)
    graph = sparse.csr_matrix((ones, (slots.creator, slots.product + creators)), shape=(creators + products,) * 2)
    _, label = csgraph.connected_components(graph, directed=False)
    shown = np.zeros(creators, dtype=np.bool_)
    shown[slots.creator] = True
    component = np.where(shown, label[:creators], -1).astype(np.int64)
    names, first, counts = np.unique(component[shown], return_index=True, return_counts=True)
    order = np.lexsort([first, -counts])
    number = np.full(int(label.max(initial=-1)) + 2, -1, dtype=np.int64)
    number[names[order]] = np.arange(len(order))
    return Connections(number[component], counts[order].astype(np.int64))
