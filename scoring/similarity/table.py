"""All parts in one row a creator, and rows for brands that stand among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.similarity.parts import WEIGHTS
from scoring.similarity.profile import People, profile
from scoring.similarity.projection import Matrix, unit
from scoring.tables import Floats

Texts = NDArray[np.str_]

SHRINKAGE: Final = 10.0
"""Creators whose weight the zero vector has against a region's average: a few creators are not compared with themselves alone."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns each part has, in order."""

    widths: tuple[tuple[str, int], ...]

    @property
    def dimensions(self) -> int:
        """Columns in all."""
        return sum(width for _, width in self.widths)

    def columns(self, part: str) -> slice:
        """Return a part's columns."""
        start = 0
        for name, width in self.widths:
            if name == part:
                return slice(start, start + width)
            start += width
        return slice(start, start)


@dataclass(frozen=True, eq=False)
class Table:
    """Rows of length 1, or of zeros where nothing is known."""

    layout: Layout
    rows: Matrix


def creator_rows(people: People, graph: Matrix, *, untied: bool = False) -> Table:
    """Return a row for each creator: every part at the root of its weight, so that rows' dot products are weighted sums of cosines.

    Who has no tie has a row of zeros, since a profile alone says too little; with `untied`, unless nobody has one. Within a
    region most creators share most surroundings, so the graph's part is what they have beyond the region's average.
    """
    parts = {"graph": against_average(graph, people.region), **profile(people)}
    tied = np.abs(graph).sum(axis=1) > 0
    tied |= untied and not tied.any()
    rows = np.concatenate([np.float32(np.sqrt(WEIGHTS[name])) * part for name, part in parts.items()], axis=1)
    return Table(_layout(parts), unit(np.where(tied[:, np.newaxis], rows, np.float32(0))))


def brand_rows(layout: Layout, regions: NDArray[Any], graph: Matrix) -> Table:
    """Return a row for each brand in the creators' columns; nothing but its place in the graph is known of it."""
    rows = np.zeros((len(graph), layout.dimensions), dtype=np.float32)
    rows[:, layout.columns("graph")] = against_average(graph, regions)
    return Table(layout, rows)


def against_average(rows: Matrix, groups: NDArray[Any]) -> Matrix:
    """Return the rows less their group's average, at length 1; rows of zeros count for none and stay."""
    known = np.abs(rows).sum(axis=1) > 0
    found = rows.copy()
    for group in np.unique(groups[known]):
        chosen = known & (groups == group)
        count = int(np.count_nonzero(chosen))
        found[chosen] -= rows[chosen].mean(axis=0, dtype=np.float64).astype(np.float32) * np.float32(count / (count + SHRINKAGE))
    return unit(found)


def blend(rows: Matrix, weights: Floats) -> Matrix:
    """Return the one row, at length 1, that resembles the given ones in proportion to their weights; zeros where there is none."""
    return unit((rows.astype(np.float64) * weights[:, np.newaxis]).sum(axis=0, keepdims=True).astype(np.float32))[0]


def sought(own: Matrix, partners: Matrix, *, times: Floats, gmv_usd: Floats) -> Matrix:
    """Return the row that a brand's creators blend into, with the brand's `own` as one creator more: who has none is sought by that alone.

    A creator weighs 1 + log(1 + collaborations + net sales in thousands of dollars): the best weigh more, and no single one all.
    """
    worth = 1.0 + np.log1p(times + np.maximum(gmv_usd, 0.0) / 1_000)
    return blend(np.concatenate([partners, own[np.newaxis]]), np.append(worth, 1.0))


def _layout(parts: Mapping[str, Matrix]) -> Layout:
    widths: Sequence[tuple[str, int]] = [(name, part.shape[1]) for name, part in parts.items()]
    return Layout(tuple(widths))
