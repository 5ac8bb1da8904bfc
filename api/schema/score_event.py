"""Which events moved a score."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.node import Node
from api.schema.planned import BY, CATEGORY, WINDOW, argument, planned
from api.schema.scalars import DateTime

ScoreEventKind: Final = named(
    "ScoreEventKind",
    "What kind of event moved a score.",
    {
        "CONTENT": ("CONTENT", "A video or live stream, with the products that it shows."),
        "COLLABORATION": ("COLLABORATION", "A collaboration: how it went, what it promises, what its plan counts."),
        "REPORT": ("REPORT", "A report of the platform."),
        "SALES": ("SALES", "All order lines of one product that are credited to the creator."),
    },
)


@strawberry.type(description="An event that moved a score.")
class ScoreEvent:
    """Left out of the creator's facts, which are then scored anew."""

    kind: ScoreEventKind = planned("What it is.")
    node: Node | None = planned("The content, collaboration or report; of sales the product. Null where just removed.")
    at: DateTime | None = planned(
        "When it was published, offered or reported, of sales when the last line was ordered; null where unknown."
    )
    points: float | None = planned(
        "How many points higher the score is for it, negative where it is lower; null where without it there would be no score at all."
    )


@strawberry.type(description="The events that moved a score, those that moved it most first.")
class ScoreEvents:
    """Events work together: without two of them a score is not lower by the sum of both."""

    events: list[ScoreEvent] = planned("Those that moved it most.")
    others: int = planned("How many more moved it that you may see. Of each kind the newest 200 at most are looked at.")
    hidden: int | None = planned(
        "How many moved it that you may not see one by one: work with other brands and their products; in whole fives, null below."
    )
    sales_held: bool = planned(
        "Whether all that tells exact sales was held as it is, since you may not see it: then no points stand on sales."
    )


SCORE_EVENTS: Final = planned(
    "The events that moved a score most: for each, the creator's facts are recomputed without it and scored again against the same peers,"
    " all that is learnt of other creators and products held. Exact where facts stand on the creator's own events; near where a run weighs"
    " sources by what all creators tell together (selling, influence, and how much is posted where plans and reports tell it). Null"
    " where the creator has no scorecard in that window and category, where the run was made by another formula, and where you may not"
    " see why the score is what it is.",
    BY,
    WINDOW,
    CATEGORY,
    argument("first", int, "How many at most; up to 50.", 10),
)
