"""Places among peers by score, by region and in the world."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.apply import Scores
from scoring.cells import column_codes, joint_codes
from scoring.errors import FactsError
from scoring.tables import Codes, Facts, Floats, Ints

SCOPE: Final = ("window", "category", "region")
WORLD: Final = ("window", "category")


@dataclass(frozen=True)
class Ranks:
    """Arrays [rows × names], and `peers` [rows]: how many rows the scope has, scored or not.

    `ordinal` and `world_ordinal` are places from 0 (value descending, then creator id, unscored last); in `rank` equal
    values share a place from 1, and 0 is none; `percentile` counts those below and half of those equal (NaN = none).
    """

    names: tuple[str, ...]
    ordinal: Ints
    world_ordinal: Ints
    rank: Ints
    percentile: Floats
    scored: Ints
    peers: Ints


class Places(NamedTuple):
    """One indicator's places in one kind of scope, for every row."""

    ordinal: Ints
    rank: Ints
    percentile: Floats
    scored: Ints


class Scope:
    """Rows in their scopes, ordered once by creator so that every sort by value can be a stable one."""

    def __init__(self, codes: Codes, creators: Codes) -> None:
        self.codes = codes
        self.sizes = np.bincount(codes)
        self.starts = np.concatenate(([0], np.cumsum(self.sizes)[:-1]))
        self._order = np.lexsort((creators, codes))

    def places(self, values: Floats, then: Floats | None = None) -> Places:
        """Return the places of `values`, higher first, and of equal ones by `then`; NaN comes last."""
        key = np.where(np.isnan(values), np.inf, -values)
        keys = [key] if then is None else [np.where(np.isnan(then), np.inf, -then), key]
        order = self._order[np.lexsort([each[self._order] for each in (*keys, self.codes)])]
        codes, key = self.codes[order], key[order]
        ordinal = np.arange(len(order)) - self.starts[codes]
        above, equal = _ties(codes, key, ordinal)
        known = np.isfinite(key)
        scored = np.bincount(codes[known], minlength=len(self.sizes))[codes]
        share = np.where(known, (scored - above - equal / 2.0) / np.maximum(scored, 1), np.nan)
        return Places(*(_back(order, column) for column in (ordinal, np.where(known, above + 1, 0), 100.0 * share, scored)))


def ranks(groups: Facts, scores: Scores) -> Ranks:
    """Return the ranks of `scores`; `groups` holds the columns creator, window, category and region of the same rows."""
    check_groups(groups, len(scores.value))
    creators = column_codes(groups["creator"]).codes
    region = Scope(joint_codes([column_codes(groups[name]) for name in SCOPE]).codes, creators)
    world = Scope(joint_codes([column_codes(groups[name]) for name in WORLD]).codes, creators)
    columns = range(len(scores.names))
    local = [region.places(scores.value[:, column]) for column in columns]
    wide = [world.places(scores.value[:, column]).ordinal for column in columns]
    return Ranks(
        scores.names,
        ordinal=np.stack([one.ordinal for one in local], axis=1),
        world_ordinal=np.stack(wide, axis=1),
        rank=np.stack([one.rank for one in local], axis=1),
        percentile=np.stack([one.percentile for one in local], axis=1),
        scored=np.stack([one.scored for one in local], axis=1),
        peers=region.sizes[region.codes],
    )


def world_ordinals(groups: Facts, values: Floats, then: Floats) -> Ints:
    """Return the places from 0 [rows] of `values` in the world, higher first, of equal ones by `then`, then by creator id; NaN comes last.

    `groups` holds the columns creator, window and category. Left to one region, the places are in that region's order.
    """
    creators = column_codes(groups["creator"]).codes
    world = Scope(joint_codes([column_codes(groups[name]) for name in WORLD]).codes, creators)
    return world.places(values, then).ordinal


def check_groups(groups: Facts, rows: int) -> None:
    """Raise `FactsError` where `groups` lacks a column of a scope, or has other rows than were scored."""
    for name in ("creator", *SCOPE):
        found = len(groups[name]) if name in groups else None
        if found != rows:
            raise FactsError(f"groups column {name} has {found} rows, the scores have {rows}; give the rows that were scored")


def _ties(codes: Codes, key: Floats, ordinal: Ints) -> tuple[Ints, Ints]:
    """Return how many lie above each sorted row in its scope, and how many equal it, itself among them."""
    rows = np.arange(len(key))
    fresh = np.ones(len(key), dtype=np.bool_)
    fresh[1:] = (codes[1:] != codes[:-1]) | (key[1:] != key[:-1])
    first = np.maximum.accumulate(np.where(fresh, rows, 0))
    lengths = np.diff(np.append(np.flatnonzero(fresh), len(key)))
    return ordinal - (rows - first), np.repeat(lengths, lengths)


def _back(order: Codes, column: NDArray[Any]) -> NDArray[Any]:
    every = np.empty_like(column)
    every[order] = column
    return every
