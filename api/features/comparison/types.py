"""Creators side by side."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import strawberry

from api.graphql.types.enums import Indicator, Window
from api.graphql.types.fields import CATEGORY, CREATORS, REFUSED, WINDOW, planned
from api.graphql.types.nouns import CategoryRef, CreatorRef
from api.graphql.types.scalars import Id


@strawberry.type(description="One creator's score in a comparison.")
class ComparedScore:
    """A null value has its reason."""

    creator: CreatorRef | None = planned("The creator; null if just removed.")
    value: float | None = planned("The score, 0–100; null below the minimum evidence, with a `reason`.")
    low: float | None = planned("Lower end of the 90 % interval; null without a value.")
    high: float | None = planned("Upper end of the 90 % interval; null without a value.")
    evidence: int = planned("Number of pieces of evidence it is based on.")
    percentile: float | None = planned("Percentile among the peers, 0–100, as in `Score`; null without a value.")
    reason: str | None = planned("Why there is no value; null where there is one.")


@strawberry.type(description="Two creators' scores of one indicator.")
class ScoreDifference:
    """Of those who both have a value."""

    ahead: CreatorRef | None = planned("The creator with the higher score, or the first in your order if equal; null if just removed.")
    behind: CreatorRef | None = planned("The other creator; null if just removed.")
    points: float = planned("Difference in points.")
    distinct: bool = planned("Whether the 90 % intervals do not overlap. If they overlap, the difference may be due to chance.")


@strawberry.type(description="One indicator of all creators compared.")
class ComparedIndicator:
    """All share window and category."""

    indicator: Indicator = planned("The indicator.")
    scores: list[ComparedScore] = planned("The scores, in the order of the creators.")
    best: CreatorRef | None = planned(
        "The creator with the highest score, or the first in your order if equal; null where no creator has a value."
    )
    differences: list[ScoreDifference] = planned("Each pair of creators with a value, largest difference first.")


@strawberry.type(
    description=(
        "A comparison of creators. Scores are relative to peers of the same region, so comparisons across regions are less meaningful."
    )
)
class Comparison:
    """Profile fields are those of `creators`."""

    creators: list[CreatorRef | None] = planned("The creators whom you may see, in the order given.")
    missing: list[Id] = planned("Ids, as given, that name no creator whom you may see.")
    window: Window = planned("Number of days that the scores look back.")
    category: CategoryRef | None = planned("The category; null for all categories, or if it does not exist.")
    indicators: list[ComparedIndicator] = planned("All indicators; empty before the first run.")


@strawberry.type
class Query:
    """Creators side by side, at the root."""

    compare: Comparison | None = planned(
        f"Compares creators, and shows which differences exceed their intervals. {REFUSED}", CREATORS, WINDOW, CATEGORY
    )
