"""Briefs: whom a brand looks for."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import Dimension, Indicator, named
from api.graphql.types.fields import ID, REFUSED, argument, paged, planned
from api.graphql.types.filters import IntRange, condition
from api.graphql.types.nouns import BrandRef, BriefRef, BriefRunRef, CategoryRef, CreatorRef, Node
from api.graphql.types.page import PageInfo
from api.graphql.types.scalars import DateTime, Id, Region

Goal: Final = named(
    "Goal",
    "The goal of the collaboration, which determines the weights.",
    {
        "SALES": ("SALES", "Sales per post: sales ability and reach."),
        "REACH": ("REACH", "People reached: reach, audience and content success."),
        "CONTENT": ("CONTENT", "Good content on time: content success, dependability and consistency."),
    },
)


@strawberry.input(description="Maximum cost of one post: commission on its expected sales, plus the usual fee.")
class BudgetInput:
    """Creators whose cost is not known are not held to it."""

    amount: float = strawberry.field(description="The amount, zero or more.")
    currency: str = strawberry.field(description='ISO 4217 code, such as "USD", of a currency with a known exchange rate.')


@strawberry.input(description="The desired share of followers in one group of the audience.")
class AudienceWishInput:
    """Shares of a dimension sum to 1 at most; the rest may be anything."""

    dimension: Dimension = strawberry.field(description="The dimension that the followers are split by.")
    bucket: str = strawberry.field(description="The group: `18-24`, `FEMALE`, `US` …")
    share: float = strawberry.field(description="The share, 0–1.")


@strawberry.input(description="A minimum score over 90 days, in the brief's category if the score is known there.")
class MinimumScoreInput:
    """Who has no score does not reach it."""

    indicator: Indicator = strawberry.field(description="The indicator.")
    min: float = strawberry.field(description="At least, 0–100.")


@strawberry.input(description="What a brand is looking for. All fields are optional; without any, all creators are considered.")
class BriefInput:
    """Wishes that exclude, and wishes that weigh."""

    brand: Id | None = condition("The brand; required to exclude creators who work with it, and to save the brief.")
    goal: Goal = condition("The goal of the collaboration.", default=Goal["SALES"])
    category: Id | None = condition("Category of the products to sell; creators who are not active in it are excluded.")
    search: str | None = condition(
        "A description of the product, used to find matching categories, instead of `category` or within it. At most 200 characters."
    )
    regions: list[Region] | None = condition("Sells in one of these regions; all that you may see if omitted or empty.")
    budget: BudgetInput | None = condition("Maximum cost of a post.")
    audience: list[AudienceWishInput] | None = condition(
        "The desired audience; it affects the score, but excludes no creator. At most 50 entries."
    )
    followers: IntRange | None = condition("Number of followers; if given, creators with an unknown number are excluded.")
    minimum_scores: list[MinimumScoreInput] | None = condition("Minimum scores.")
    exclude_worked_with: bool = condition("Exclude creators who already work with the brand, as of the current run.", default=False)
    exclude_exclusive_to: list[Id] | None = condition(
        "Exclude creators who worked only with these brands in the last 90 days. It reveals other brands' ties, so it is "
        "available only to roles that see them all, and cannot be part of a saved brief. At most 1,000."
    )
    exclude_creators: list[Id] | None = condition("Exclude these creators; at most 1,000. Unknown ids are ignored.")


@strawberry.type(description="Maximum cost of one post.")
class BriefBudget:
    """As given."""

    amount: float = planned("The amount.")
    currency: str = planned("ISO 4217 code.")


@strawberry.type(description="The desired share of followers in one group of the audience.")
class AudienceWish:
    """As given."""

    dimension: Dimension = planned("The dimension that the followers are split by.")
    bucket: str = planned("The group.")
    share: float = planned("The share, 0–1.")


@strawberry.type(description="A minimum score.")
class MinimumScore:
    """As given."""

    indicator: Indicator = planned("The indicator.")
    min: float = planned("At least, 0–100.")


@strawberry.type(description="Bounds of a whole number, both included.")
class IntBounds:
    """As given."""

    min: int | None = planned("Minimum; null for any.")
    max: int | None = planned("Maximum; null for any.")


@strawberry.type(description="The contents of a brief, as interpreted.")
class BriefWanted:
    """The fields of `BriefInput`."""

    goal: Goal = planned("The goal of the collaboration.")
    brand: BrandRef | None = planned("The brand; null where not given.")
    category: CategoryRef | None = planned("Category of the products to sell; null if none was given, or if it does not exist.")
    search: str | None = planned("A description of the product; null where not given.")
    regions: list[Region] = planned("Sells in one of these regions; empty for any region.")
    budget: BriefBudget | None = planned("Maximum cost of a post; null where not given.")
    audience: list[AudienceWish] = planned("The desired audience; empty for any.")
    followers: IntBounds | None = planned("Number of followers; null for any.")
    minimum_scores: list[MinimumScore] = planned("Minimum scores; empty for any.")
    exclude_worked_with: bool = planned("Whether creators who already work with the brand are excluded.")
    exclude_exclusive_to: list[BrandRef | None] = planned(
        "Brands whose exclusive creators are excluded; null for each that does not exist."
    )
    exclude_creators: list[Id] = planned("Creators to exclude, by global id.")


@strawberry.type(description="A saved brief, which can be run again. All keys of its brand see it.")
class Brief(Node):
    """Asked again by `recommendations(briefId:)`; `runBrief` keeps whom it finds."""

    brand: BrandRef | None = planned("The brand that owns it; null if the brand was removed.")
    name: str = planned("Its name.")
    version: int = planned("Number of its newest version, from 1.")
    created_at: DateTime = planned("When it was made.")
    updated_at: DateTime = planned("When its newest version was made.")
    wanted: BriefWanted = planned("The contents of its newest version.")


@strawberry.type(description="One version of a brief.")
class BriefVersion:
    """Kept as long as the brief."""

    version: int = planned("Number, from 1.")
    name: str = planned("The brief's name in this version.")
    created_at: DateTime = planned("When it was made.")
    wanted: BriefWanted = planned("The contents of this version.")


@strawberry.type(description="One reason, as text.")
class CandidateReason:
    """From a criterion, or from what is not known."""

    criterion: str | None = planned("The criterion; null if the reason is about cost.")
    points: float = planned("Points that it adds to the score; zero if something is unknown.")
    text: str = planned("The reason.")


@strawberry.type(description="A creator whom a run of a brief found.")
class RunCandidate:
    """As it was then."""

    rank: int = planned("Rank, from 1, among all creators found.")
    creator: CreatorRef | None = planned("The creator; null if removed.")
    score: float = planned("How well the creator fitted, 0–100.")
    low: float = planned("Lower end of the 90 % interval.")
    high: float = planned("Upper end of the 90 % interval.")
    reasons_for: list[CandidateReason] | None = planned(
        "What raised the score most, strongest first; at most three. Null in runs that were saved without reasons, by an earlier version."
    )
    reasons_against: list[CandidateReason] | None = planned(
        "What lowered the score most, at most three, followed by what was unknown. Null in runs that were saved without reasons, "
        "by an earlier version."
    )


@strawberry.type(
    description="The creators that one run of a brief found, as the brand itself would see them, regardless of who ran it; "
    "limited to those that you may see. The newest 50 runs of a brief are stored."
)
class BriefRun(Node):
    """Kept by `runBrief`."""

    brief: Brief | None = planned("The brief; null if it was just removed.")
    version: int = planned("Version of the brief that was run.")
    at: DateTime = planned("When it was run.")
    as_of: DateTime = planned("As-of date of the scoring run used.")
    considered: int = planned("Number of creators considered, from those that the key that ran it may see.")
    eligible: int = planned("Number of creators whom no rule excluded.")
    candidates: list[RunCandidate] = planned("Creators found, best first; at most 100.")


@strawberry.type(description="A creator found by both runs.")
class MovedCandidate:
    """Between two runs of one brief."""

    creator: CreatorRef | None = planned("The creator; null if removed.")
    rank_before: int = planned("Rank in the earlier run.")
    rank_after: int = planned("Rank in the later run.")
    score_before: float = planned("Score in the earlier run.")
    score_after: float = planned("Score in the later run.")
    distinct: bool = planned("Whether the 90 % intervals of the two scores do not overlap.")


@strawberry.type(description="The differences between two runs of a brief.")
class BriefRunChanges:
    """Of creators whom you may see."""

    before: BriefRunRef = planned("The earlier run.")
    after: BriefRunRef = planned("The later run.")
    entered: list[RunCandidate] = planned("Creators found only by the later run, best first.")
    left: list[RunCandidate] = planned("Creators found only by the earlier run, best first.")
    moved: list[MovedCandidate] = planned("Creators found by both with a different rank or score, largest change first.")


@strawberry.type(description="A brief with its cursor.")
class BriefEdge:
    """One place of the list."""

    cursor: str = planned("Cursor for `after` and `before`.")
    node: BriefRef | None = planned("The brief; null if it was just deleted.")


@strawberry.type(description="A page of briefs, most recently changed first.")
class BriefConnection:
    """A brief that is changed meanwhile moves to the first page."""

    edges: list[BriefEdge] = planned("The briefs with their cursors.")
    nodes: list[BriefRef | None] = planned("The briefs without their cursors.")
    page_info: PageInfo = planned("The page's position in the list.")
    total_count: int = planned("Total number of briefs.")


BRIEF = argument("brief", Id, "Global id of the brief.")


@strawberry.type
class Query:
    """Saved briefs, at the root."""

    briefs: list[Brief] | None = planned(
        f"Briefs of your brands, most recently changed first; `savedBriefs` has all of them in pages. {REFUSED}",
        argument("brand", Id | None, "Only briefs of this brand."),
        argument("first", int, "How many.", 20),
    )
    saved_briefs: BriefConnection | None = paged(
        "All briefs of your brands in pages, most recently changed first.", argument("brand", Id | None, "Only briefs of this brand.")
    )
    brief: Brief | None = planned("One brief; null if none that you may see has this id.", ID)
    brief_versions: list[BriefVersion] | None = planned(
        "The versions of a brief, newest first; null if no brief that you may see has this id.",
        BRIEF,
        argument("first", int, "How many.", 20),
    )
    brief_runs: list[BriefRun] | None = planned(
        "The runs of a brief with the creators found, newest first; null if no brief that you may see has this id.",
        BRIEF,
        argument("first", int, "Maximum number to return, at most 20.", 5),
    )
    compare_brief_runs: BriefRunChanges | None = planned(
        "Creators who entered, left and moved between two runs of a brief; null if you may not see one of the runs.",
        argument("before", Id, "Global id of one run; the earlier of both counts as `before` in the answer, whichever is named first."),
        argument("after", Id, "Global id of the other run."),
    )
