"""Parameters by group: what a group's own sums say, pooled with the group that it leans on."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from scoring.cells import Cell
from scoring.components.component import Peers
from scoring.exact import as_float
from scoring.tables import Floats

STRENGTH: Final = 10.0
"""A parent counts as this many peers, so a group of ten is half itself."""

Sums = Mapping[Cell, tuple[int, ...]]


Estimate = Callable[[Floats, Floats], Peers]


class Pooled:
    """Parameters of one component in every group; a group that was never seen has its parent's, at last the declared."""

    def __init__(self, declared: Sequence[float], sums: Sums, estimate: Estimate) -> None:
        self._declared = np.array(declared)
        self._estimate = estimate
        self._rows: dict[Cell, Floats] = {}
        by_depth: defaultdict[int, list[Cell]] = defaultdict(list)
        totals = with_parents(sums)
        for cell in totals:
            by_depth[cell.depth].append(cell)
        for depth in sorted(by_depth):
            self._pool(by_depth[depth], totals)

    def of(self, cells: Sequence[Cell]) -> Floats:
        """Return the parameters of each cell, [cells × parameters]."""
        return np.array([self._of(cell) for cell in cells]).reshape(len(cells), len(self._declared))

    def _of(self, cell: Cell | None) -> Floats:
        while cell is not None:
            if cell in self._rows:
                return self._rows[cell]
            cell = cell.parent
        return self._declared

    def _pool(self, cells: list[Cell], totals: Sums) -> None:
        sums = np.array([[as_float(total) for total in totals[cell]] for cell in cells]).T
        parents = np.array([self._of(cell.parent) for cell in cells])
        own = self._estimate(np.ascontiguousarray(sums), parents)
        trust = (own.speaking / (own.speaking + STRENGTH))[:, np.newaxis]
        pooled = np.where(np.isnan(own.parameters), parents, trust * own.parameters + (1.0 - trust) * parents)
        self._rows.update(zip(cells, pooled, strict=True))


def with_parents(sums: Sums) -> dict[Cell, tuple[int, ...]]:
    """Return the sums with those of all regions and of all tiers, added up from the rows of all categories."""
    totals = dict(sums)
    for cell, own in sums.items():
        parent = cell.parent
        if parent is None or parent.category != cell.category:
            continue
        while parent is not None:
            held = totals.get(parent)
            totals[parent] = own if held is None else tuple(a + b for a, b in zip(held, own, strict=True))
            parent = parent.parent
    return totals
