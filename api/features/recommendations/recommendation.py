"""What a brief is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from api.features.briefs.brief import Wanted
from api.features.recommendations.costs import ExpectedCost, UsualCommission
from api.features.recommendations.reasons import Mark, Reason
from api.features.recommendations.rules import Exclusion
from api.graphql.execution.field_context import Ref


@dataclass(frozen=True, slots=True)
class ReachRange:
    """Views of one more post."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A creator who fits, with all that speaks for and against it."""

    creator: Ref
    creator_id: str
    score: float
    low: float
    high: float
    marks: list[Mark]
    expected_reach: ReachRange | None
    usual_commission: UsualCommission | None
    expected_cost: ExpectedCost | None
    reasons_for: list[Reason]
    reasons_against: list[Reason]


@dataclass(frozen=True, slots=True)
class Matched:
    """A category that the search led to."""

    category: Ref
    matches: int
    weight: float


@dataclass(frozen=True, slots=True)
class WeighedCriterion:
    """A criterion that counted, and its weight."""

    name: str
    meaning: str
    weight: float


@dataclass(frozen=True, slots=True)
class BriefFormula:
    """The formula, as it was used."""

    goal: str
    base: float
    text: str
    criteria: list[WeighedCriterion]


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The answer to a brief."""

    wanted: Wanted
    run: Ref
    considered: int
    eligible: int
    candidates: list[Candidate]
    excluded: list[Exclusion]
    matched: list[Matched]
    formula: BriefFormula
