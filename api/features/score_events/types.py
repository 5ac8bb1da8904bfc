"""Which events moved a score."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import BY, CATEGORY, WINDOW, argument, planned
from api.graphql.types.nouns import NodeRef
from api.graphql.types.scalars import DateTime

ScoreEventKind: Final = named(
    "ScoreEventKind",
    "The kind of event that affected a score.",
    {
        "CONTENT": ("CONTENT", "A video or live stream, with the products that it shows."),
        "COLLABORATION": ("COLLABORATION", "A collaboration: its outcome, its terms, and the counts of its plan."),
        "REPORT": ("REPORT", "A report of the platform."),
        "SALES": ("SALES", "All order lines of one product that are credited to the creator."),
    },
)


@strawberry.type(description="An event that affected a score.")
class ScoreEvent:
    """Left out of the creator's facts, which are then scored anew."""

    kind: ScoreEventKind = planned("The kind of event.")
    node: NodeRef | None = planned("The content, collaboration or report; for sales, the product. Null if just removed.")
    at: DateTime | None = planned(
        "When it was published, offered or reported; for sales, when the last line was ordered. Null where unknown."
    )
    points: float | None = planned(
        "Points that it adds to the score, negative if it lowers it; null if there would be no score without it."
    )


@strawberry.type(description="The events that affected a score, those with the largest effect first.")
class ScoreEvents:
    """Events work together: without two of them a score is not lower by the sum of both."""

    events: list[ScoreEvent] = planned("The events with the largest effect.")
    others: int = planned("Number of further events that you may see. At most the newest 200 of each kind are considered.")
    hidden: int | None = planned(
        "Number of events that you may not see individually: collaborations with other brands, and their products; rounded "
        "down to a multiple of five, null below five."
    )
    sales_held: bool = planned("Whether exact sales were left unchanged because you may not see them; if so, no points are based on sales.")


SCORE_EVENTS: Final = planned(
    "The events that affected a score most: for each, the creator's facts are recomputed without it and scored again against "
    "the same peers, leaving everything learnt from other creators and products unchanged. Exact where facts depend only on "
    "the creator's own events; approximate where a run weighs sources by data of all creators (sales ability, influence, and "
    "posting rates known from plans and reports). Null where the creator has no scorecard in that window and category, where "
    "the run used another formula version, and where you may not see the score's explanation.",
    BY,
    WINDOW,
    CATEGORY,
    argument("first", int, "Maximum number to return, up to 50.", 10),
)
