"""Places to draw a network at: springs along ties, repulsion between all nodes (Fruchterman and Reingold 1991)."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import networkx
import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.tables import Floats

nx: Any = networkx
sparse: Any = scipy_sparse

STEPS: Final = 50
WARMTH: Final = 0.1
"""How far a node may move in the first step, as a share of the width of the starts; it falls to nothing in equal steps."""
NEAR: Final = 0.01
"""What lies closer is pushed as if so far apart."""


def layout(graph: Any, keys: Sequence[str], *, centre: int | None = None) -> Floats:
    """Return a place in [-1, 1]² for each node, as NetworkX's `spring_layout` finds it from starts that depend on `keys` alone.

    So two networks that share most nodes look alike. `centre` stays in the middle. A single node lies in the middle, too.
    """
    count = len(keys)
    if count < 2:
        return np.zeros((count, 2))
    places = _starts(keys)
    if centre is not None:
        places[centre] = 0.0
    ties, warmth = _ties(graph, count), WARMTH * float(np.ptp(places, axis=0).max())
    for step in range(STEPS):
        move = _pushes(places, distance=1.0 / np.sqrt(count)) - _pulls(places, ties, distance=1.0 / np.sqrt(count))
        if centre is not None:
            move[centre] = 0.0
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), NEAR)
        places += move / length * (warmth * (1.0 - step / (STEPS + 1)))
    places -= places[centre] if centre is not None else places.mean(axis=0)
    return places / np.abs(places).max()


def _starts(keys: Sequence[str]) -> Floats:
    """Return a place in the unit disc for each key, the same in every process."""
    digests = b"".join(blake2b(key.encode(), digest_size=8).digest() for key in keys)
    angle, radius = (np.frombuffer(digests, dtype="<u4").reshape(-1, 2) / 2**32).T
    radius = np.sqrt(radius) * 0.5
    return np.stack([radius * np.cos(2 * np.pi * angle), radius * np.sin(2 * np.pi * angle)], axis=1)


def _ties(graph: Any, count: int) -> Any:
    """Return the weights as a matrix, damped: a tie of a thousand posts must not pull two nodes into one."""
    ties: Any = sparse.coo_array(nx.adjacency_matrix(graph, weight="weight"), shape=(count, count), dtype=np.float64)
    ties.data = np.log1p(ties.data)
    return ties


def _pushes(places: Floats, *, distance: float) -> Floats:
    """Return what pushes each node away from all others, in inverse proportion to how far apart they are.

    By axis, which takes a quarter of the time of the cube that NetworkX builds; without BLAS, whose threads wait for each other
    where cores are busy.
    """
    across, along = (axis[:, None] - axis[None, :] for axis in places.T)
    force = across * across
    force += along * along
    np.maximum(force, NEAR**2, out=force)
    np.divide(distance**2, force, out=force)
    return np.stack([np.einsum("ij,ij->i", apart, force) for apart in (across, along)], axis=1)


def _pulls(places: Floats, ties: Any, *, distance: float) -> Floats:
    """Return what pulls each node towards those that it is tied to, in proportion to how far apart they are."""
    apart = places[ties.row] - places[ties.col]
    length = np.maximum(np.sqrt((apart**2).sum(axis=1)), NEAR)
    force = apart * (ties.data * length / distance)[:, None]
    return np.stack([np.bincount(ties.row, force[:, axis], len(places)).astype(np.float64) for axis in (0, 1)], axis=1)
