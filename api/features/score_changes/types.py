"""Why a score changed."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import BY, CATEGORY, WINDOW, argument, planned
from api.graphql.types.nouns import ScoringRunRef
from api.graphql.types.scalars import Id

EventKind: Final = named(
    "EventKind",
    "What happened.",
    {
        "POSTS": ("POSTS", "Videos and live streams published."),
        "COLLABORATIONS": ("COLLABORATIONS", "Collaborations offered."),
        "SALES": ("SALES", "Order lines credited to the creator."),
        "REPORTS": ("REPORTS", "Reports of the platform about the creator."),
    },
)


@strawberry.type(description="A fact that changed.")
class FactChange:
    """`methodology` names which component reads it."""

    name: str = planned("The fact, as `methodology` names it.")
    before: float | None = planned("In the earlier run; null where unknown.")
    after: float | None = planned("In the current run; null where unknown.")


@strawberry.type(description="What one component adds to the change of a score.")
class ComponentChange:
    """Of `OVERALL`, a component is an indicator."""

    name: str = planned("The component, as `methodology` names it.")
    change: float = planned("Points that it adds to the change: `own` plus `peers`.")
    own: float = planned("Points due to the creator's own facts, measured against the earlier run's peers.")
    peers: float = planned("Points due to the change of peers, for the same facts.")
    raw_before: float | None = planned("The value as measured in the earlier run; null without evidence.")
    raw_after: float | None = planned("The value as measured in the current run; null without evidence.")
    facts: list[FactChange] = planned("Facts of the component that changed.")


@strawberry.type(description="Events that entered the window since the earlier run, and events that left it.")
class EventChange:
    """Counted from what is known now."""

    kind: EventKind = planned("What happened.")
    entered: int | None = planned(
        "Number that entered the window. Others' collaborations are rounded down to multiples of five, null below five; sales "
        "are null where you may not see exact ones."
    )
    left: int | None = planned("Number that left the window; null when `entered` is.")
    points: float | None = planned(
        "The part of `own` due to events that only one of the two runs has read. Null where there would be no score without "
        "them, and for sales and collaborations where your scores are not based on individual ones."
    )


@strawberry.type(
    description="Why a score changed: `own`, `peers` and `formula` add up to `change`, and the components to `own` and `peers`, exactly."
)
class ScoreChange:
    """Re-scored step by step: old facts among old peers, new facts among old peers, new facts among new peers."""

    since: ScoringRunRef | None = planned("The earlier run; null if just removed.")
    before: float | None = planned("The score in the earlier run; null where there was none.")
    after: float | None = planned("The score in the current run; null where there is none.")
    change: float | None = planned("`after` minus `before`; null if there is a `reason`.")
    own: float | None = planned(
        "Points due to the creator's own facts, as events entered and left the window; null if there is a `reason`."
    )
    peers: float | None = planned("Points due to what was learnt from all creators; null if there is a `reason`.")
    formula: float | None = planned(
        "Points due to a change of formula, including its effect on the peers; 0 where the formula is the same, null if there "
        "is a `reason`."
    )
    formula_changed: bool = planned("Whether the two runs used different formula versions.")
    reason: str | None = planned("Why the change cannot be explained; null if it can.")
    components: list[ComponentChange] = planned(
        "The change by component; empty if it cannot be explained, or if the old facts are not sufficient for the new formula."
    )
    events: list[EventChange] = planned("Events that entered and left the window; empty within a category.")
    rest: float | None = planned(
        "The part of `own` not explained by the `points` of `events`: updates to events in both runs (views, refunds, "
        "answers), the passing of time, and joint effects of several kinds. Null when `own` is, and within a category."
    )


SCORE_CHANGE: Final = planned(
    "Why a score changed since an earlier run. Null where either run has no scorecard in that window and category, where there is no"
    " earlier run, and where you may not see why.",
    BY,
    WINDOW,
    CATEGORY,
    argument("since", Id | None, ("Global id of an earlier run that is still stored; the run before the current one if omitted.")),
)
