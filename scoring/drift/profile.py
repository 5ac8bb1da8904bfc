"""How the values of columns lie, in few numbers: what one run keeps for the next to be held against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.tables import Floats, Ints

TENTHS: Final = np.arange(1, 10) / 10.0


@dataclass(frozen=True, slots=True)
class Profile:
    """For each column the borders of its tenths and how many rows lie in each bin: up to a border, beyond the last, and unknown.

    A value that many rows share is one border, so there may be fewer bins than ten.
    """

    borders: Mapping[str, tuple[float, ...]]
    counts: Mapping[str, tuple[int, ...]]

    def to_json(self) -> str:
        """Return it as text."""
        return json.dumps({name: [self.borders[name], self.counts[name]] for name in sorted(self.borders)})

    @classmethod
    def from_json(cls, text: str) -> Profile:
        """Return what `to_json` wrote."""
        stored: dict[str, Any] = json.loads(text)
        return cls({name: tuple(one[0]) for name, one in stored.items()}, {name: tuple(one[1]) for name, one in stored.items()})


def profile(columns: Mapping[str, NDArray[Any]]) -> Profile:
    """Return how columns lie, all of one length; NaN is unknown. The order of rows changes nothing."""
    values = {name: np.asarray(column, dtype=np.float64) for name, column in columns.items()}
    borders = {name: _borders(column) for name, column in values.items()}
    return Profile(borders, {name: tuple(binned(column, borders[name]).tolist()) for name, column in values.items()})


def _borders(values: Floats) -> tuple[float, ...]:
    """Return the tenths, each a value that there is, each once."""
    known = values[~np.isnan(values)]
    if not len(known):
        return ()
    return tuple(np.unique(np.quantile(known, TENTHS, method="inverted_cdf")).tolist())


def binned(values: Floats, borders: tuple[float, ...]) -> Ints:
    """Return how many values lie in each bin, the last one the unknown."""
    unknown = np.isnan(values)
    bins = np.searchsorted(np.asarray(borders), values[~unknown], side="left")
    counts = np.bincount(bins, minlength=len(borders) + 1)
    return np.append(counts, unknown.sum()).astype(np.int64)
