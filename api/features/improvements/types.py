"""What would raise a score."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.fields import BY, CATEGORY, WINDOW, argument, planned


@strawberry.type(description="A fact that the creator would change.")
class FactShift:
    """`methodology` names which component reads it."""

    name: str = planned("The fact, as `methodology` names it.")
    before: float = planned("Its current value.")
    after: float = planned("Its value after the change.")


@strawberry.type(description="Something that a creator could do, and the resulting score if everything else stays the same.")
class Improvement:
    """Only what the creator decides alone: never followers, views, ratings or whatever rules of the trade forbid."""

    name: str = planned("Its name, which stays the same from run to run.")
    text: str = planned("What to do, addressed to the creator.")
    value: float = planned("The resulting score, 0–100.")
    low: float = planned("Lower end of its 90 % interval.")
    high: float = planned("Upper end of its 90 % interval.")
    gain: float | None = planned("Points gained over the current score; null where there is none.")
    facts: list[FactShift] = planned("What it changes in the window.")


IMPROVEMENTS: Final = planned(
    "What would raise a score most, largest gain first: for each, the creator's facts are changed and scored again against the "
    "same peers. Empty if no known change would raise it. Null where the creator has no scorecard in that window and category, "
    "and where you may not see the score's explanation.",
    BY,
    WINDOW,
    CATEGORY,
    argument("first", int, "Maximum number to return, up to 10.", 3),
)
