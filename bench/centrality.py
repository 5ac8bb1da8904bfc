"""Centrality on demand: each measure beside NetworkX's, and what was told of its cost beside what it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import networkx as nx
import numpy as np

from bench.figures import Figure, Report
from scoring.centrality import Centrality, Graph, Kind, centrality, cost
from scoring.edges import Edges

CREATORS: Final = 1_200
BRANDS: Final = 300
TIES: Final = 8_000
SEED: Final = 0
TIMES: Final = 3
METHOD: Final = f"""Seven measures of a market of {CREATORS:,} creators and {BRANDS:,} brands with {TIES:,} weighted ties of heavy-tailed
popularity: ours from ties in memory to values (median of {TIMES}), and the NetworkX call that gives the same values, on a graph
that is built already; iterations end at the same residual. Beside it, seconds told before over seconds taken, on a market
four times as large."""

PROMISES: Final[dict[Kind, float]] = {
    Kind.PAGERANK: 1.0,
    Kind.PERSONALISED_PAGERANK: 1.0,
    Kind.BETWEENNESS: 0.1,
    Kind.HARMONIC: 0.1,
    Kind.KATZ: 0.1,
    Kind.HITS: 1.0,
    Kind.K_CORE: 1.0,
}
"""Our time over NetworkX's, at most; where theirs is SciPy's as well there is nothing to gain, nor may anything be lost."""

THEIRS: Final[dict[Kind, Callable[[nx.Graph, str], Any]]] = {
    Kind.PAGERANK: lambda graph, _: nx.pagerank(graph, tol=1e-12 / len(graph), max_iter=1000),
    Kind.PERSONALISED_PAGERANK: lambda graph, _: nx.pagerank(graph, personalization={SEED: 1}, tol=1e-12 / len(graph), max_iter=1000),
    Kind.BETWEENNESS: lambda graph, _: nx.betweenness_centrality(graph),
    Kind.HARMONIC: lambda graph, _: nx.harmonic_centrality(graph),
    Kind.KATZ: lambda graph, call: eval(f"nx.{call[:-1]}, tol=1e-12, max_iter=10_000)", {"nx": nx, "G": graph}),
    Kind.HITS: lambda graph, _: nx.hits(graph, max_iter=1000, tol=0)[1],
    Kind.K_CORE: lambda graph, _: nx.core_number(graph),
}


def report() -> Report:
    """Measure one kind after the other."""
    ties, large = _ties(1), _ties(4)
    return Report("Centrality on demand", METHOD, [figure for kind in Kind for figure in _figures(kind, ties, large)])


def _figures(kind: Kind, ties: tuple[int, Edges], large: tuple[int, Edges]) -> tuple[Figure, ...]:
    graph = _networkx(ties, kind)
    ours, found = _timed(lambda: _centrality(ties, kind), times=TIMES)
    peer, expected = _timed(lambda: THEIRS[kind](graph, found.call), times=1)
    values = np.array([expected[node] for node in range(len(expected))])
    name = kind.value.lower().replace("_", " ").replace("pagerank", "PageRank").replace("hits", "HITS")
    return (
        Figure(f"{name}: time over NetworkX's {peer:.3g} s", ours / peer, "×", at_most=PROMISES[kind]),
        Figure(f"{name}: largest difference", float(np.abs(found.values - values).max()), "", at_most=1e-8),
        Figure(f"{name}: seconds told over seconds taken", _told(large, kind), "×"),
    )


def _ties(times: int) -> tuple[int, Edges]:
    """Return a two-sided graph's nodes and edges, brands first: a creator's and a brand's popularity are heavy-tailed."""
    random = np.random.default_rng(11)
    creator = (times * CREATORS * random.power(0.6, times * TIES)).astype(np.int64)
    brand = (times * BRANDS * random.power(0.7, times * TIES)).astype(np.int64)
    nodes = times * (CREATORS + BRANDS)
    return nodes, Edges.of(brand, times * BRANDS + creator, random.lognormal(3, 2, times * TIES))


def _graph(ties: tuple[int, Edges], kind: Kind) -> Graph:
    return Graph.of(ties[0], ties[1], two_sided=kind is Kind.HITS)


def _centrality(ties: tuple[int, Edges], kind: Kind) -> Centrality:
    return centrality(_graph(ties, kind), kind, seeds=[SEED] if kind is Kind.PERSONALISED_PAGERANK else [])


def _told(ties: tuple[int, Edges], kind: Kind) -> float:
    told = cost(_graph(ties, kind), kind).seconds
    return told / _timed(lambda: _centrality(ties, kind), times=1)[0]


def _networkx(ties: tuple[int, Edges], kind: Kind) -> nx.Graph:
    graph = nx.DiGraph() if kind is Kind.HITS else nx.Graph()
    graph.add_nodes_from(range(ties[0]))
    for source, target, weight in zip(ties[1].sources.tolist(), ties[1].targets.tolist(), ties[1].weights.tolist(), strict=True):
        before = graph.get_edge_data(source, target, {"weight": 0.0})["weight"]
        graph.add_edge(source, target, weight=before + weight)
    return graph


def _timed(work: Callable[[], Any], *, times: int) -> tuple[float, Any]:
    taken, answer = [], None
    for _ in range(times):
        begun = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[times // 2], answer
