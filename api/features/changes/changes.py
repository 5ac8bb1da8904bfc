"""`changes`: what happened after a cursor, of what a viewer is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from api.events.places import cursor, number, stale
from api.events.told import told
from api.features.changes.types import Change, ChangeDetail, ChangeFeed, Crossing, enum_name
from api.graphql.execution.field_context import FieldContext
from api.graphql.execution.streaming import Watching
from api.graphql.types.nouns import Ref
from graph.dates import iso_time
from graph.feeds import newest_told, news_after
from graph.outbox import ALERT_ENTERED, ALERT_LEFT, KINDS, EventsForgotten, Recorded
from graph.plans.bounds import one_of
from graph.plans.values import KINDS as NODES

CROSSINGS: Final = (ALERT_ENTERED, ALERT_LEFT)


async def changes(context: FieldContext) -> ChangeFeed:
    """Return the changes after `since`, as many as asked for; without it none, and where to begin."""
    state, home, first = context.state, context.state.settings.home, context.arguments["first"]
    concerning, database = told(context.viewer, wanted_kinds(context.arguments)), state.settings.neo4j_database
    if context.arguments.get("since") is None:
        newest = await newest_told(state.driver, told(context.viewer), database=database)
        return ChangeFeed(changes=[], cursor=cursor(home, newest), has_more=False)
    since = number(home, context.arguments["since"])
    try:
        found = await news_after(state.driver, since, concerning, first=first + 1, database=database)
    except EventsForgotten as error:
        raise stale() from error
    shown = found.events[:first]
    return ChangeFeed(
        changes=[change(each, cursor(home, each.number)) for each in shown],
        cursor=cursor(home, shown[-1].number) if shown else context.arguments["since"],
        has_more=len(found.events) > first,
    )


def wanted_kinds(arguments: Mapping[str, Any]) -> Collection[str]:
    """Return the kinds that are asked for, all where none are named; InvalidValue for an empty list."""
    kinds: Collection[str] | None = arguments.get("kinds")
    one_of("kinds", kinds)
    return KINDS if kinds is None else kinds


async def check_kinds(watching: Watching) -> None:
    """Refuse an empty list of kinds."""
    wanted_kinds(watching.context.arguments)


def change(recorded: Recorded, at: str) -> Change:
    """Return an event as the API tells it."""
    event = recorded.event
    return (Crossing if event.kind in CROSSINGS else Change)(
        cursor=at,
        at=iso_time(recorded.at),
        kind=enum_name(event.kind.name),
        node=Ref(event.kind.subject, event.subject) if event.kind.subject in NODES else None,
        brand=None if event.brand is None else Ref("Brand", event.brand),
        creator=None if event.creator is None else Ref("Creator", event.creator),
        details=list(_details(recorded)),
    )


def _details(recorded: Recorded) -> Iterator[ChangeDetail]:
    for name, value in recorded.event.payload.items():
        if value is None:  # it told of a creator who was erased
            continue
        text = str(value).lower() if isinstance(value, bool) else str(value)
        yield ChangeDetail(name=name, value=text)
