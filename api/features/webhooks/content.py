"""What a webhook sends: one of three subscriptions, by what its input names."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Any, Final

import strawberry

from api.access.table import visibility
from api.errors import BadUserInput, Forbidden
from api.features.changes import moves
from api.features.changes.moves import check_places, own_ids
from api.features.changes.types import ChangeKind
from api.graphql.execution.arguments import check_named
from api.graphql.execution.field_context import reading_of
from api.graphql.mutations import Context, Refusal
from api.graphql.types.enums import Indicator, Window
from api.graphql.types.scalars import Id, Region
from api.webhooks.store import Content
from graph.plans.errors import InvalidValue, Refused

CHANGED: Final = """
subscription Changed($kinds: [ChangeKind!]) {
  changed(kinds: $kinds) { cursor at kind node { __typename id } brand { id } creator { id } details { name value } }
}
""".strip()

SCORES: Final = """
subscription ScoresChanged($creators: [ID!]!, $by: Indicator!, $window: Window!, $category: ID) {
  scoresChanged(creators: $creators, by: $by, window: $window, category: $category) {
    cursor at run { id } scores { creator { id handle region } before after }
  }
}
""".strip()

RANKING: Final = """
subscription RankingChanged($by: Indicator!, $window: Window!, $category: ID, $region: Region, $first: Int!) {
  rankingChanged(by: $by, window: $window, category: $category, region: $region, first: $first) {
    cursor at run { id } entered { rank creator { id handle region } } left { rank creator { id handle region } }
  }
}
""".strip()


@strawberry.input(description="Creators whose scores to watch, as for `scoresChanged`.")
class WatchedScoresInput:
    """The arguments of the subscription."""

    creators: list[Id] = strawberry.field(description="Global ids of 1 to 50 creators.")
    by: Indicator = strawberry.field(default=Indicator["OVERALL"], description="The indicator.")
    window: Window = strawberry.field(default=Window.D90, description="Number of days that the score looks back.")
    category: Id | None = strawberry.field(default=None, description="The category; all categories if omitted.")


@strawberry.input(description="First places of a ranking to watch, as for `rankingChanged`.")
class WatchedRankingInput:
    """The arguments of the subscription."""

    by: Indicator = strawberry.field(default=Indicator["OVERALL"], description="The indicator to rank by.")
    window: Window = strawberry.field(default=Window.D90, description="Number of days that the score looks back.")
    category: Id | None = strawberry.field(default=None, description="The category; all categories if omitted.")
    region: Region | None = strawberry.field(default=None, description="The region to rank within; as for `ranking` if omitted.")
    first: int = strawberry.field(default=10, description="Number of places to watch, at most 100.")


def content(kinds: list[ChangeKind] | None, scores: WatchedScoresInput | None, ranking: WatchedRankingInput | None) -> Content:
    """Return the subscription that an input names; `changed` where it names none, Refusal where it names two."""
    if sum(each is not None for each in (kinds, scores, ranking)) > 1:
        raise Refusal("input", "INVALID", "kinds, scores and ranking are given together; give one, and create a webhook for each other one")
    if kinds == []:
        raise Refusal("kinds", "INVALID", "kinds is an empty list, which nothing matches; omit it to match all, or list at least one value")
    if scores is not None:
        return Content(SCORES, {**_by(scores), "creators": [str(each) for each in scores.creators]})
    if ranking is not None:
        return Content(RANKING, {**_by(ranking), "region": ranking.region, "first": ranking.first})
    return Content(CHANGED, {} if kinds is None else {"kinds": [each.name for each in kinds]})


async def check(context: Context, content: Content) -> None:
    """Refuse what its subscription would be refused for when it begins: nodes that are not there, or a ranking that the key may not see."""
    if content.query == CHANGED:
        return
    run = context.state.run.seen(outward=visibility(context.viewer).outward)
    given = content.variables
    try:
        await check_named(reading_of(context.viewer, context.state), given)
        if content.query == RANKING:
            check_places(given["first"])
            text, values = moves.RANKING, given
        else:
            await moves.check_seen(context.as_of, own_ids(given["creators"]), visibility(context.viewer))
            text, values = moves.SCORES, {name: value for name, value in given.items() if name != "by"}
        if run is not None:
            await context.as_of(text, values, run)
    except (BadUserInput, Forbidden, InvalidValue, Refused) as error:
        raise Refusal("ranking" if content.query == RANKING else "scores", "INVALID", str(error)) from error


def _by(given: WatchedScoresInput | WatchedRankingInput) -> dict[str, Any]:
    return {"by": given.by.name, "window": given.window.name, "category": given.category}
