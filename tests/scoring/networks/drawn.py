"""Networks small enough to draw."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from scoring.edges import Edges
from scoring.networks import undirected


def network(count: int, *pairs: tuple[int, int], weight: float = 1.0) -> Any:
    """Return the graph of `count` nodes with these ties, all of one weight."""
    edges = Edges.of([pair[0] for pair in pairs], [pair[1] for pair in pairs], [weight] * len(pairs))
    return undirected(count, [edges])


def barbell() -> Any:
    """Return two groups of five, all tied to all in each, and node 10 between them."""
    ties = [(a + group, b + group) for group in (0, 5) for a in range(5) for b in range(a)]
    return network(11, *ties, (4, 10), (10, 5))


def star(leaves: int) -> Any:
    """Return node 0 tied to each of the others."""
    return network(leaves + 1, *[(0, leaf) for leaf in range(1, leaves + 1)])


@st.composite
def networks(draw: st.DrawFn) -> Any:
    """Draw any weighted network of up to 14 nodes, disjoint ones and such without ties included."""
    count = draw(st.integers(0, 14))
    node = st.integers(0, max(count - 1, 0))
    ties = draw(st.lists(st.tuples(node, node, st.floats(0.01, 100)), max_size=40 if count else 0))
    columns = [np.array([tie[at] for tie in ties]) for at in range(3)]
    return undirected(count, [Edges.of(*columns)])
