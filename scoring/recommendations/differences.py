"""Which differences between scores exceed their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple


class Estimate(NamedTuple):
    """A score with its interval; all None where there is no value."""

    value: float | None
    low: float | None
    high: float | None


class Difference(NamedTuple):
    """One pair, by place: who is ahead, by how much, and whether the intervals are apart."""

    ahead: int
    behind: int
    points: float
    distinct: bool


def differences(scores: Sequence[Estimate]) -> list[Difference]:
    """Return every pair of which both have a value, the greatest difference first; of equals, the earlier is called ahead.

    `distinct` where the 90 % intervals do not touch. That is stricter than testing the difference itself: what it
    marks stands, and what it leaves unmarked may still differ.
    """
    pairs = (_pair(scores, one, other) for one, other in combinations(range(len(scores)), 2))
    return sorted((each for each in pairs if each), key=lambda each: (-each.points, each.ahead, each.behind))


def best(scores: Sequence[Estimate]) -> int | None:
    """Return the place of the highest value, the first of equals; None where no one has a value."""
    known = [(-each.value, place) for place, each in enumerate(scores) if each.value is not None]
    return min(known)[1] if known else None


def _pair(scores: Sequence[Estimate], one: int, other: int) -> Difference | None:
    a, b = scores[one].value, scores[other].value
    if a is None or b is None:
        return None
    ahead, behind = (one, other) if a >= b else (other, one)
    low, high = scores[ahead].low, scores[behind].high
    return Difference(ahead, behind, abs(a - b), low is not None and high is not None and low > high)
