"""Briefs: whom a brand looks for."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import Dimension, Indicator, named
from api.schema.filters import IntRange, condition
from api.schema.node import Node
from api.schema.nouns import BrandRef, CategoryRef, CreatorRef
from api.schema.planned import planned
from api.schema.scalars import DateTime, Region

Goal: Final = named(
    "Goal",
    "What the work is to bring; it decides what weighs.",
    {
        "SALES": ("SALES", "Sales a post: ability to sell and reach."),
        "REACH": ("REACH", "People reached: reach, audience and how well content does."),
        "CONTENT": ("CONTENT", "Good content in time: how well it does, dependability, steadiness."),
    },
)


@strawberry.input(description="The most that one post may cost: commission on what it may be expected to sell, and the usual fee.")
class BudgetInput:
    """Creators whose cost is not known are not held to it."""

    amount: float = strawberry.field(description="The amount, zero or more.")
    currency: str = strawberry.field(description='ISO 4217 code, such as "USD"; one of which a rate is known.')


@strawberry.input(description="The share of the followers that one part of the audience should have.")
class AudienceWishInput:
    """Shares of a dimension sum to 1 at most; the rest may be anything."""

    dimension: Dimension = strawberry.field(description="What the followers are divided by.")
    bucket: str = strawberry.field(description="Which part: `18-24`, `FEMALE`, `US` …")
    share: float = strawberry.field(description="The share, 0–1.")


@strawberry.input(description="The least that a score over 90 days has to be, in the brief's category where it is known there.")
class MinimumScoreInput:
    """Who has no score does not reach it."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    min: float = strawberry.field(description="At least, 0–100.")


@strawberry.input(description="Whom a brand looks for. Everything may be left out: then everyone is considered.")
class BriefInput:
    """Wishes that exclude, and wishes that weigh."""

    brand: strawberry.ID | None = condition("For which brand; needed to leave out creators who work with it, and to keep the brief.")
    goal: Goal = condition("What the work is to bring.", default=Goal["SALES"])
    category: strawberry.ID | None = condition("Category of what is to be sold; creators who are not active in it are left out.")
    search: str | None = condition(
        "What the product is, in words: leads to the categories in which such products are sold, in place of `category` or within it."
        " At most 200 characters."
    )
    regions: list[Region] | None = condition("Sells in one of these regions; all that you may see if absent or empty.")
    budget: BudgetInput | None = condition("What a post may cost.")
    audience: list[AudienceWishInput] | None = condition("The audience wanted; it weighs, and excludes no one. At most 50 wishes.")
    followers: IntRange | None = condition("Number of followers; who has an unknown number is left out where this is given.")
    minimum_scores: list[MinimumScoreInput] | None = condition("The least that scores have to be.")
    exclude_worked_with: bool = condition("Leave out creators who work with the brand already, as of the current run.", default=False)
    exclude_exclusive_to: list[strawberry.ID] | None = condition(
        "Leave out creators whose work of the last 90 days is all with these brands. It reveals other brands' ties, so it is for those who"
        " see them all, and cannot be part of a saved brief; refused otherwise. At most 1,000."
    )
    exclude_creators: list[strawberry.ID] | None = condition("Leave out these creators; at most 1,000. Unknown ids are ignored.")


@strawberry.type(description="The most that one post may cost.")
class BriefBudget:
    """As given."""

    amount: float = planned("The amount.")
    currency: str = planned("ISO 4217 code.")


@strawberry.type(description="The share of the followers that one part of the audience should have.")
class AudienceWish:
    """As given."""

    dimension: Dimension = planned("What the followers are divided by.")
    bucket: str = planned("Which part.")
    share: float = planned("The share, 0–1.")


@strawberry.type(description="The least that a score has to be.")
class MinimumScore:
    """As given."""

    indicator: Indicator = planned("The indicator.")
    min: float = planned("At least, 0–100.")


@strawberry.type(description="Bounds of a whole number, both included.")
class IntBounds:
    """As given."""

    min: int | None = planned("At least; null where any will do.")
    max: int | None = planned("At most; null where any will do.")


@strawberry.type(description="What a brief wants, as it was understood.")
class BriefWanted:
    """The fields of `BriefInput`."""

    goal: Goal = planned("What the work is to bring.")
    brand: BrandRef | None = planned("For which brand; null where not given.")
    category: CategoryRef | None = planned("Category of what is to be sold; null if none was given, or if it does not exist.")
    search: str | None = planned("What the product is, in words; null where not given.")
    regions: list[Region] = planned("Sells in one of these regions; empty where any will do.")
    budget: BriefBudget | None = planned("What a post may cost; null where not given.")
    audience: list[AudienceWish] = planned("The audience wanted; empty where any will do.")
    followers: IntBounds | None = planned("Number of followers; null where any will do.")
    minimum_scores: list[MinimumScore] = planned("The least that scores have to be; empty where any will do.")
    exclude_worked_with: bool = planned("Whether creators who work with the brand already are left out.")
    exclude_exclusive_to: list[BrandRef | None] = planned("Brands whose own creators are left out; null for each that there is not.")
    exclude_creators: list[strawberry.ID] = planned("Creators who are left out, by global ids.")


@strawberry.type(description="A saved brief, which can be run again. All keys of its brand see it.")
class Brief(Node):
    """Asked again by `recommendations(briefId:)`; `runBrief` keeps whom it finds."""

    brand: BrandRef | None = planned("The brand whose it is; null where the brand is no longer there.")
    name: str = planned("Its name.")
    version: int = planned("Number of its newest version, from 1.")
    created_at: DateTime = planned("When it was made.")
    updated_at: DateTime = planned("When its newest version was made.")
    wanted: BriefWanted = planned("What its newest version wants.")


@strawberry.type(description="A brief as it was from one change to the next.")
class BriefVersion:
    """Kept as long as the brief."""

    version: int = planned("Number, from 1.")
    name: str = planned("Name that the brief had.")
    created_at: DateTime = planned("When it was made.")
    wanted: BriefWanted = planned("What it wanted.")


@strawberry.type(description="A creator whom a run of a brief found.")
class RunCandidate:
    """As it was then."""

    rank: int = planned("Place, from 1, among all whom the run found.")
    creator: CreatorRef | None = planned("The creator; null where no longer there.")
    score: float = planned("How well the creator fitted, 0–100.")
    low: float = planned("Lower end of the 90 % interval.")
    high: float = planned("Upper end of the 90 % interval.")


@strawberry.type(
    description="The creators that a brief found at one time, as the brand itself would see them, regardless of who ran it;"
    " only those that you may see."
    " The newest 50 runs of a brief are stored."
)
class BriefRun(Node):
    """Kept by `runBrief`."""

    brief: Brief | None = planned("The brief; null where it was just removed.")
    version: int = planned("Version of the brief that was asked.")
    at: DateTime = planned("When it was asked.")
    as_of: DateTime = planned("As-of date of the scoring run that answered.")
    considered: int = planned("Creators considered, by who ran it.")
    eligible: int = planned("Creators whom no rule excluded.")
    candidates: list[RunCandidate] = planned("Those found, the best first; a hundred at most.")


@strawberry.type(description="A creator whom both of two runs found.")
class MovedCandidate:
    """Between two runs of one brief."""

    creator: CreatorRef | None = planned("The creator; null where no longer there.")
    rank_before: int = planned("Place in the earlier run.")
    rank_after: int = planned("Place in the later run.")
    score_before: float = planned("Score in the earlier run.")
    score_after: float = planned("Score in the later run.")
    distinct: bool = planned("Whether the 90 % intervals of the two scores do not touch.")


@strawberry.type(description="What one run of a brief found otherwise than another.")
class BriefRunChanges:
    """Of creators whom you may see."""

    before: BriefRun = planned("The one run.")
    after: BriefRun = planned("The other run.")
    entered: list[RunCandidate] = planned("Those whom only the later run found, the best first.")
    left: list[RunCandidate] = planned("Those whom only the earlier run found, the best first.")
    moved: list[MovedCandidate] = planned("Those whom both found at another place or with another score, the furthest moved first.")
