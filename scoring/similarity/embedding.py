"""Where creators and brands stand in the graph, as vectors: near vectors have near surroundings.

In the manner of FastRP (Chen, Sultan, Tian, Chen and Skiena 2019): every node has a random direction, and a node's vector is a
weighted sum of what walks of 1, 2, 3 … steps bring back from the nodes that they reach. One pass, no training: a few products
of a sparse matrix. Beside the paper, a step first chooses the kind of tie and then the tie, so that a creator's many products
do not drown the few whom their content names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] -- SciPy ships none

from scoring.edges import Edges
from scoring.similarity.projection import Matrix, directions, unit
from scoring.tables import Floats, Ints

sparse: Any = scipy_sparse
Texts = NDArray[np.str_]

DIMENSIONS: Final = 128
"""As good as 256 at 2,000 and at 6,000 simulated creators, in half the memory and time."""

POWERS: Final = (0.0, 0.2, 0.5, 1.0, 1.0, 1.0)
"""Weight of what walks of 1, 2, … steps bring back; one step reaches the creator's own ties, which two alike creators need not share."""

DEGREE: Final = -0.5
"""Power of a node's degree by which its direction is scaled: what everyone is tied to says little of anyone."""


class Link(NamedTuple):
    """One kind of tie, passable both ways; a step from either end chooses it in proportion to `weight`."""

    name: str
    source: str
    target: str
    weight: float


LINKS: Final = (
    Link("mentions", "creator", "creator", 10.0),
    Link("worked", "creator", "brand", 1.0),
    Link("promotes", "creator", "product", 0.3),
    Link("sells", "brand", "product", 1.0),
    Link("belongs", "product", "category", 0.3),
)
"""The weights were tuned on one simulated market and are judged on others (`bench/lookalikes.py`)."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Nodes by kind, and edges between their places; parallel edges add up, and the logarithm of the sum counts."""

    nodes: Mapping[str, Texts]
    edges: Mapping[str, Edges]


class Vectors(NamedTuple):
    """One row a node, of length 1, or of zeros where nothing is tied to the node."""

    creators: Matrix
    brands: Matrix


def embedding(graph: Surroundings, *, dimensions: int = DIMENSIONS) -> Vectors:
    """Return the vectors of creators and brands in the order given; whatever that is, the vectors are the same to the last bit.

    Raises EdgesError for an edge that leaves the nodes.
    """
    for link in LINKS:
        graph.edges[link.name].check(link.name, len(graph.nodes[link.source]), len(graph.nodes[link.target]))
    order = {kind: np.argsort(ids, kind="stable") for kind, ids in graph.nodes.items()}
    place = {kind: np.argsort(each, kind="stable") for kind, each in order.items()}
    start, steps = _offsets(graph), _steps(graph, place)
    rows = np.concatenate([directions(kind, graph.nodes[kind][order[kind]].tolist(), dimensions) for kind in start])
    reached = _reached(steps, rows)
    found = {kind: reached[start[kind] :][place[kind]] for kind in ("creator", "brand")}
    return Vectors(found["creator"], found["brand"])


def _offsets(graph: Surroundings) -> dict[str, int]:
    """Return the first row of each kind of node."""
    counts = [len(ids) for ids in graph.nodes.values()]
    return dict(zip(graph.nodes, np.cumsum([0, *counts])[:-1].tolist(), strict=True))


def _reached(steps: Any, rows: Matrix) -> Matrix:
    """Return the weighted sum of what walks of each length bring back, each at length 1."""
    degree = np.asarray(steps.sum(axis=0), dtype=np.float64).reshape(-1)
    walked = (rows * np.where(degree > 0, degree, 1.0)[:, np.newaxis] ** DEGREE).astype(np.float32)
    total = np.zeros_like(rows)
    for weight in POWERS:
        walked = steps @ walked
        if weight:
            total += np.float32(weight) * unit(walked)
    return unit(total)


def _steps(graph: Surroundings, place: Mapping[str, Ints]) -> Any:
    """Return the chances of a step from each node [rows] to each [columns]; zeros for a node without ties."""
    start = _offsets(graph)
    size = sum(len(ids) for ids in graph.nodes.values())
    parts: list[tuple[Ints, Ints, Floats]] = []
    for link in LINKS:
        edges = _summed(graph.edges[link.name], place[link.source], place[link.target])
        here, there = edges.sources + start[link.source], edges.targets + start[link.target]
        both = [(here, there)] if link.source == link.target else [(here, there), (there, here)]
        parts += [(a, b, link.weight * _shares(a, edges.weights, size)) for a, b in both]
    return _by_chance(parts, size)


def _by_chance(parts: Sequence[tuple[Ints, Ints, Floats]], size: int) -> Any:
    rows, columns, weights = (np.concatenate(each) for each in zip(*parts, strict=True))
    chances = _shares(rows, weights, size).astype(np.float32)
    return sparse.coo_array((chances, (rows, columns)), shape=(size, size)).tocsr()


def _shares(rows: Ints, weights: Floats, size: int) -> Floats:
    """Return each weight's share of its row."""
    total = np.bincount(rows, weights=weights, minlength=size)[rows]
    return weights / np.where(total > 0, total, 1.0)


def _summed(edges: Edges, source: Ints, target: Ints) -> Edges:
    """Return the edges by the sorted places of their ends, each pair once with log(1 + sum), sorted; mentions count both ways."""
    here, there = source[edges.sources], target[edges.targets]
    weights = edges.weights
    if source is target:
        here, there, weights = np.concatenate([here, there]), np.concatenate([there, here]), np.tile(weights, 2)
    # Sums of floats depend on their order, so it is made the same whatever order the edges came in.
    order = np.lexsort((weights, there, here))
    width = len(target) or 1
    pairs, which = np.unique(here[order] * width + there[order], return_inverse=True)
    total = np.bincount(which, weights=weights[order], minlength=len(pairs))
    kept = total > 0
    return Edges(pairs[kept] // width, pairs[kept] % width, np.log1p(total[kept]))
