"""Core and periphery: how deep in the network a node lies (Seidman 1983)."""

from typing import Any, NamedTuple

import networkx
import numpy as np

from scoring.tables import Bools, Ints

nx: Any = networkx


class Cores(NamedTuple):
    """By node its core number: it has that many ties to nodes of at least this number. The core has the largest."""

    number: Ints
    deepest: int

    @property
    def core(self) -> Bools:
        """Who belongs to the core; nobody in a network without ties."""
        return (self.number == self.deepest) & (self.deepest > 0)


def cores(graph: Any) -> Cores:
    """Return NetworkX's `core_number` of each node, numbered from 0 in the graph's order."""
    numbers: dict[int, int] = nx.core_number(graph)
    number = np.fromiter(numbers.values(), np.int64, len(numbers))
    return Cores(number, int(number.max(initial=0)))
