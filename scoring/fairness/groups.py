"""What a run says of each group of creators: how many have a score, its mean, its intervals, and how it differs at equal evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.fairness.differences import difference
from scoring.tables import Bools, Floats, Ints

SMALLEST: Final = 5
"""Creators of a group that is told of: of fewer, a mean would tell of single ones."""
MOST: Final = 30
"""Groups of a kind that are told of: the largest."""


@dataclass(frozen=True, slots=True)
class GroupScores:
    """One score of one group; NaN where too few have it.

    `width` is that of the 90 % interval, `difference` and `difference_error` are against all others of as much evidence.
    """

    kind: str
    group: str
    creators: int
    scored: int
    mean: float
    error: float
    width: float
    difference: float
    difference_error: float


def group_scores(values: Floats, widths: Floats, evidence: Ints, groups: Mapping[str, Mapping[str, Bools]]) -> list[GroupScores]:
    """Return one score of every group; `groups` says by kind and name which creators belong to it."""
    return [_of(kind, name, values, widths, evidence, member) for kind, named in groups.items() for name, member in _told(named)]


def _told(named: Mapping[str, Bools]) -> Iterator[tuple[str, Bools]]:
    """Yield the largest groups, by name."""
    sizes = {name: int(member.sum()) for name, member in named.items() if member.sum() >= SMALLEST}
    for name in sorted(sorted(sizes, key=lambda each: (-sizes[each], each))[:MOST]):
        yield name, named[name]


def _of(  # noqa: PLR0913 -- columns of one score
    kind: str, name: str, values: Floats, widths: Floats, evidence: Ints, member: Bools
) -> GroupScores:
    own = np.sort(values[member & ~np.isnan(values)])
    apart = difference(values, evidence, member)
    some = len(own) >= SMALLEST
    return GroupScores(
        kind=kind,
        group=name,
        creators=int(member.sum()),
        scored=len(own),
        mean=float(own.mean()) if some else np.nan,
        error=float(own.std(ddof=1) / np.sqrt(len(own))) if some else np.nan,
        width=float(np.sort(widths[member & ~np.isnan(values)]).mean()) if some else np.nan,
        difference=apart.points if some else np.nan,
        difference_error=apart.error if some else np.nan,
    )
