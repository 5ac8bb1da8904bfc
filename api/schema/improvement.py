"""What would raise a score."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.planned import BY, CATEGORY, WINDOW, argument, planned


@strawberry.type(description="A fact that the creator would change.")
class FactShift:
    """`methodology` names which component reads it."""

    name: str = planned("The fact, as `methodology` names it.")
    before: float = planned("As it is.")
    after: float = planned("As it would be.")


@strawberry.type(description="Something that a creator could do, and the score that would follow if all else stayed the same.")
class Improvement:
    """Only what the creator decides alone: never followers, views, ratings or whatever rules of the trade forbid."""

    name: str = planned("Its name, which stays the same from run to run.")
    text: str = planned("What to do, in words to the creator.")
    value: float = planned("The score that would follow, 0–100.")
    low: float = planned("Lower end of its 90 % interval.")
    high: float = planned("Upper end of its 90 % interval.")
    gain: float | None = planned("Points more than now; null where there is no score now.")
    facts: list[FactShift] = planned("What it changes in the window.")


IMPROVEMENTS: Final = planned(
    "What would raise a score most, the largest gain first: the creator's facts, changed as each says, are scored again against the"
    " same peers. Empty where nothing that is known would raise it. Null where the creator has no scorecard in that window and"
    " category, and where you may not see why the score is what it is.",
    BY,
    WINDOW,
    CATEGORY,
    argument("first", int, "How many at most; up to 10.", 3),
)
