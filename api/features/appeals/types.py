"""What creators can contest, and what became of their appeals."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.features.score_changes.types import ComponentChange
from api.graphql.types.enums import named
from api.graphql.types.fields import BY, CATEGORY, WINDOW, argument, paged, planned
from api.graphql.types.filters import TimeRange, condition
from api.graphql.types.nouns import CreatorRef, Node, NodeRef, ScoringRunRef
from api.graphql.types.page import connection
from api.graphql.types.scalars import DateTime, Id

ContestableKind: Final = named(
    "ContestableKind",
    "What kind of event a creator can contest.",
    {
        "SALE": ("SALE", "A line of an order that is credited to the creator."),
        "CONTENT": ("CONTENT", "A video or live stream."),
        "COLLABORATION": ("COLLABORATION", "A collaboration, including whether and when it was delivered."),
        "FLAG": ("FLAG", "A flag that the current run has raised on the creator's data."),
    },
)
AppealStatus: Final = named(
    "AppealStatus",
    "The status of an appeal.",
    {
        "PENDING": ("PENDING", "Not decided yet."),
        "UPHELD": ("UPHELD", "Accepted: the event counts in no score from the next run on; a flag is gone at once."),
        "REJECTED": ("REJECTED", "Rejected: the event still counts."),
    },
)


@strawberry.input(
    description=(
        "Appeals by status, kind and creator. All conditions must be met. An empty list of values is an error; omit it to match all."
    )
)
class AppealFilter:
    """What is left out adds no condition."""

    and_: list[AppealFilter] | None = condition("All of these must be met.", name="and")
    or_: list[AppealFilter] | None = condition("At least one of these must be met.", name="or")
    not_: AppealFilter | None = condition("This must not be met.", name="not")
    ids: list[Id] | None = condition("One of these appeals; an id that matches nothing you may see is an error.")
    statuses: list[AppealStatus] | None = condition("Has one of these statuses.")
    kinds: list[ContestableKind] | None = condition("About one of these kinds of events.")
    due: TimeRange | None = condition("Has to be decided in this time.")
    creator: Id | None = condition("By this creator.")


@strawberry.type(
    description="What a contested event adds to one score: the score with it and without it, by the peers and everything else that the run "
    "has learnt. What the run learns anew of others without it comes on top."
)
class AppealEffect:
    """Re-scored as `scoreEvents` does it."""

    creator: CreatorRef | None = planned("The creator who is scored; null if just removed.")
    run: ScoringRunRef | None = planned(
        "The run: the current one, or the last that counted the event if the appeal was upheld. Null if just removed."
    )
    before: float = planned("The score with the event.")
    after: float | None = planned("The score without it; null if there would be none.")
    components: list[ComponentChange] = planned(
        "By component, from the score with the event to that without it; empty if there would be none. `peers` are 0."
    )


@strawberry.type(
    description="A creator's objection to an event that affects their scores. Visible to the creator, to roles that see "
    "everything, and, if it concerns a sale, a collaboration or content delivered for one, to that brand and its "
    "partner."
)
class Appeal(Node):
    """One for each creator and event."""

    kind: ContestableKind = planned("What kind of event it is about.")
    subject_id: Id = planned("Global id of the sale, content, collaboration or flag that it is about.")
    subject: NodeRef | None = planned("The event that it is about; null where it no longer exists, or you may not see it.")
    creator: CreatorRef | None = planned("The creator who objects; null if removed.")
    reason: str = planned("The reason, as the creator wrote it.")
    evidence: list[str] = planned("Addresses of what shows it, as the creator gave them.")
    status: AppealStatus = planned("Its status.")
    created_at: DateTime = planned("When it was made.")
    due_at: DateTime | None = planned("When it has to be decided (`CREATORGRAPH_APPEAL_DAYS`); null if made before there was a deadline.")
    decided_at: DateTime | None = planned("When it was decided; null while it is pending.")
    answer: str | None = planned("The grounds of the decision; null while it is pending.")
    effect: AppealEffect | None = planned(
        "What the event adds to a score of the creator. Null for a flag, where the scores that you see are not based on the event, "
        "where the run has none in that window and category, where you may not see the score's explanation, and where no run that "
        "counted the event is kept.",
        BY,
        WINDOW,
        CATEGORY,
    )


AppealConnection: Any = connection(Appeal)


@strawberry.type(description="An event that a creator can contest.")
class Contestable:
    """Named by what `contestEvent` takes."""

    subject_id: Id = planned("Global id of the event, which `contestEvent` takes as `subjectId`.")
    kind: ContestableKind = planned("What kind of event it is.")
    at: DateTime | None = planned("When it was ordered, published or delivered, or else offered; null for flags, and where unknown.")
    subject: NodeRef | None = planned("The event; null if it was just removed.")
    appeal: Appeal | None = planned("The creator's appeal against it; null where there is none.")


ContestableConnection: Any = connection(Contestable)

CONTESTABLE: Final = paged(
    "Events that the creator can contest, newest first. Null for partners and brands, who do not see creators' exact sales.",
    argument("kinds", list[ContestableKind] | None, "Only these kinds of events; all if omitted."),
)
APPEALS: Final = "Appeals that you may see, newest first: a creator's own, those that concern a brand, or all."
