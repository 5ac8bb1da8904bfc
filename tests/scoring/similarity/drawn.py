"""Surroundings small enough to draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.edges import Edges
from scoring.similarity import Surroundings

KINDS = ("creator", "product", "category", "brand")
ENDS = {
    "mentions": ("creator", "creator"),
    "worked": ("creator", "brand"),
    "promotes": ("creator", "product"),
    "sells": ("brand", "product"),
    "belongs": ("product", "category"),
}


def drawn(nodes: dict[str, Sequence[str]], **edges: Sequence[tuple[str, str]]) -> Surroundings:
    """Return the graph of nodes by kind and edges by name, between ids."""
    ids = {kind: np.array(list(nodes.get(kind, ())), dtype=np.str_) for kind in KINDS}
    place = {kind: {str(each): at for at, each in enumerate(ids[kind])} for kind in KINDS}
    return Surroundings(
        ids,
        {
            name: Edges.of(
                [place[source][a] for a, _ in edges.get(name, ())],
                [place[target][b] for _, b in edges.get(name, ())],
            )
            for name, (source, target) in ENDS.items()
        },
    )
