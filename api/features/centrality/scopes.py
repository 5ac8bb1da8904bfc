"""The part of the graph that a centrality is asked of: read as pairs within bounds, then numbered as one graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from time import time
from typing import Final

from api.errors import BadUserInput, LimitExceeded
from api.graphql.execution.arguments import local
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.nouns import Ref
from graph.networks.scope import Bounds, Pairing, Pairs, Scope, ScopeTooLarge, pairs
from graph.queries import TooLong, TooMuchMemory
from scoring import Edges
from scoring.centrality import Graph, pairs_at_most, shared

NO_RUN: Final = ""

DAYS: Final = 90
"""How far a scope looks back that does not say; null says: over the whole history."""


@dataclass(frozen=True, eq=False)
class Numbered:
    """A scope's graph, and the nodes by number."""

    graph: Graph
    nodes: Sequence[Ref]


async def scoped(context: FieldContext) -> Pairs:
    """Return the pairs of the scope that is asked for."""
    settings = context.state.settings
    bounds = Bounds(settings.max_scope_nodes, settings.max_scope_edges, settings.query_seconds)
    try:
        return await pairs(context.state.driver, _scope(context), bounds, database=settings.neo4j_database)
    except TooLong as error:
        raise _narrow(f"takes longer to read than {bounds.seconds:g} s") from error
    except TooMuchMemory as error:
        raise _narrow("takes more memory to read than a query may have") from error


def _narrow(what: str) -> LimitExceeded:
    return LimitExceeded(f"this scope {what}: narrow it by category, regions, brand or window")


def _scope(context: FieldContext) -> Scope:
    given, run = context.arguments["scope"], context.run
    regions, weight = given.get("regions"), given.get("minWeight", 0.0)
    if not isfinite(weight) or weight < 0:
        raise BadUserInput(f"scope.minWeight is {weight}; give 0 or more")
    return Scope(
        pairing=Pairing(given["graph"]),
        run=run.id if run else NO_RUN,
        until=run.as_of if run else int(time()),
        days=given.get("window", DAYS),
        category=None if given.get("category") is None else local("scope.category", given["category"], "Category"),
        regions=None if regions is None else tuple(regions),
        brand=None if given.get("brand") is None else local("scope.brand", given["brand"], "Brand"),
        min_weight=weight,
    )


def numbered(context: FieldContext, read: Pairs) -> Numbered:
    """Return the graph of the pairs, creators and others numbered one after the other; ScopeTooLarge where co-promotion is."""
    pairing = Pairing(context.arguments["scope"]["graph"])
    from_, to = pairing.kinds
    edges = Edges.of(read.source, read.target, read.weight)
    creators = [Ref(to, each) for each in read.targets]
    if pairing is Pairing.CO_PROMOTION:
        return Numbered(Graph.of(len(creators), _promoted_together(context, read)), creators)
    if read.one_kind:
        return Numbered(Graph.of(len(creators), edges, directed=True), creators)
    others = [Ref(from_, each) for each in read.sources]
    numbered = Edges.of(edges.sources, edges.targets + len(others), edges.weights)
    return Numbered(Graph.of(read.nodes, numbered, two_sided=True), [*others, *creators])


def _promoted_together(context: FieldContext, read: Pairs) -> Edges:
    """Return creators who promote the same, by the number of products that they share."""
    most, count = context.state.settings.max_scope_edges, pairs_at_most(read.source)
    if count > most:
        message = (
            f"this scope has up to {count:,} pairs of creators who promote the same products; {most:,} are allowed:"
            " narrow it by category, regions, brand or window"
        )
        raise ScopeTooLarge(message, nodes=len(read.targets), pairs=count)
    turned = Edges.of(read.target, read.source)
    return shared(turned, len(read.targets), len(read.sources), at_least=context.arguments["scope"].get("minWeight", 0.0))
