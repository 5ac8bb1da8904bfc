"""Weight in a category: personalised PageRank over creators, products and brands; place among creators and brands.

Reference: NetworkX's `pagerank` (Page, Brin, Motwani and Winograd 1999), which the tests hold this to at 1e-8.
"""

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np

from scoring.edges import Edges, refuse_weights
from scoring.errors import EdgesError
from scoring.tables import Floats
from scoring.walks import Walk, degrees, sparse

ALPHA: Final = 0.85
TOL: Final = 1e-10


@dataclass(frozen=True, eq=False)
class Network:
    """Creators, products and brands by number: creators promote products, brands sell them, both ways passable.

    `mentions` lead from creator to creator, one way.
    """

    creators: int
    products: int
    brands: int
    promotes: Edges
    sells: Edges = field(default_factory=Edges.none)
    mentions: Edges = field(default_factory=Edges.none)


class Influence(NamedTuple):
    """Creators' mass [creators × categories] and the largest residual of all categories, in the 1-norm."""

    mass: Floats
    residual: float

    @property
    def shares(self) -> Floats:
        """Each creator's share of all creators' mass by category; zeros where there is none."""
        total = self.mass.sum(axis=0)
        return self.mass / np.where(total > 0, total, 1.0)


def personalised_pagerank(network: Network, restart: Any, *, alpha: float = ALPHA, tol: float = TOL) -> Influence:
    """Return the mass of walks that restart at products [products × categories], each column in proportion to its entries.

    `restart` is a numpy or SciPy sparse array. Dangling mass returns to the restart; a category without any restart has
    no mass. Costs about 20 products of the matrix without mentions; with them about twice as many, of a larger matrix.
    """
    _check(network, restart, alpha)
    near = network.creators + network.brands
    weights = _matrix(_both(network), (near, network.products))
    directed = None
    if network.mentions.weights.any():
        directed = _matrix([network.mentions], (near, near))
    start = sparse.csc_array((near, restart.shape[1]))
    columns = restart.tocsc() if sparse.issparse(restart) else restart
    mass = Walk(weights, directed, alpha, tol).mass(start, columns)
    return Influence(np.ascontiguousarray(mass.near[: network.creators]), mass.residual)


def network_place(edges: Edges, creators: int, brands: int, *, alpha: float = ALPHA, tol: float = TOL) -> Floats:
    """Return each creator's PageRank among creators and brands over the average creator's; NaN without a brand.

    Edges lead from creators to brands and are passable both ways; the walk restarts anywhere in the network.
    """
    edges.check("creator–brand", creators, brands)
    weights = _matrix([edges], (creators, brands))
    linked = degrees(weights, 1) > 0
    if not linked.any():
        return np.full(creators, np.nan)
    start = linked[:, np.newaxis].astype(np.float64)
    other = (degrees(weights, 0) > 0)[:, np.newaxis].astype(np.float64)
    mass = Walk(weights, None, alpha, tol).mass(start, other).near[:, 0]
    return np.where(linked, mass / np.mean(mass[linked]), np.nan)


def _check(network: Network, restart: Any, alpha: float) -> None:
    network.promotes.check("promotes", network.creators, network.products)
    network.sells.check("sells", network.brands, network.products)
    network.mentions.check("mentions", network.creators, network.creators)
    if restart.ndim != 2 or restart.shape[0] != network.products:
        raise EdgesError(f"restart has shape {restart.shape}; give one row for each of {network.products} products")
    refuse_weights("restart", restart.tocoo().data if sparse.issparse(restart) else restart)
    if not 0.0 < alpha < 1.0:
        raise EdgesError(f"alpha is {alpha:g}; it must lie between 0 and 1; {ALPHA:g} is usual")


def _both(network: Network) -> list[Edges]:
    sells = network.sells
    return [network.promotes, Edges(sells.sources + network.creators, sells.targets, sells.weights)]


def _matrix(parts: list[Edges], shape: tuple[int, int]) -> Any:
    rows = np.concatenate([part.sources for part in parts])
    columns = np.concatenate([part.targets for part in parts])
    weights = np.concatenate([part.weights for part in parts])
    matrix: Any = sparse.coo_array((weights, (rows, columns)), shape=shape).tocsr()
    matrix.eliminate_zeros()
    return matrix
