"""HITS: authorities are named by good hubs, hubs name good authorities.

a ∝ AᵀA a and h = A a; in a two-sided graph edges lead one way. Reference: NetworkX's `hits` (Kleinberg 1999); where several
vectors would do (parts that do not touch and weigh the same), the one that plain steps from equal values lead to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np

from scoring.centrality.graph import Check, Graph, go_on
from scoring.errors import ScoringError
from scoring.tables import Floats

BASIS: Final = 24
ROUNDS: Final = 400
TOL: Final = 1e-11


class Hits(NamedTuple):
    """Authority and hub by node, each summing to 1; zeros without edges."""

    authority: Floats
    hub: Floats


def hits(graph: Graph, *, check: Check = go_on) -> Hits:
    """Return authorities and hubs; ScoringError where the two largest are too near each other to be told apart."""
    if not graph.entries:
        return Hits(np.zeros(graph.nodes), np.zeros(graph.nodes))
    forward: Any = graph.oriented / graph.oriented.max()
    back: Any = forward.T.tocsr()
    authority = _largest(lambda vector: back @ (forward @ vector), np.ones(graph.nodes), check)
    hub: Floats = forward @ authority
    return Hits(authority / authority.sum(), hub / hub.sum())


def _largest(product: Callable[[Floats], Floats], start: Floats, check: Check) -> Floats:
    """Return the part of `start` along the eigenvector of the largest eigenvalue of a symmetric, non-negative matrix.

    Lanczos, restarted with the best vector so far: it never leaves what `start` can reach, unlike a library's, which goes on
    from random vectors.
    """
    vector = start / _dot(start, start) ** 0.5
    for _ in range(ROUNDS):
        check()
        vector, residual, value = _round(product, vector)
        if residual <= TOL * value:
            return np.abs(vector)
    raise ScoringError(
        f"hubs and authorities have not settled to {TOL:g} in {ROUNDS} rounds of {BASIS} steps: two parts of the graph weigh nearly"
        " the same; take one of them alone, by region or category"
    )


def _round(product: Callable[[Floats], Floats], start: Floats) -> tuple[Floats, float, float]:
    """Return the best vector of the space that `BASIS` steps span, its residual and its eigenvalue."""
    basis, images = [start], [product(start)]
    while len(basis) < BASIS:
        rest = images[-1].copy()
        for _ in range(2):  # once more, since the first subtraction leaves rounding behind
            for each in basis:
                rest -= _dot(each, rest) * each
        length = _dot(rest, rest) ** 0.5
        if length <= 1e-13 * _dot(images[-1], images[-1]) ** 0.5:
            break
        basis.append(rest / length)
        images.append(product(basis[-1]))
    values, vectors = np.linalg.eigh(np.array([[_dot(one, other) for other in images] for one in basis]))
    best: Floats = np.einsum("i,ij->j", vectors[:, -1], np.array(basis))
    rest = np.einsum("i,ij->j", vectors[:, -1], np.array(images)) - values[-1] * best
    return best, _dot(rest, rest) ** 0.5, float(values[-1])


def _dot(one: Floats, other: Floats) -> float:
    # Not BLAS, whose order of addition, and so the last digits, depend on the number of cores.
    return float(np.einsum("i,i->", one, other))
