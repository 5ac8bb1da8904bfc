"""ChangeFeed, and what they did to scores and rankings."""

# Enums and connections are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.graphql.types.enums import named
from api.graphql.types.fields import BY, CATEGORY, REFUSED, REGION, WINDOW, argument, planned
from api.graphql.types.nouns import BrandRef, CreatorRef, NodeRef, ScoringRunRef
from api.graphql.types.scalars import DateTime, Id
from graph.outbox import KINDS


def enum_name(kind: str) -> str:
    """Return the name of a kind of event as GraphQL writes enums."""
    return kind.replace(".", "_").upper()


ChangeKind: Any = named("ChangeKind", "What happened.", {enum_name(each.name): (each.name, each.meaning) for each in KINDS.values()})

CURSOR: Final = "Where to go on: pass it as `since`."
SINCE: Final = argument(
    "since", str | None, "A cursor from `changes` or a subscription: what happened after it comes first. From now on if omitted."
)
ONLY: Final = argument("kinds", list[ChangeKind] | None, "Kinds of changes to be told of; all that you may see if omitted.")


@strawberry.type(description="Something that an event carries.")
class ChangeDetail:
    """One value."""

    name: str = planned("What it is.")
    value: str = planned("The value, as text.")


@strawberry.type(description="Something that happened, once its change was stored.")
class Change:
    """Nodes are read as they are now."""

    scoreless = True

    cursor: str = planned(CURSOR)
    at: DateTime = planned("When it happened.")
    kind: ChangeKind = planned("What happened.")
    node: NodeRef | None = planned("The node that it happened to, as it is now; null if it was deleted, or has no global id.")
    brand: BrandRef | None = planned("The brand that it concerns; null where it concerns none.")
    creator: CreatorRef | None = planned("The creator whom it concerns; null where it concerns none.")
    details: list[ChangeDetail] = planned("What is known of it beside the nodes, by name.")


class Crossing(Change):
    """A change that tells of a creator's scores, since they have met or missed what an alert asks for."""

    scoreless = False


@strawberry.type(description="ChangeFeed in the order in which they were stored, without a gap.")
class ChangeFeed:
    """As many as were asked for."""

    changes: list[Change] = planned("The changes, oldest first.")
    cursor: str = planned("Where to go on: pass it as `since` for what comes after these, or to a subscription.")
    has_more: bool = planned("Whether there are more already.")


@strawberry.type(description="A score before and after a scoring run.")
class ScoreMove:
    """Of one creator."""

    creator: CreatorRef | None = planned("The creator; null if just removed.")
    before: float | None = planned("The score in the run before; null where there was none.")
    after: float | None = planned("The score in the run; null where there is none.")


@strawberry.type(description="What a scoring run did to the scores of creators that are watched.")
class ScoresChanged:
    """Only those that it changed."""

    cursor: str = planned(CURSOR)
    at: DateTime = planned("When the run was published.")
    run: ScoringRunRef | None = planned("The run; null if it is no longer stored.")
    scores: list[ScoreMove] = planned("The scores that changed, in the order of `creators`.")


@strawberry.type(description="A place in a ranking.")
class RankedPlace:
    """Of one creator."""

    rank: int = planned("The rank in the ranking, from 1.")
    creator: CreatorRef | None = planned("The creator; null if just removed.")


@strawberry.type(description="Who entered and who left the first places of a ranking with a scoring run.")
class RankingChanged:
    """Nothing is told where the same creators stay."""

    cursor: str = planned(CURSOR)
    at: DateTime = planned("When the run was published.")
    run: ScoringRunRef | None = planned("The run; null if it is no longer stored.")
    entered: list[RankedPlace] = planned("Who entered, with the rank in the new run.")
    left: list[RankedPlace] = planned("Who left, with the rank in the run before.")


@strawberry.type
class Query:
    """The changes at the root."""

    changes: ChangeFeed | None = planned(
        "What happened after a cursor, of what concerns you. Without `since` nothing is listed: keep the cursor, read what you need, "
        f"then ask for what changed since. The error STALE_CURSOR says that it is too old: read everything anew. {REFUSED}",
        argument("since", str | None, "A cursor from an earlier answer."),
        ONLY,
        argument("first", int, "Maximum number of changes.", 100),
    )


@strawberry.type
class Subscription:
    """What is told as it happens."""

    changed: Change = planned("Each change that concerns you.", SINCE, ONLY)
    scores_changed: ScoresChanged = planned(
        "A scoring run that changed the score of any of these creators.",
        argument("creators", list[Id], "Global ids of 1 to 50 creators."),
        BY,
        WINDOW,
        CATEGORY,
        SINCE,
    )
    ranking_changed: RankingChanged = planned(
        "A scoring run after which other creators hold the first places of a ranking.",
        BY,
        CATEGORY,
        REGION,
        WINDOW,
        argument("first", int, "Number of places to watch, at most 100.", 10),
        SINCE,
    )
