"""The groups of peers: region, window and category, and the tier where a component asks for it."""

from typing import Final, NamedTuple

import numpy as np

from scoring.exact import Codes
from scoring.tables import ALL, Table

ANY_TIER: Final = -9


class Cell(NamedTuple):
    """A group of peers; `*` is all categories or all regions, `ANY_TIER` all tiers."""

    window: int
    region: str
    category: str
    tier: int

    @property
    def parent(self) -> "Cell | None":
        """The group that a small one leans on: all categories of the region, then all regions, then all tiers."""
        if self.category != ALL:
            return self._replace(category=ALL)
        if self.region != ALL:
            return self._replace(region=ALL)
        if self.tier != ANY_TIER:
            return self._replace(tier=ANY_TIER)
        return None

    @property
    def depth(self) -> int:
        """How many groups it leans on."""
        parent = self.parent
        return 0 if parent is None else parent.depth + 1


class Coded(NamedTuple):
    """The distinct cells of some rows, and each row's place among them."""

    cells: list[Cell]
    codes: Codes


def coded(table: Table, *, by_tier: bool) -> Coded:
    """Return the cell of every row, with or without its tier."""
    columns = [table.groups[name].tolist() for name in ("window", "region", "category")]
    tiers = table.groups["tier"].tolist() if by_tier else [ANY_TIER] * table.rows
    places: dict[tuple[int, str, str, int], int] = {}
    codes = [places.setdefault(key, len(places)) for key in zip(*columns, tiers, strict=True)]
    cells = [Cell(int(window), str(region), str(category), int(tier)) for window, region, category, tier in places]
    return Coded(cells, np.array(codes, dtype=np.intp))
