"""The rows of one window: a creator and a category each, and the sums over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.facts.arrays import ABSENT, Bools, Floats, Ints, each_once


@dataclass(frozen=True, slots=True)
class Spread:
    """Pairs of an event and a thing that it counts for: a category, or a row; an event may count for several."""

    event: Ints
    target: Ints

    def where(self, chosen: Bools) -> Spread:
        """Return the pairs of the chosen events; `chosen` has one value an event."""
        kept = chosen[self.event]
        return Spread(self.event[kept], self.target[kept])


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows sorted by category, then creator; both are codes, `people` is the number of creators."""

    keys: Ints
    people: int

    @property
    def creator(self) -> Ints:
        """Creator of each row."""
        return self.keys % max(self.people, 1)

    @property
    def category(self) -> Ints:
        """Category of each row."""
        return self.keys // max(self.people, 1)

    def __len__(self) -> int:
        return len(self.keys)

    def places(self, creators: Ints, categories: Ints) -> Ints:
        """Return the row of each creator and category; `ABSENT` where there is none."""
        keys = categories * self.people + creators
        if not len(self):
            return np.full(len(keys), ABSENT, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return np.where(self.keys[place] == keys, place, ABSENT).astype(np.int64)

    def spread(self, over: Spread, creators: Ints) -> Spread:
        """Return pairs of events and rows from pairs of events and categories; `creators` has one value an event."""
        place = self.places(creators[over.event], over.target)
        return Spread(over.event[place != ABSENT], place[place != ABSENT])

    def count(self, spread: Spread) -> Floats:
        """Return the number of events of each row."""
        return np.bincount(spread.target, minlength=len(self)).astype(np.float64)

    def beside_one(self, spread: Spread, holders: Ints) -> Floats:
        """Return the number of events of each row beside those of the holder with most of them; `holders` has one value an event."""
        own = holders[spread.event]
        low = int(own.min(initial=0))
        width = int(own.max(initial=0)) - low + 1
        pairs, many = np.unique(spread.target * width + (own - low), return_counts=True)
        most = np.zeros(len(self))
        np.maximum.at(most, pairs // width, many)
        return self.count(spread) - most

    def total(self, spread: Spread, values: NDArray[np.float64]) -> Floats:
        """Return the sum over each row's events of `values`, which has one value an event; unknown ones count nothing."""
        weights = np.nan_to_num(values, nan=0.0)[spread.event]
        return np.bincount(spread.target, weights=weights, minlength=len(self)).astype(np.float64)

    def distinct(self, spread: Spread, codes: Ints) -> Spread:
        """Return the codes of each row's events, each once, in order, in place of the events; `codes` has one value an event."""
        own = codes[spread.event]
        low = int(own.min(initial=0))
        width = int(own.max(initial=0)) - low + 1
        keys = each_once(spread.target * width + (own - low))
        return Spread(keys % width + low, keys // width)

    def moments(self, spread: Spread, values: Floats) -> tuple[Floats, Floats]:
        """Return mean and sample variance of `values` over each row's events; NaN for no event, and for fewer than two."""
        count = self.count(spread)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = self.total(spread, values) / count
            deviation = values[spread.event] - mean[spread.target]
            squares = np.bincount(spread.target, weights=deviation**2, minlength=len(self))
            return np.where(count > 0, mean, np.nan), np.where(count > 1, squares / (count - 1), np.nan)
