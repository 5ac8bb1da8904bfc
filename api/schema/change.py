"""Why a score changed."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.schema.enums import named
from api.schema.planned import BY, CATEGORY, WINDOW, argument, planned
from api.schema.run import ScoringRun

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
    own: float = planned("Points by the creator's own facts, held against the earlier run's peers.")
    peers: float = planned("Points by the peers against whom the same facts are now held.")
    raw_before: float | None = planned("The value as measured in the earlier run; null without evidence.")
    raw_after: float | None = planned("The value as measured now; null as `rawBefore` is.")
    facts: list[FactChange] = planned("Facts of the component that changed.")


@strawberry.type(description="Events that came into the window since the earlier run, and events that left it.")
class EventChange:
    """Counted from what is known now."""

    kind: EventKind = planned("What happened.")
    entered: int | None = planned(
        "New in the window. Others' collaborations in whole fives, null below; sales null where you may not see exact ones."
    )
    left: int | None = planned("No longer in the window; null as `entered` is.")
    points: float | None = planned(
        "Points of `own` by what the later run has read and the earlier one had not, and by what only the earlier one had read. Null"
        " where there would be no score without, and of sales and collaborations where your scores do not stand on them one by one."
    )


@strawberry.type(
    description="Why a score changed: `own`, `peers` and `formula` add up to `change`, and the components to `own` and `peers`, exactly."
)
class ScoreChange:
    """Re-scored step by step: old facts among old peers, new facts among old peers, new facts among new peers."""

    since: ScoringRun | None = planned("The earlier run; null where just dropped.")
    before: float | None = planned("The score then; null where there was none.")
    after: float | None = planned("The score now; null where there is none.")
    change: float | None = planned("`after` less `before`; null with a `reason`.")
    own: float | None = planned("Points by the creator's own facts: events that came and went; null with a `reason`.")
    peers: float | None = planned("Points by what was learnt from all creators; null with a `reason`.")
    formula: float | None = planned(
        "Points by a change of the formula, and of the peers with it; 0 where it is the same, null with a `reason`."
    )
    formula_changed: bool = planned("Whether the two runs were made by different formulas.")
    reason: str | None = planned("Why the change cannot be explained; null if it can.")
    components: list[ComponentChange] = planned(
        "By component; empty if the change cannot be explained, or is a change of the formula that the old facts are not enough for."
    )
    events: list[EventChange] = planned("What came and went; empty within a category.")
    rest: float | None = planned(
        "What is left of `own` beside the `points` of `events`: news of events that both runs have read (views, refunds, answers), what"
        " time itself changes, and what several kinds do together. Null as `own` is, and within a category."
    )


SCORE_CHANGE: Final = planned(
    "Why a score changed since an earlier run. Null where either run has no scorecard in that window and category, where there is no"
    " earlier run, and where you may not see why.",
    BY,
    WINDOW,
    CATEGORY,
    argument("since", strawberry.ID | None, "Global id of the earlier run, still stored; the one before the current if absent."),
)
