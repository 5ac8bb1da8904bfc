"""How well creators fit a brief: one published formula, declared as data, whose contributions add up to the score exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring.errors import ScoringError
from scoring.finding.marks import DEVIATION, Marks
from scoring.points import BASE, NINETY, contribution
from scoring.tables import Floats

GOALS: Final = ("SALES", "REACH", "CONTENT")
UNKNOWN_ERROR: Final = DEVIATION
"""Standard error of a mark of which nothing is known: that of a creator drawn by lot."""

FORMULA: Final = (
    "score = 50 + Σ weight × (mark − 50). A mark is 50 for the typical creator and 20 more for each standard deviation up, within"
    " 0 and 100: among all creators considered for measures, among the peers for scores, where 84 is one deviation up. A criterion"
    " that the brief does not ask for gives its weight to the others. A creator of whom a mark is not known counts as typical"
    " there, with a wide interval. The interval takes the marks' errors to be independent: ± 1.645 × √Σ (weight × error)², within"
    " 0 and 100."
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
    Criterion("expected_reach", "Views that a post may be expected to have, among all creators considered.", 0.45, 0.55, 0.10),
    Criterion("category", "Share of the shoppable posts that show products of the category.", 0.05, 0.05, 0.15),
    Criterion("audience", "How near the followers' make-up comes to the audience wanted.", 0.05, 0.20, 0.05),
    Criterion("content_success", "How well content does, for the size of the audience.", 0.00, 0.15, 0.25, "content_success", local=True),
    Criterion("influence", "Weight among creators, products and brands.", 0.05, 0.00, 0.00, "influence", local=True),
    Criterion("cooperation", "How dependable the creator is with brands.", 0.05, 0.05, 0.20, "cooperation"),
    Criterion("content_volume", "How much is produced.", 0.00, 0.00, 0.10, "content_volume"),
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
