"""`centrality` and `centralityCost`: a measure of all nodes of a bounded part of the graph, and what it would cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Final, TypeVar

import numpy as np

from api.access.table import Permission
from api.errors import BadUserInput, LimitExceeded
from api.features.centrality.scopes import Numbered, numbered, scoped
from api.features.centrality.types import Centrality, CentralityCost, CentralityRow
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.nouns import Ref
from api.process.computations import Computations
from api.process.expensive import expensive_step
from graph.networks.scope import Pairs, ScopeTooLarge
from graph.plans.values import split_id
from scoring import ScoringError
from scoring.centrality import MEASURES, Cost, Kind, cost
from scoring.centrality import Centrality as Measured
from scoring.centrality import centrality as measured

SEEDS: Final = 100
ROWS: Final = 100
DIGITS: Final = 10
"""Of a value over the largest, within which two are equal."""

Found = TypeVar("Found")


async def centrality(context: FieldContext) -> Centrality:
    """Return the nodes of a scope with the largest values of a measure; LimitExceeded where it would cost too much."""
    began = perf_counter()
    context.allowed(Permission.BOUNDED_CYPHER)
    kind, seeds, first = _asked(context)

    def compute(read: Pairs, check: Callable[[], None]) -> tuple[Numbered, Measured]:
        network = numbered(context, read)
        if reason := _too_dear(context, cost(network.graph, kind)):
            raise LimitExceeded(reason)
        return network, measured(network.graph, kind, seeds=_numbers(network, seeds), check=check)

    try:
        network, found = await _computed(context, compute)
    except ScopeTooLarge as error:
        raise LimitExceeded(str(error), nodes=error.nodes, edges=error.pairs) from error
    except ScoringError as error:
        raise LimitExceeded(f"centrality: {error}") from error
    known = set(network.nodes)
    return Centrality(
        nodes=network.graph.nodes,
        edges=network.graph.edges,
        directed=network.graph.directed,
        weighted=MEASURES[kind].weighted,
        call=found.call,
        unseen_seeds=[text for text, ref in seeds.items() if ref not in known],
        milliseconds=round((perf_counter() - began) * 1000, 2),
        rows=_rows(network, found, only=context.arguments.get("only"), first=first),
    )


async def centrality_cost(context: FieldContext) -> CentralityCost:
    """Return what a measure of a scope would cost, without computing it."""
    context.allowed(Permission.BOUNDED_CYPHER)
    kind = Kind(context.arguments["kind"])

    def compute(read: Pairs, check: Callable[[], None]) -> CentralityCost:
        graph = numbered(context, read).graph
        check()
        found = cost(graph, kind)
        reason = _too_dear(context, found)
        return CentralityCost(
            nodes=graph.nodes,
            edges=graph.edges,
            operations=float(found.operations),
            seconds=found.seconds,
            allowed=reason is None,
            reason=reason,
        )

    try:
        return await _computed(context, compute)
    except ScopeTooLarge as error:
        return CentralityCost(nodes=error.nodes, edges=error.pairs, operations=None, seconds=None, allowed=False, reason=str(error))


def _asked(context: FieldContext) -> tuple[Kind, Mapping[str, Ref], int]:
    """Return measure, seeds by the ids given, and the number of rows; BadUserInput where they do not go together."""
    kind, first = Kind(context.arguments["kind"]), context.arguments.get("first", 20)
    given = context.arguments.get("seeds") or ()
    if first > ROWS:
        raise BadUserInput(f"centrality: first is {first}; give at most {ROWS}")
    if len(given) > SEEDS:
        raise BadUserInput(f"seeds: {len(given):,} are given; give at most {SEEDS}")
    if bool(given) != (kind is Kind.PERSONALISED_PAGERANK):
        remedy = "omit seeds, or use PERSONALISED_PAGERANK" if given else "give 1 to 100 seeds, the nodes at which it restarts"
        raise BadUserInput(f"seeds: {kind.value} {'does not use' if given else 'needs'} them; {remedy}")
    return kind, {text: _seed(text) for text in given}, first


def _seed(text: str) -> Ref:
    kind, own = split_id(text)
    if kind not in ("Creator", "Brand", "Product"):
        raise BadUserInput(f"seeds: {text!r} is not valid; give global ids of creators, brands or products")
    return Ref(kind, own)


async def _computed(context: FieldContext, compute: Callable[[Pairs, Callable[[], None]], Found]) -> Found:
    """Read the scope and compute from it, as an expensive step; ScopeTooLarge where it is."""
    async with expensive_step(context.state, context.viewer) as step:
        read = await scoped(context)
        seconds = context.state.settings.centrality_seconds
        return await context.state.own.of(Computations).run(lambda check: compute(read, check), step=step, seconds=seconds)


def _too_dear(context: FieldContext, found: Cost) -> str | None:
    """Return why a measure is not computed; None where it is."""
    most = context.state.settings.centrality_seconds
    if found.seconds <= most:
        return None
    return (
        f"this takes about {found.seconds:,.0f} s; {most} s are allowed: narrow the scope by category, regions, brand, window or"
        " minWeight, or choose a cheaper measure"
    )


def _numbers(network: Numbered, seeds: Mapping[str, Ref]) -> list[int]:
    """Return the seeds that are in the scope; BadUserInput where there are seeds and none is."""
    wanted = set(seeds.values())
    found = [number for number, each in enumerate(network.nodes) if each in wanted]
    if wanted and not found:
        raise BadUserInput("seeds: none of them is in this scope; give nodes that have a tie in it, or widen it")
    return found


def _rows(network: Numbered, found: Measured, *, only: str | None, first: int) -> list[CentralityRow]:
    """Return the nodes with the largest values; equals, up to rounding, share the rank of the first of them."""
    listed = [number for number, each in enumerate(network.nodes) if only in (None, each.kind)]
    ids = [network.nodes[number].global_id for number in listed]
    values = found.values[listed]
    below = np.round(-values / (values.max(initial=0.0) or 1.0), DIGITS)
    places = sorted(range(len(listed)), key=lambda place: (below[place], ids[place]))[:first]
    ranks = np.searchsorted(np.sort(below), below) + 1
    return [
        CentralityRow(
            rank=int(ranks[place]),
            node_id=ids[place],
            node=network.nodes[listed[place]],
            value=float(values[place]),
            hub=None if found.hubs is None else float(found.hubs[listed[place]]),
        )
        for place in places
    ]
