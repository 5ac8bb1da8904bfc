"""Whom a brief finds, and why."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.brief import BriefWanted, Goal
from api.schema.enums import named
from api.schema.nouns import CategoryRef, CreatorRef
from api.schema.planned import planned
from api.schema.run import ScoringRun

CommissionBasis: Final = named(
    "CommissionBasis",
    "What a usual commission is known from.",
    {
        "TERMS": ("TERMS", "Terms that the creator has accepted, as far as you may see them: the lowest and the highest."),
        "REPORTED": ("REPORTED", "What the platform last reported of the creator."),
        "OPEN_PLANS": ("OPEN_PLANS", "Open plans of what is to be sold: the middle half. It says nothing of this creator."),
    },
)
BriefRule: Final = named(
    "BriefRule",
    "Why a creator is left out.",
    {
        "REGION": ("REGION", "Sells in none of the regions."),
        "CATEGORY": ("CATEGORY", "Is not active in the category."),
        "SEARCH": ("SEARCH", "Is not active in any category that the search leads to."),
        "FOLLOWERS": ("FOLLOWERS", "Has too few or too many followers, or an unknown number."),
        "MINIMUM_SCORE": ("MINIMUM_SCORE", "Does not reach a minimum score, or has no such score."),
        "NAMED": ("NAMED", "Is named among those to be left out."),
        "WORKED_WITH": ("WORKED_WITH", "Works with the brand already."),
        "EXCLUSIVE": ("EXCLUSIVE", "Works with none but the brands named."),
        "NOTHING_KNOWN": ("NOTHING_KNOWN", "Nothing that weighs for the goal is known."),
        "BUDGET": ("BUDGET", "A post would cost more. Looked at last: held against those alone whom no other rule excludes."),
    },
)


@strawberry.type(description="How many creators one rule of the brief leaves out, among those whom you may see.")
class Exclusion:
    """Rules overlap: the counts may sum to more than there are."""

    rule: BriefRule = planned("The rule.")
    count: int = planned("How many it leaves out.")
    alone: int = planned("How many of them no other rule leaves out: so many more would be found without it.")


@strawberry.type(description="One criterion of a candidate.")
class CandidateMark:
    """The base of 50 plus all contributions is the score, exactly."""

    criterion: str = planned("The criterion, as `formula` names it.")
    weight: float = planned("Its weight.")
    value: float | None = planned("How well the creator does, 0–100, 50 is typical; null where unknown, which counts as typical.")
    low: float | None = planned("Lower end of its 90 % interval; null where unknown.")
    high: float | None = planned("Upper end of its 90 % interval; null where unknown.")
    contribution: float = planned("Points that it adds to the base; may be negative.")


@strawberry.type(description="Views that one more post may be expected to have.")
class ReachRange:
    """From the posts of the last 90 days, leaning on the market where these are few."""

    low: float = planned("Nineteen of twenty posts have more.")
    median: float = planned("Half of the posts have more.")
    high: float = planned("One of twenty posts has more.")


@strawberry.type(description="The commission that a creator usually works for, as shares 0–1.")
class UsualCommission:
    """From the best source known."""

    low: float = planned("Lower end.")
    high: float = planned("Upper end.")
    basis: CommissionBasis = planned("What it is known from.")


@strawberry.type(
    description="What one post may be expected to cost: the usual commission on mean sales of a shoppable post, and the median fee among"
    " terms that you may see. Where exact sales may not be shown to you, from the published range of the sales."
)
class ExpectedCost:
    """Nothing is promised."""

    low: float = planned("Lower end.")
    high: float | None = planned("Upper end; null where the range of sales is open.")
    currency: str = planned("Currency of the brief's budget, else USD.")


@strawberry.type(description="One reason, in words.")
class CandidateReason:
    """From a criterion, or from what is not known."""

    criterion: str | None = planned("The criterion; null where it is about the cost.")
    points: float = planned("Points that it adds to the score; zero where something is not known.")
    text: str = planned("The reason.")


@strawberry.type(description="A creator who fits a brief.")
class Candidate:
    """Score, interval, and what speaks for and against."""

    creator: CreatorRef | None = planned("The creator; null where no longer there.")
    score: float = planned("How well the creator fits, 0–100; 50 is typical.")
    low: float = planned("Lower end of its 90 % interval.")
    high: float = planned("Upper end of its 90 % interval.")
    marks: list[CandidateMark] = planned("What the score is made of.")
    expected_reach: ReachRange | None = planned("Views of one more post; null where no post with known views is known.")
    usual_commission: UsualCommission | None = planned("The commission usually asked; null where nothing tells.")
    expected_cost: ExpectedCost | None = planned("What a post may cost; null where commission or sales are not known.")
    reasons_for: list[CandidateReason] = planned("What raises the score most, the strongest first; three at most.")
    reasons_against: list[CandidateReason] = planned("What lowers the score most, three at most, then what is not known.")


@strawberry.type(description="A category that the search led to.")
class SearchMatch:
    """By the words of its name and of its products' titles."""

    category: CategoryRef | None = planned("The category; null where no longer there.")
    matches: int = planned("Products and names that match.")
    weight: float = planned("How well it matches against the best one, which is 1.")


@strawberry.type(description="A criterion that counted, and its weight.")
class FormulaCriterion:
    """As declared for the goal."""

    name: str = planned("The criterion.")
    meaning: str = planned("What it says.")
    weight: float = planned("Its weight; all weights sum to 1.")


@strawberry.type(description="The formula by which candidates are scored, as it was used.")
class BriefFormula:
    """Published whole."""

    goal: Goal = planned("The goal that decides the weights.")
    base: float = planned("What the typical creator has: 50.")
    text: str = planned("The formula.")
    criteria: list[FormulaCriterion] = planned("What counted.")


@strawberry.type(description="Whom a brief finds.")
class Recommendations:
    """Everything is counted among creators whom you may see."""

    wanted: BriefWanted = planned("The brief, as it was understood.")
    run: ScoringRun | None = planned("The scoring run that answers; null where it has just been dropped.")
    considered: int = planned("Creators whom you may see.")
    eligible: int = planned("Those whom no rule leaves out.")
    candidates: list[Candidate] = planned("The best of them, the best first.")
    excluded: list[Exclusion] = planned("What the brief left out, the rule that left out most first.")
    matched: list[SearchMatch] = planned(
        "Categories that the search led to, the best first; empty without a search, or where nothing matches."
    )
    formula: BriefFormula = planned("How they are scored.")
