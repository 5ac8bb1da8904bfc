"""How well creators fit a brief: one published formula, declared as data, whose contributions add up to the score exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring.errors import ScoringError
from scoring.points import BASE, NINETY, contribution
from scoring.recommendations.marks import DEVIATION, Marks
from scoring.tables import Floats

GOALS: Final = ("SALES", "REACH", "CONTENT")
UNKNOWN_ERROR: Final = DEVIATION
"""Standard error of a mark of which nothing is known: that of a creator drawn by lot."""

FORMULA: Final = (
    "score = 50 + Σ weight × (mark − 50). A mark is 50 for a typical creator, with 20 points for each standard deviation, limited to 0"
    " to 100: among all creators considered for measures, and among the creator's peers for scores, where one deviation above the typical"
    " creator is 84. The weight of a criterion that the brief does not use goes to the other criteria. If a mark is unknown, the creator"
    " counts as typical, with a wide interval. The interval assumes independent errors: ± 1.645 × √Σ (weight × error)², limited to 0"
    " to 100."
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One respect in which a creator fits, and what it weighs by goal.

    `indicator` names the score that is its mark, over everything, or where `local` in the category if it is known there.
    """

    name: str
    meaning: str
    sales: float
    reach: float
    content: float
    indicator: str | None = None
    local: bool = False

    def weight(self, goal: str) -> float:
        """Return what it weighs for a goal."""
        return {"SALES": self.sales, "REACH": self.reach, "CONTENT": self.content}[goal]


CRITERIA: Final = (
    # Sales a post are views times sales a view: both weigh alike for SALES, the former more since it is known better.
    Criterion("sales_ability", "How well the content sells.", 0.35, 0.00, 0.00, "sales_ability", local=True),
    Criterion("expected_reach", "Expected views of a post, among all creators considered.", 0.45, 0.55, 0.10),
    Criterion("category", "Share of the shoppable posts that show products of the category.", 0.05, 0.05, 0.15),
    Criterion("audience", "How similar the followers are to the requested audience.", 0.05, 0.20, 0.05),
    Criterion(
        "content_success", "How well content performs for the size of the audience.", 0.00, 0.15, 0.25, "content_success", local=True
    ),
    Criterion("influence", "Influence in the graph of creators, products and brands.", 0.05, 0.00, 0.00, "influence", local=True),
    Criterion("cooperation", "How dependable the creator is with brands.", 0.05, 0.05, 0.20, "cooperation"),
    Criterion("content_volume", "How much content is produced.", 0.00, 0.00, 0.10, "content_volume"),
    Criterion("consistency", "How steady the creator is.", 0.00, 0.00, 0.15, "consistency"),
)


class Fits(NamedTuple):
    """How well each creator fits: criteria in order with weights, marks and contributions [rows × criteria], and the score."""

    criteria: tuple[Criterion, ...]
    weights: tuple[float, ...]
    value: Floats
    low: Floats
    high: Floats
    contributions: Floats
    score: Floats
    score_low: Floats
    score_high: Floats


def criteria_of(goal: str, marked: Mapping[str, object]) -> tuple[tuple[Criterion, float], ...]:
    """Return the criteria that weigh for a goal among those that are marked, and their weights, which sum to 1."""
    if goal not in GOALS:
        raise ScoringError(f"{goal!r} is no goal; give one of {', '.join(GOALS)}")
    used = [each for each in CRITERIA if each.name in marked and each.weight(goal) > 0]
    total = sum(each.weight(goal) for each in used)
    return tuple((each, each.weight(goal) / total) for each in used)


def fits(goal: str, marks: Mapping[str, Marks]) -> Fits:
    """Return how well each row of the marks fits a goal; 50 for all where no criterion is marked.

    Base plus contributions is the score to the last bit, in any order of adding.
    """
    used = criteria_of(goal, marks)
    rows = max((len(each.value) for each in marks.values()), default=0)
    value, low, high = (_stacked([getattr(marks[each.name], of) for each, _ in used], rows) for of in ("value", "low", "high"))
    weights = np.array([weight for _, weight in used])
    known = np.isfinite(value)
    contributions = contribution(np.broadcast_to(weights, value.shape), np.where(known, value, BASE))
    error = np.where(known, (high - low) / (2.0 * NINETY), UNKNOWN_ERROR)
    margin = NINETY * np.sqrt(np.sum((weights * error) ** 2, axis=1))
    score = BASE + contributions.sum(axis=1)
    return Fits(
        tuple(each for each, _ in used),
        tuple(float(each) for each in weights),
        value,
        low,
        high,
        contributions,
        score,
        np.clip(score - margin, 0.0, 100.0),
        np.clip(score + margin, 0.0, 100.0),
    )


def _stacked(columns: list[Floats], rows: int) -> Floats:
    return np.stack(columns, axis=1) if columns else np.empty((rows, 0))
