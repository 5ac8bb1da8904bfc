"""Parameters by group: what a group's own sums say, pooled with the group that it leans on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
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
        self._sums = sums
        self._estimate = estimate

    def of(self, cells: Sequence[Cell]) -> Floats:
        """Return the parameters of each cell, [cells × parameters]."""
        found = [self._held(self._rows, cell) for cell in cells]
        return np.array(found).reshape(len(cells), len(self._declared))

    @cached_property
    def _rows(self) -> dict[Cell, Floats]:
        """The pooled groups, parents before children; only worked out for a component that is asked for."""
        totals = with_parents(self._sums)
        by_depth: defaultdict[int, list[Cell]] = defaultdict(list)
        for cell in totals:
            by_depth[cell.depth].append(cell)
        rows: dict[Cell, Floats] = {}
        for depth in sorted(by_depth):
            rows.update(self._pooled(by_depth[depth], totals, rows))
        return rows

    def _held(self, rows: Mapping[Cell, Floats], cell: Cell | None) -> Floats:
        while cell is not None:
            if cell in rows:
                return rows[cell]
            cell = cell.parent
        return self._declared

    def _pooled(self, cells: list[Cell], totals: Sums, rows: Mapping[Cell, Floats]) -> Iterator[tuple[Cell, Floats]]:
        sums = np.array([[as_float(total) for total in totals[cell]] for cell in cells]).T
        parents = np.array([self._held(rows, cell.parent) for cell in cells])
        own = self._estimate(np.ascontiguousarray(sums), parents)
        trust = (own.speaking / (own.speaking + STRENGTH))[:, np.newaxis]
        pooled = np.where(np.isnan(own.parameters), parents, trust * own.parameters + (1.0 - trust) * parents)
        return zip(cells, pooled, strict=True)


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
