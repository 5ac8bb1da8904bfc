"""Seeded chance, and the arithmetic of ragged arrays that lets whole markets be drawn at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.str_]


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator for one purpose; other purposes drawing more or less leave it as it is."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(purpose.encode())])))


def owners(counts: Ints) -> Ints:
    """Return for each of `sum(counts)` items the index of its owner."""
    return np.repeat(np.arange(len(counts)), counts)


def positions(counts: Ints) -> Ints:
    """Return for each of `sum(counts)` items its place, from 0, among its owner's."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)


def running(values: Floats, counts: Ints) -> Floats:
    """Return the cumulative sums of `values` within each owner's segment."""
    total = np.cumsum(values)
    before = np.concatenate([[0.0], total])[np.cumsum(counts) - counts]
    return total - np.repeat(before, counts)


def sigmoid(x: Floats) -> Floats:
    """Return the logistic function of `x`."""
    return 1.0 / (1.0 + np.exp(-x))


def rounded(values: Floats, digits: int) -> Floats:
    """Return values rounded to so many decimal digits; `np.round` alone loses the type."""
    return np.asarray(np.round(values, digits), dtype=np.float64)


def sums(owner: Ints, size: int, values: Floats | None = None) -> Floats:
    """Return for each of `size` owners the sum of its items' values, or their number."""
    return np.bincount(owner, weights=values, minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Urns:
    """Items in groups, each item with a weight: `draw` takes one item from each of many groups."""

    items: Ints
    starts: Ints
    cumulative: Floats

    @classmethod
    def of(cls, group: Ints, weight: Floats, groups: int) -> Urns:
        """Put item `i` into urn `group[i]`."""
        items = np.argsort(group, kind="stable")
        starts = np.searchsorted(group[items], np.arange(groups + 1)).astype(np.int64)
        return cls(items.astype(np.int64), starts, np.concatenate([[0.0], np.cumsum(weight[items])]))

    def filled(self, group: Ints) -> Flags:
        """Tell which of the urns hold anything."""
        return self.starts[group + 1] > self.starts[group]

    def draw(self, rng: np.random.Generator, group: Ints) -> Ints:
        """Return one item from each urn named, with replacement; an empty urn gives an item of a neighbour."""
        low, high = self.cumulative[self.starts[group]], self.cumulative[self.starts[group + 1]]
        found = np.searchsorted(self.cumulative, low + rng.random(group.shape) * (high - low), side="right") - 1
        last = np.maximum(self.starts[group + 1] - 1, self.starts[group])
        return self.items[np.minimum(np.clip(found, self.starts[group], last), len(self.items) - 1)]


def taken(columns: dict[str, Any], chosen: Flags | Ints) -> dict[str, Any]:
    """Return the same columns with only the rows chosen."""
    return {name: column[chosen] for name, column in columns.items()}
