"""Why a candidate fits a brief, and why not, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from api.features.briefs.types import CandidateReason
from api.features.recommendations.types import CandidateMark, ExpectedCost
from graph.exactness import number_or_none
from scoring.recommendations.fits import Criterion

MOST: Final = 3
LEAST_POINTS: Final = 1.0
"""What moves the score by less is not worth a sentence."""

WORDS: Final = {
    "sales_ability": ("sells better than the typical creator", "sells less well than the typical creator"),
    "expected_reach": ("posts reach more people than the typical creator's", "posts reach fewer people than the typical creator's"),
    "category": ("shows products of the category more often than others", "seldom shows products of the category"),
    "audience": (
        "followers match the desired audience better than others'",
        "followers match the desired audience less well than others'",
    ),
    "content_success": ("content does well for the size of the audience", "content does less well than its audience size suggests"),
    "influence": ("is more influential than the typical creator", "is less influential than the typical creator"),
    "cooperation": ("is more dependable with brands than others", "is less dependable with brands than others"),
    "content_volume": ("produces more content than others", "produces less content than others"),
    "consistency": ("is steadier than others", "is less steady than others"),
}


def reasons_for(marks: Sequence[CandidateMark]) -> list[CandidateReason]:
    """Return what raises the score most, the strongest first."""
    return [_reason(each, 0) for each in _strongest(each for each in marks if each.contribution >= LEAST_POINTS)]


def reasons_against(marks: Sequence[CandidateMark], *, priced: bool, cost: ExpectedCost | None) -> list[CandidateReason]:
    """Return what lowers the score most, then what is not known; `priced` tells that the brief has a budget."""
    found = [_reason(each, 1) for each in _strongest(each for each in marks if each.contribution <= -LEAST_POINTS)]
    found += [
        CandidateReason(
            criterion=each.criterion, points=0.0, text=f"{each.criterion.replace('_', ' ')} is not known, and counts as typical"
        )
        for each in marks
        if each.value is None
    ]
    if priced and cost is None:
        found.append(CandidateReason(criterion=None, points=0.0, text="the cost of a post is not known, so the budget was not checked"))
    return found


def marks_of(criteria: Sequence[Criterion], weights: Sequence[float], rows: Sequence[Sequence[float]]) -> list[CandidateMark]:
    """Return a candidate's marks, from its rows of values, lows, highs and contributions; NaN becomes None."""
    return [
        CandidateMark(criterion=criterion.name, weight=weight, value=value, low=low, high=high, contribution=contribution)
        for criterion, weight, *interval, contribution in zip(criteria, weights, *rows, strict=True)
        for value, low, high in [map(number_or_none, interval)]
    ]


def _strongest(marks: Iterable[CandidateMark]) -> list[CandidateMark]:
    return sorted(marks, key=lambda each: (-abs(each.contribution), each.criterion))[:MOST]


def _reason(mark: CandidateMark, side: int) -> CandidateReason:
    place = "" if mark.value is None else f" ({mark.value:.0f} of 100, {mark.low:.0f} to {mark.high:.0f})"
    return CandidateReason(criterion=mark.criterion, points=mark.contribution, text=WORDS[mark.criterion][side] + place)
