"""From an order to its source, within what the viewer may see."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.access.table import Permission, may, visibility
from api.access.viewer import Viewer
from api.cypher.queries import examination
from api.error_mapping import translated
from api.errors import BadUserInput, Forbidden, NotReady
from api.exports.communities import community_colours
from api.exports.creators import creators_of, refuse_unfit
from api.exports.network import network_of, refuse_unknown
from api.exports.order import Order
from api.exports.person import creator_of, person_of
from api.exports.proven import proven
from api.exports.results import result_of
from api.graphql.execution.arguments import local
from graph.exports import ImportTables, Reading, Scorecards, Source, WholeGraph, run_of
from graph.plans.visibility import Reach
from graph.queries import Refused
from graph.runs import Run

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState


async def permitted(order: Order, viewer: Viewer, state: ReadState) -> None:
    """Raise where the viewer may not have what is ordered, or it cannot be made: before a job is begun, and again as it begins."""
    match order.what:
        case "network":
            _own(order, viewer)
            _refuse_large(order, state)
            await refuse_unknown(order, viewer, state)
        case "creator":
            creator_of(order.options, viewer)
        case "creators":
            _allowed(viewer, Permission.EXPLORE)
            await refuse_unfit(order, viewer, state, reading_of(state))
        case "scorecards" if order.options.get("manifest") or (may(viewer, Permission.EXPLORE) and not order.options):
            pass
        case _:
            _allowed(viewer, Permission.BOUNDED_CYPHER)
    if order.what == "query":
        found = await examination(state, viewer, order.options["query"], order.options.get("parameters", {}))
        if found.refusals:
            raise translated(Refused(found.refusals), "")


@asynccontextmanager
async def source_of(order: Order, viewer: Viewer, state: ReadState) -> AsyncGenerator[Source]:
    """Yield what to export; the scoring run is the current one, and stays it."""
    await permitted(order, viewer, state)
    if order.what == "query":
        async with result_of(order, viewer, state) as result:
            yield result
    else:
        yield await _read(order, viewer, state)


def reading_of(state: ReadState) -> Reading:
    """Return the reader of the graph for exports."""
    return Reading(state.driver, state.settings.neo4j_database, float(state.settings.query_seconds))


async def _read(order: Order, viewer: Viewer, state: ReadState) -> Source:
    reading = reading_of(state)
    match order.what:
        case "network":
            return await network_of(order, viewer, state)
        case "creator":
            return await person_of(order.options, viewer, reading, state)
        case "creators":
            return await creators_of(order, viewer, state, reading)
        case "scorecards":
            run = await run_of(reading, order.options["run"]) if "run" in order.options else _current(state)
            run = run.outward() if visibility(viewer).outward else run
            if order.options.get("manifest"):
                return await proven(reading, run, viewer)
            return Scorecards(reading, run, _regions(viewer), facts_too=order.options.get("facts", False))
        case _:
            return ImportTables(reading) if order.options.get("tables") else await _whole(order, reading, state.run.run)


async def _whole(order: Order, reading: Reading, run: Run | None) -> WholeGraph:
    source = WholeGraph(reading, run, order.options.get("labels", ()))
    if order.format == "gexf":
        source.colours = await community_colours(source)
    return source


def _regions(viewer: Viewer) -> tuple[str, ...] | None:
    """Return the regions whose creators the viewer sees; None for all."""
    seen = visibility(viewer)
    match seen.creators:
        case Reach.ALL:
            return None
        case Reach.REGIONS:
            return seen.regions
        case _:
            return ()


def _own(order: Order, viewer: Viewer) -> None:
    """Raise unless the viewer may explore, and sees the ties of the brand: who sees counts only has nothing to draw."""
    _allowed(viewer, Permission.EXPLORE)
    brand = local("options.brand", order.options["brand"], "Brand")
    if visibility(viewer).others is not Reach.ALL and brand not in viewer.brands:
        raise Forbidden(
            f"the network of the brand {brand[:80]} is not one that this key may export; choose one of {', '.join(viewer.brands) or 'none'}"
        )


def _refuse_large(order: Order, state: ReadState) -> None:
    most = state.settings.max_network
    if order.options.get("first", 0) > most:
        raise BadUserInput(f"options.first is {order.options['first']:,}; a network has at most {most:,} nodes")


def _allowed(viewer: Viewer, permission: Permission) -> None:
    if not may(viewer, permission):
        raise Forbidden(f"a key of the role {viewer.role} may not create this export; use a key of a role that may")


def _current(state: ReadState) -> Run:
    run = state.run.run
    if run is None:
        raise NotReady("there is no scoring run yet; run `creatorgraph score`")
    return run
