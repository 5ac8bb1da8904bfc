"""Category influence: all categories as one block, against igraph's personalised PageRank one by one."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import igraph
import numpy as np

from bench.figures import Figure, Report
from scoring.edges import Edges
from scoring.influence import Network, personalised_pagerank

CREATORS: Final = 100_000
PRODUCTS: Final = 200_000
EDGES: Final = 2_000_000
CATEGORIES: Final = 20
ALPHA: Final = 0.85
METHOD: Final = f"""Personalised PageRank of {CATEGORIES} categories over {CREATORS:,} creators and {PRODUCTS:,} products with
{EDGES:,} weighted edges, to a residual of 1e-10: our block solver (median of three), and igraph's `personalized_pagerank`
called once for each category on the same graph; both from edges in memory to masses."""


def report() -> Report:
    """Time both on one graph, and compare what they answer."""
    edges, restart = _graph()
    peer, them = _timed(lambda: _igraph(edges, restart), times=1)
    mine, us = _timed(lambda: personalised_pagerank(Network(CREATORS, PRODUCTS, 0, edges), restart).mass, times=3)
    figures = (
        Figure("igraph, seconds", peer, "s"),
        Figure("creatorgraph, seconds", mine, "s"),
        Figure("creatorgraph's time over igraph's", mine / peer, "×", at_most=0.5),
        Figure("largest difference in mass", float(np.abs(us - them).max()), "", at_most=1e-8),
    )
    return Report("Category influence", METHOD, figures)


def _graph() -> tuple[Edges, Any]:
    """Return a market's edges: a creator's and a product's popularity are heavy-tailed, sales log-normal."""
    random = np.random.default_rng(7)
    creator = (CREATORS * random.power(0.6, EDGES)).astype(np.int64)
    product = (PRODUCTS * random.power(0.7, EDGES)).astype(np.int64)
    pairs = np.unique(creator * PRODUCTS + product)
    sales = random.lognormal(3, 2, len(pairs))
    restart = np.zeros((PRODUCTS, CATEGORIES))
    restart[np.arange(PRODUCTS), random.integers(0, CATEGORIES, PRODUCTS)] = random.lognormal(3, 2, PRODUCTS)
    return Edges.of(pairs // PRODUCTS, pairs % PRODUCTS, sales), restart


def _igraph(edges: Edges, restart: Any) -> Any:
    graph = igraph.Graph(n=CREATORS + PRODUCTS, edges=np.column_stack([edges.sources, edges.targets + CREATORS]), directed=False)
    weights = edges.weights.tolist()
    answers = np.empty((CREATORS, CATEGORIES))
    for category in range(CATEGORIES):
        start = np.concatenate([np.zeros(CREATORS), restart[:, category]])
        answers[:, category] = graph.personalized_pagerank(damping=ALPHA, reset=start, weights=weights)[:CREATORS]
    return answers


def _timed(work: Callable[[], Any], *, times: int) -> tuple[float, Any]:
    taken, answer = [], None
    for _ in range(times):
        begun = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[times // 2], answer
