"""The measures, declared: what each is called, what it looks at, what it costs and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from scoring.centrality.betweenness import betweenness
from scoring.centrality.cores import core_number
from scoring.centrality.graph import Check, Graph, go_on
from scoring.centrality.harmonic import WORD, harmonic
from scoring.centrality.hits import hits
from scoring.centrality.katz import katz
from scoring.centrality.pagerank import ALPHA, pagerank
from scoring.errors import ScoringError
from scoring.tables import Floats, Ints


class Kind(StrEnum):
    """The measures that can be asked for."""

    PAGERANK = "PAGERANK"
    PERSONALISED_PAGERANK = "PERSONALISED_PAGERANK"
    BETWEENNESS = "BETWEENNESS"
    HARMONIC = "HARMONIC"
    KATZ = "KATZ"
    HITS = "HITS"
    K_CORE = "K_CORE"


@dataclass(frozen=True, eq=False)
class Centrality:
    """Values by node; `hubs` beside the authorities of HITS; `call` is the NetworkX call with the same answer."""

    values: Floats
    call: str
    hubs: Floats | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """Elementary steps that a measure takes on a graph, and about how long they take on one core."""

    operations: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: whether weights count, its steps on a graph, nanoseconds a step as measured, and its computation."""

    weighted: bool
    meaning: str
    operations: Callable[[Graph], int]
    nanoseconds: float
    compute: Callable[[Graph, Ints, Check], Centrality]


STEPS: Final = 180
"""Of a walk until it settles: α to the power of these is below the tolerance."""


def _walk(graph: Graph) -> int:
    return STEPS * (graph.entries + graph.nodes)


def _pagerank(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    del seeds
    return Centrality(pagerank(graph, check=check), f"pagerank(G, alpha={ALPHA}, weight='weight')")


def _personalised(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    call = f"pagerank(G, alpha={ALPHA}, personalization=dict.fromkeys(seeds, 1), weight='weight')"
    return Centrality(pagerank(graph, seeds, check=check), call)


def _betweenness(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    del seeds
    return Centrality(betweenness(graph, check=check), "betweenness_centrality(G)")


def _harmonic(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    del seeds
    return Centrality(harmonic(graph, check=check), "harmonic_centrality(G)")


def _katz(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    del seeds
    found = katz(graph, check=check)
    return Centrality(found.value, f"katz_centrality(G, alpha={found.alpha!r}, weight='weight')")


def _hits(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    del seeds
    found = hits(graph, check=check)
    return Centrality(found.authority, "hits(G)", found.hub)


def _cores(graph: Graph, seeds: Ints, check: Check) -> Centrality:
    del seeds
    return Centrality(core_number(graph, check=check), "core_number(G)")


MEASURES: Final[dict[Kind, Measure]] = {
    Kind.PAGERANK: Measure(True, "How often a random walk that restarts anywhere visits the node.", _walk, 1.5, _pagerank),
    Kind.PERSONALISED_PAGERANK: Measure(
        True, "How often a random walk that restarts at the seeds visits the node.", _walk, 1.5, _personalised
    ),
    Kind.BETWEENNESS: Measure(
        False,
        "The share of shortest paths between two other nodes that pass through the node.",
        lambda graph: graph.nodes * (2 * graph.depth() + 2) * (graph.entries + 4 * graph.nodes),
        1.0,
        _betweenness,
    ),
    Kind.HARMONIC: Measure(
        False,
        "The sum of inverse distances from all other nodes to the node.",
        lambda graph: (2 * graph.depth() + 1) * (graph.entries + graph.nodes) * -(-graph.nodes // WORD),
        5.0,
        _harmonic,
    ),
    Kind.KATZ: Measure(True, "The number of paths of any length to the node, with longer ones weighted less.", _walk, 1.5, _katz),
    Kind.HITS: Measure(True, "How much good hubs point to the node, and how good a hub it is.", _walk, 4.0, _hits),
    Kind.K_CORE: Measure(
        False,
        "The largest k such that the node is in a subgraph where each node has at least k neighbours.",
        lambda graph: 4 * (graph.entries + graph.nodes),
        60.0,
        _cores,
    ),
}
"""Every measure by its kind."""


def cost(graph: Graph, kind: Kind) -> Cost:
    """Return what a measure would cost on a graph; looking costs one walk over its edges."""
    measure = MEASURES[kind]
    operations = measure.operations(graph)
    return Cost(operations, operations * measure.nanoseconds / 1e9)


def centrality(graph: Graph, kind: Kind, *, seeds: Sequence[int] = (), check: Check = go_on) -> Centrality:
    """Return a measure of every node of a graph.

    `seeds` are for the personalised walk alone, which needs one at least. `check` is called between steps.
    """
    if (kind is Kind.PERSONALISED_PAGERANK) != bool(seeds):
        rule = "needs seeds to restart at; give one at least" if not seeds else "does not use seeds; leave them out"
        raise ScoringError(f"{kind} {rule}")
    return MEASURES[kind].compute(graph, np.array(seeds, dtype=np.int64), check)
