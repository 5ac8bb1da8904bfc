"""Whom a brief finds, and why."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.features.briefs.types import BriefInput, BriefWanted, CandidateReason, Goal
from api.graphql.types.enums import named
from api.graphql.types.fields import argument, planned
from api.graphql.types.nouns import CategoryRef, CreatorRef, ScoringRunRef
from api.graphql.types.scalars import Id

CommissionBasis: Final = named(
    "CommissionBasis",
    "The source of a usual commission.",
    {
        "TERMS": ("TERMS", "Terms that the creator has accepted, as far as you may see them: the lowest and the highest."),
        "REPORTED": ("REPORTED", "The platform's latest report about the creator."),
        "OPEN_PLANS": ("OPEN_PLANS", "Open plans for the products to sell: the middle half. Not specific to this creator."),
    },
)
BriefRule: Final = named(
    "BriefRule",
    "Why a creator is excluded.",
    {
        "REGION": ("REGION", "Sells in none of the regions."),
        "CATEGORY": ("CATEGORY", "Is not active in the category."),
        "SEARCH": ("SEARCH", "Is not active in any category that the search matches."),
        "FOLLOWERS": ("FOLLOWERS", "Has too few or too many followers, or an unknown number."),
        "MINIMUM_SCORE": ("MINIMUM_SCORE", "Does not reach a minimum score, or has no such score."),
        "NAMED": ("NAMED", "Is on the list of excluded creators."),
        "WORKED_WITH": ("WORKED_WITH", "Already works with the brand."),
        "EXCLUSIVE": ("EXCLUSIVE", "Works exclusively with the brands named."),
        "NOTHING_KNOWN": ("NOTHING_KNOWN", "Nothing relevant to the goal is known."),
        "BUDGET": ("BUDGET", "A post would cost more. Checked last, and only for creators whom no other rule excludes."),
    },
)


@strawberry.type(description="How many creators that you may see one rule of the brief excludes.")
class Exclusion:
    """Rules overlap: the counts may sum to more than there are."""

    rule: BriefRule = planned("The rule.")
    count: int = planned("Number of creators it excludes.")
    alone: int = planned("Number of them that no other rule excludes: the number gained by dropping this rule.")


@strawberry.type(description="One criterion of a candidate.")
class CandidateMark:
    """The base of 50 plus all contributions is the score, exactly."""

    criterion: str = planned("The criterion, as `formula` names it.")
    weight: float = planned("Its weight.")
    value: float | None = planned("The creator's value, 0–100, 50 is typical; null where unknown, which counts as typical.")
    low: float | None = planned("Lower end of its 90 % interval; null where unknown.")
    high: float | None = planned("Upper end of its 90 % interval; null where unknown.")
    contribution: float = planned("Points that it adds to the base; may be negative.")


@strawberry.type(description="Expected views of one more post.")
class ReachRange:
    """From the posts of the last 90 days, leaning on the market where these are few."""

    low: float = planned("95 % of posts get more.")
    median: float = planned("Half of the posts get more.")
    high: float = planned("5 % of posts get more.")


@strawberry.type(description="The commission that a creator usually works for, as a share from 0 to 1.")
class UsualCommission:
    """From the best source known."""

    low: float = planned("Lower end.")
    high: float = planned("Upper end.")
    basis: CommissionBasis = planned("The source of the commission.")


@strawberry.type(
    description="Expected cost of one post: the usual commission on mean sales of a shoppable post, and the median fee among "
    "terms that you may see. Where you may not see exact sales, it is based on the published range of sales."
)
class ExpectedCost:
    """Nothing is promised."""

    low: float = planned("Lower end.")
    high: float | None = planned("Upper end; null where the range of sales is open.")
    currency: str = planned("Currency of the brief's budget, else USD.")


@strawberry.type(description="A creator who fits a brief.")
class Candidate:
    """Score, interval, and what speaks for and against."""

    creator: CreatorRef | None = planned("The creator; null if removed.")
    score: float = planned("How well the creator fits the brief, 0–100; 50 is typical.")
    low: float = planned("Lower end of its 90 % interval.")
    high: float = planned("Upper end of its 90 % interval.")
    marks: list[CandidateMark] = planned("The criteria that make up the score.")
    expected_reach: ReachRange | None = planned("Expected views of one more post; null without posts with known views.")
    usual_commission: UsualCommission | None = planned("The usual commission; null where unknown.")
    expected_cost: ExpectedCost | None = planned("Expected cost of a post; null where commission or sales are unknown.")
    reasons_for: list[CandidateReason] = planned("What raises the score most, strongest first; at most three.")
    reasons_against: list[CandidateReason] = planned("What lowers the score most, at most three, followed by what is unknown.")


@strawberry.type(description="A category that the search matched.")
class SearchMatch:
    """By the words of its name and of its products' titles."""

    category: CategoryRef | None = planned("The category; null if removed.")
    matches: int = planned("Number of products and names that match.")
    weight: float = planned("How well it matches relative to the best match, which is 1.")


@strawberry.type(description="A criterion and its weight.")
class FormulaCriterion:
    """As declared for the goal."""

    name: str = planned("The criterion.")
    meaning: str = planned("What was detected.")
    weight: float = planned("Its weight; all weights sum to 1.")


@strawberry.type(description="The formula used to score candidates.")
class BriefFormula:
    """Published whole."""

    goal: Goal = planned("The goal that decides the weights.")
    base: float = planned("What the typical creator has: 50.")
    text: str = planned("The formula.")
    criteria: list[FormulaCriterion] = planned("The criteria used.")


@strawberry.type(description="The creators that fit a brief.")
class Recommendations:
    """Everything is counted among creators whom you may see."""

    wanted: BriefWanted = planned("The brief, as interpreted.")
    run: ScoringRunRef | None = planned("The scoring run used; null if it has just been removed.")
    considered: int = planned("Number of creators that you may see.")
    eligible: int = planned("Number of creators not excluded by any rule.")
    candidates: list[Candidate] = planned("The best of them, best first.")
    excluded: list[Exclusion] = planned("Creators that the brief excluded, by rule, those that exclude most first.")
    matched: list[SearchMatch] = planned(
        "Categories that the search matched, best match first; empty without a search, or where nothing matches."
    )
    formula: BriefFormula = planned("How candidates are scored.")


@strawberry.type
class Query:
    """Creators who fit a brief, at the root."""

    recommendations: Recommendations | None = planned(
        (
            "Creators who fit a brief, with score, interval and reasons, and which rules of the brief excluded the most. Null "
            "before the first run."
        ),
        argument("brief", BriefInput | None, "What you are looking for; all creators if neither this nor `briefId` is given."),
        argument("briefId", Id | None, "Global id of a saved brief, in place of `brief`."),
        argument("first", int, "Maximum number of candidates.", 20),
    )
