"""The published ranges that stand for exact sales where those may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from graph.plans.selection import Selection
from graph.plans.writer import quoted

USD_BOUNDS: Final = (0, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
"""Lower ends of the ranges of amounts in US dollars; each ends where the next begins, the last is open."""

COUNT_BOUNDS: Final = (0, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
"""Lower ends of the ranges of orders and units."""


def range_of(value: str, bounds: Sequence[int], selection: Selection) -> str:
    """Return the range that a value, given as an expression, lies in, as a map; null for an unknown value.

    Nothing below the first range is known: net amounts below zero count as the first.
    """
    cases = " ".join(f"WHEN x < {high} THEN {_range(low, high, selection)}" for low, high in pairwise(bounds))
    last = _range(bounds[-1], None, selection)
    return f"head([x IN [{value}] | CASE WHEN x IS NULL THEN null {cases} ELSE {last} END])"


def _range(low: int, high: int | None, selection: Selection) -> str:
    values = {"low": str(low), "high": "null" if high is None else str(high), "__typename": "'Range'"}
    return "{" + ", ".join(f"{quoted(each.key)}: {values[each.name]}" for each in selection.picks) + "}"
