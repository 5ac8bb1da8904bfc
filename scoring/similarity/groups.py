"""Groups of creators whose places in the graph are alike: spherical k-means (Dhillon and Modha 2001), seeded as k-means++ is."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.similarity.projection import Matrix, unit
from scoring.tables import Floats, Ints

SIZE: Final = 40
"""Creators in a group on average; a group of people who know each other's names is about as large."""

MOST_GROUPS: Final = 500
ROUNDS: Final = 12
SEED: Final = 40
NONE: Final = -1


def groups(rows: Matrix) -> Ints:
    """Return the number of each row's group, `NONE` for rows of zeros; groups are numbered in the order of their first rows."""
    rows = unit(rows)
    known = np.flatnonzero(rows.any(axis=1))
    found = np.full(len(rows), NONE, dtype=np.int64)
    if len(known):
        found[known] = _numbered(_clustered(rows[known], min(max(round(len(known) / SIZE), 1), MOST_GROUPS)))
    return found


def _clustered(rows: Matrix, count: int) -> Ints:
    centres = rows[_seeds(rows, count)]
    nearest = np.argmax(rows @ centres.T, axis=1)
    for _ in range(ROUNDS):
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        centres = np.where(sums.any(axis=1, keepdims=True), unit(sums), centres)
        moved = np.argmax(rows @ centres.T, axis=1)
        if np.array_equal(moved, nearest):
            break
        nearest = moved
    return nearest.astype(np.int64)


def _seeds(rows: Matrix, count: int) -> list[int]:
    """Return rows far from each other: each is drawn with a chance that grows with its distance from those before."""
    draw = np.random.default_rng(SEED)
    seeds = [0]
    distance = _distance(rows, 0)
    while len(seeds) < count and distance.sum() > 0:
        sums: Floats = np.cumsum(distance)
        drawn: np.intp = np.searchsorted(sums, draw.random() * float(sums[-1]), side="right")
        seeds.append(min(int(drawn), len(rows) - 1))
        distance = np.minimum(distance, _distance(rows, seeds[-1]))
    return seeds


def _distance(rows: Matrix, to: int) -> Floats:
    near: Floats = (rows @ rows[to]).astype(np.float64)
    return np.maximum(1.0 - near, 0.0)


def _numbered(groups: Ints) -> Ints:
    _, first, which = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first, kind="stable"), kind="stable")[which].astype(np.int64)
