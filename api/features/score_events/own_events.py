"""A creator's events as a run read them, and which of them the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from api.graphql.execution.field_context import FieldContext
from api.graphql.types.nouns import Ref
from api.process.computations import Computations
from api.process.expensive import expensive_step
from graph.events import creator_event_tables
from graph.plans.visibility import Reach, Visibility
from graph.reader import Reader
from graph.runs.ratings import KeptRun
from scoring.effects import Event, EventKind, Scored
from scoring.facts import Period
from scoring.outward import HELD, open_tables

Found = TypeVar("Found")

NODES: Final = {
    EventKind.CONTENT: "Content",
    EventKind.COLLABORATION: "Collaboration",
    EventKind.REPORT: "Report",
    EventKind.SALES: "Product",
}
"""What stands for an event: order lines are told by their product."""


async def tables_of(context: FieldContext, creator: str, run: KeptRun) -> Any:
    """Return the event tables of one creator, as they were known to a run, with what the viewer's scores were computed from."""
    reader = Reader(context.state.driver, context.state.settings.neo4j_database)
    tables = await creator_event_tables(reader, creator, Period(run.as_of))
    return open_tables(tables) if context.visibility.outward else tables


def held_of(visibility: Visibility) -> frozenset[str]:
    """Return the facts that stay as they are whatever is left out, since what moves them may not be told."""
    return HELD if visibility.outward else frozenset()


async def computed(context: FieldContext, scored: Sequence[Scored], work: Callable[[Sequence[Scored]], Found]) -> Found:
    """Return what `work` makes of the scores, off the event loop; LimitExceeded where that takes too long."""
    async with expensive_step(context.state, context.viewer) as step:
        seconds = context.state.settings.centrality_seconds
        checked = context.state.own.of(Computations)
        return await checked.run(lambda check: work([replace(each, check=check) for each in scored]), step=step, seconds=seconds)


def node(event: Event) -> Ref:
    """Return the node that stands for an event."""
    return Ref(NODES[event.kind], event.id)


def seen(events: Sequence[Event], tables: Any, visibility: Visibility, creator: str) -> frozenset[tuple[str, str]]:
    """Return the keys of the events that the viewer may see one by one.

    Of collaborations and products sold those of their own brands, unless they see others' or are the creator.
    """
    if visibility.others is Reach.ALL or visibility.creator == creator:
        return frozenset(event.key for event in events)
    pairs = {EventKind.COLLABORATION: tables["collaborations"], EventKind.SALES: tables["products"]}
    brands = {kind: dict(zip(rows["id"].to_pylist(), rows["brand_id"].to_pylist(), strict=True)) for kind, rows in pairs.items()}
    return frozenset(event.key for event in events if event.kind not in brands or brands[event.kind].get(event.id) in visibility.brands)
