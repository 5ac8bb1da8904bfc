"""Who links parts of a network that would lie apart without them.

Betweenness: Freeman 1977, after Brandes 2001; constraint: Burt 1992.
"""

from typing import Any, NamedTuple

import networkx
import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.tables import Bools, Floats

nx: Any = networkx
sparse: Any = scipy_sparse


class Brokers(NamedTuple):
    """By node: the share of shortest ways between others that lead through it, 0–1, and how bound it is; NaN without ties."""

    betweenness: Floats
    constraint: Floats


def brokers(graph: Any) -> Brokers:
    """Return betweenness as NetworkX's `betweenness_centrality` has it, and NetworkX's `constraint`, weighted.

    Low constraint is freedom: contacts who do not know each other. Nodes are numbered from 0 in the graph's order.
    """
    return Brokers(betweenness(graph), constraint(graph))


def constraint(graph: Any) -> Floats:
    """Return Burt's constraint by node; NaN, where NetworkX divides by zero, without ties."""
    tied = [node for node, degree in graph.degree() if degree]
    found = np.full(graph.number_of_nodes(), np.nan)
    if tied:
        values: dict[int, float] = nx.constraint(graph.subgraph(tied), weight="weight")
        found[list(values)] = list(values.values())
    return found


def betweenness(graph: Any) -> Floats:
    """Return NetworkX's `betweenness_centrality`, every tie one step: all sources at once, level by level.

    NetworkX walks from one source after the other in Python, which takes ten times as long at 200 nodes.
    """
    count: int = graph.number_of_nodes()
    if count < 3:
        return np.zeros(count)
    ties: Any = sparse.csr_array(nx.adjacency_matrix(graph, weight=None)).astype(np.float64)
    ways, levels = _ways(ties, count)
    through: Floats = np.zeros((count, count))
    for near, far in zip(reversed(levels[:-1]), reversed(levels[1:]), strict=True):
        share: Floats = np.divide(1.0 + through, ways, out=np.zeros((count, count)), where=far)
        passed: Floats = ties @ share
        through += ways * passed * near
    np.fill_diagonal(through, 0.0)
    return through.sum(axis=1) / ((count - 1) * (count - 2))


def _ways(ties: Any, count: int) -> tuple[Floats, list[Bools]]:
    """Return the number of shortest ways [node × source], and for each distance the pairs that lie so far apart."""
    reached = np.eye(count)
    ways, levels = reached.copy(), [reached > 0]
    while levels[-1].any():
        reached = np.where(ways > 0, 0.0, ties @ reached)
        ways += reached
        levels.append(reached > 0)
    return ways, levels[:-1]
