"""The groups of peers: region, window and category."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.tables import ALL, Codes, Table


class Cell(NamedTuple):
    """A group of peers; `*` is all categories or all regions."""

    window: int
    region: str
    category: str

    @property
    def parent(self) -> "Cell | None":
        """The group that a small one leans on: all categories of the region, then all regions."""
        if self.category != ALL:
            return Cell(self.window, self.region, ALL)
        return self.root if self.region != ALL else None

    @property
    def root(self) -> "Cell":
        """All creators of the window."""
        return Cell(self.window, ALL, ALL)


class Coded(NamedTuple):
    """The distinct cells of some rows, and each row's place among them."""

    cells: list[Cell]
    codes: Codes


class Column(NamedTuple):
    """A column's distinct values, sorted, and each row's place among them."""

    distinct: list[Any]
    codes: Codes


def cells(table: Table) -> Coded:
    """Return the cell of every row."""
    columns = [column_codes(table.groups[name]) for name in ("window", "region", "category")]
    joint = joint_codes(columns)
    named = [[column.distinct[place] for column, place in zip(columns, places, strict=True)] for places in joint.distinct]
    return Coded([Cell(int(window), str(region), str(category)) for window, region, category in named], joint.codes)


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
