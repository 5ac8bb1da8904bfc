"""Ties between creators who promote the same products.

Likeness is the cosine of what two creators promote, each product weighed by its rarity (inverse document frequency: Spärck Jones
1972): what everybody promotes ties nobody. Only each creator's nearest few are kept, or all would be tied to all.
"""

from typing import Any, Final

import numpy as np
from scipy import sparse as scipy_sparse  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.edges import Edges
from scoring.tables import Floats, Ints

sparse: Any = scipy_sparse

NEAREST: Final = 4


def co_promotion(creators: int, products: int, promotes: Edges) -> tuple[Edges, Ints]:
    """Return ties from lower to higher creators, each once, weighed by likeness, 0–1, with the number of products shared.

    A product that all creators promote ties none of them; one that a single creator promotes ties nobody either.
    """
    promotes.check("promotes", creators, products)
    shown: Any = sparse.coo_array(
        (np.ones(len(promotes.sources)), (promotes.sources, promotes.targets)), shape=(creators, products)
    ).tocsr()
    shown.data[:] = 1.0
    likeness = _likeness(shown, creators)
    pairs = _nearest(likeness, creators)
    both = np.asarray((shown @ shown.T)[pairs[:, 0], pairs[:, 1]]).reshape(-1) if len(pairs) else np.zeros(0)
    weights = np.asarray(likeness[pairs[:, 0], pairs[:, 1]]).reshape(-1) if len(pairs) else np.zeros(0)
    return Edges(pairs[:, 0], pairs[:, 1], np.minimum(weights, 1.0)), both.astype(np.int64)


def _likeness(shown: Any, creators: int) -> Any:
    """Return the cosines of all pairs of creators, nobody with themself, as a sparse matrix."""
    promoters = shown.sum(axis=0)
    rarity: Floats = np.log(np.maximum(creators, 1) / np.maximum(promoters, 1.0))
    weighed = shown @ sparse.diags_array(rarity)
    lengths = np.sqrt((weighed * weighed).sum(axis=1))
    scaled = sparse.diags_array(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ weighed
    found = (scaled @ scaled.T).tocsr()
    found.setdiag(0.0)
    found.eliminate_zeros()
    return found


def _nearest(likeness: Any, creators: int) -> Ints:
    """Return the pairs in which at least one is among the other's nearest, sorted; of equals the lower numbers are nearer."""
    pairs: list[tuple[int, int]] = []
    for creator in range(creators):
        row = slice(likeness.indptr[creator], likeness.indptr[creator + 1])
        near, weight = likeness.indices[row], likeness.data[row]
        order = np.lexsort((near, -weight))[:NEAREST]
        pairs += [(min(creator, each), max(creator, each)) for each in near[order].tolist()]
    return np.unique(np.asarray(pairs, dtype=np.int64).reshape(-1, 2), axis=0)
