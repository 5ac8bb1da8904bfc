"""The groups of peers: region, window and category, and the tier where a component asks for it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

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


class Column(NamedTuple):
    """A column's distinct values, sorted, and each row's place among them."""

    distinct: list[Any]
    codes: Codes


class Rows:
    """Checked facts and the cells of their rows, each worked out once."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def group(self, *, by_tier: bool) -> Coded:
        """Return the cell of every row, with or without its tier."""
        return self._tiered if by_tier else self._plain

    @cached_property
    def _plain(self) -> Coded:
        return _cells([*self._columns, Column([ANY_TIER], np.zeros(self.table.rows, dtype=np.intp))])

    @cached_property
    def _tiered(self) -> Coded:
        return _cells([*self._columns, column_codes(self.table.groups["tier"])])

    @cached_property
    def _columns(self) -> list[Column]:
        return [column_codes(self.table.groups[name]) for name in ("window", "region", "category")]


def column_codes(values: NDArray[Any]) -> Column:
    """Return a column as codes; hashing beats sorting strings."""
    listed: list[Any] = values.tolist()
    distinct = sorted(set(listed))
    places = {value: place for place, value in enumerate(distinct)}
    return Column(distinct, np.fromiter(map(places.__getitem__, listed), dtype=np.intp, count=len(listed)))


def joint_codes(columns: Sequence[Column]) -> Column:
    """Return several columns as one, whose distinct values are places in each of them."""
    sizes = tuple(max(len(column.distinct), 1) for column in columns)
    keys, codes = np.unique(np.ravel_multi_index([column.codes for column in columns], sizes), return_inverse=True)
    places = [place.tolist() for place in np.unravel_index(keys, sizes)]
    return Column(list(zip(*places, strict=True)), codes)


def _cells(columns: Sequence[Column]) -> Coded:
    joint = joint_codes(columns)
    named = [[column.distinct[place] for column, place in zip(columns, places, strict=True)] for places in joint.distinct]
    return Coded([Cell(int(window), str(region), str(category), int(tier)) for window, region, category, tier in named], joint.codes)
