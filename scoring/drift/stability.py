"""The population stability index: Σ (p − q) ln(p / q) over bins, q a bin's share in the run before and p its share now.

Two samples of n and m rows of the same population have an index that is about (1/n + 1/m) times χ² with one degree less than there
are bins (Yurdakul and Naranjo 2020). So the index is told less what is expected by chance, and a column counts as drifted only where the
index is beyond all but one in a thousand of what chance gives to any column: a small market does not drift by having few creators.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType] (SciPy ships none)

from scoring.drift.profile import Profile, binned

LIMIT: Final = 0.25
"""From which on a population is usually taken for another one."""
CHANCE: Final = 1e-3
ADDED: Final = 0.5
"""Rows added to each bin, so that an empty one has a logarithm."""


@dataclass(frozen=True, slots=True)
class Stability:
    """One column: its index less what chance gives on average (never below 0), and whether it has drifted."""

    name: str
    index: float
    drifted: bool


def stability(before: Profile, columns: Mapping[str, NDArray[Any]], *, limit: float = LIMIT) -> list[Stability]:
    """Return how columns lie against a profile, the most moved first; without those that the profile lacks, or that have no rows."""
    shared = sorted(name for name in columns if sum(before.counts.get(name, ())) and len(columns[name]))
    found = [_stability(name, before, columns[name], limit, len(shared)) for name in shared]
    return sorted(found, key=lambda each: (-each.index, each.name))


def _stability(name: str, before: Profile, column: NDArray[Any], limit: float, columns: int) -> Stability:
    then = np.asarray(before.counts[name], dtype=np.float64)
    now = binned(np.asarray(column, dtype=np.float64), before.borders[name]).astype(np.float64)
    some = (then + now) > 0
    then, now = then[some], now[some]
    degrees, scale = len(then) - 1, 1.0 / then.sum() + 1.0 / now.sum()
    p, q = ((each + ADDED) / (each + ADDED).sum() for each in (now, then))
    raw = float(((p - q) * np.log(p / q)).sum())
    beyond_chance = degrees > 0 and raw > scale * float(chdtri(degrees, CHANCE / columns))
    index = max(raw - scale * degrees, 0.0)
    return Stability(name, index, drifted=beyond_chance and index > limit)
