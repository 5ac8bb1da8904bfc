"""A market from which some creators' whole work with some brands is hidden, and plain ways to guess whom it was with."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from api.features.lookalikes.embeddings import surroundings
from graph.similarity.people import Beside
from scoring.facts import Market, Ties, network

FIRST: Final = 50

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = TypeVar("Rows")


@dataclass(frozen=True)
class Hidden:
    """What is left of a market, and the pairs hidden from it, as codes."""

    market: Market
    ties: Ties
    beside: Beside
    creator: Ints
    brand: Ints


def hide(market: Market, ties: Ties, beside: Beside, *, share: float, seed: int) -> Hidden:
    """Hide a share of the pairs with accepted collaborations, drawn at random: the tie, and what the one showed and sold of the other."""
    width = len(market.catalogue.brand)
    keys = np.searchsorted(market.creators.id, ties.creator) * width + np.searchsorted(market.catalogue.brand, ties.brand)
    accepted = keys[ties.times > 0]
    drawn = np.random.default_rng(seed).permutation(accepted)[: round(share * len(accepted))]
    shown = _keys(market, market.posts.creator[market.features.post], market.features.product)
    sold = _keys(market, market.sales.creator, market.sales.product)
    left = replace(market, features=_only(market.features, ~np.isin(shown, drawn)), sales=_only(market.sales, ~np.isin(sold, drawn)))
    return Hidden(left, _only(ties, ~np.isin(keys, drawn)), beside, drawn // width, drawn % width)


def _keys(market: Market, creator: Ints, product: Ints) -> Ints:
    """Return a number for each pair of a creator and a product's brand, -1 for a product without one."""
    brand = market.catalogue.brand_of[product]
    return np.where(brand >= 0, creator * len(market.catalogue.brand) + brand, -1)


def _only(table: Rows, kept: NDArray[np.bool_]) -> Rows:
    of: Any = table
    return replace(of, **{each.name: getattr(of, each.name)[kept] for each in fields(of)})


def recall(scores: Floats, left: Hidden) -> float:
    """Return the share of the hidden pairs that are among the 50 best of their brand: of creators of its regions, without a tie to it."""
    worked = worked_with(left).toarray() > 0
    region = np.unique(left.market.creators.region, return_inverse=True)[1]
    hits = 0
    for brand in np.unique(left.brand):
        here = np.unique(region[worked[:, brand]])
        candidates = np.flatnonzero(np.isin(region, here) & ~worked[:, brand])
        best = candidates[np.argsort(-scores[candidates, brand], kind="stable")[:FIRST]]
        hits += int(np.isin(left.creator[left.brand == brand], best).sum())
    return hits / len(left.creator)


def worked_with(left: Hidden) -> Any:
    """Return who works with whom [creators × brands]."""
    market, ties = left.market, left.ties
    places = np.searchsorted(market.creators.id, ties.creator), np.searchsorted(market.catalogue.brand, ties.brand)
    return sparse.coo_array((np.ones(len(ties)), places), shape=(len(market.creators.id), len(market.catalogue.brand))).tocsr()


def by_number(left: Hidden) -> Floats:
    """Popularity: creators by the number of brands that they work with."""
    ties = worked_with(left)
    return np.repeat(np.asarray(ties.sum(axis=1)).reshape(-1, 1), ties.shape[1], axis=1)


def in_collaborations(left: Hidden) -> tuple[Floats, Floats]:
    """Return common neighbours and Jaccard in the network of creators and brands, summed over the brand's creators."""
    ties = worked_with(left)
    shared = (ties @ ties.T).toarray()
    np.fill_diagonal(shared, 0.0)
    count = np.asarray(ties.sum(axis=1)).reshape(-1)
    jaccard = _share(shared, count[:, None] + count[None, :] - shared)
    return shared @ ties.toarray(), jaccard @ ties.toarray()


def in_all_ties(left: Hidden) -> tuple[Floats, Floats]:
    """Return common neighbours and Jaccard of creator and brand with every kind of tie that the vectors stand on."""
    market = left.market
    drawn = surroundings(market, left.ties, left.beside, network(market, max(market.period.windows)).promotes)
    size = {kind: len(ids) for kind, ids in drawn.nodes.items()}

    def table(name: str, source: str, target: str) -> Any:
        edges = drawn.edges[name]
        found: Any = sparse.coo_array(
            (np.ones(len(edges.sources)), (edges.sources, edges.targets)), shape=(size[source], size[target])
        ).tocsr()
        found.data[:] = 1.0
        return found

    mentions, promotes = table("mentions", "creator", "creator"), table("promotes", "creator", "product")
    worked, sells, belongs = (
        table("worked", "creator", "brand"),
        table("sells", "brand", "product"),
        table("belongs", "product", "category"),
    )
    own = sparse.hstack([_ones(mentions + mentions.T), promotes, _ones(promotes @ belongs)]).tocsr()
    theirs = sparse.hstack([worked.T, sells, _ones(sells @ belongs)]).tocsr()
    shared = (own @ theirs.T).toarray()
    count = np.asarray(own.sum(axis=1)).reshape(-1, 1) + np.asarray(worked.sum(axis=1)).reshape(-1, 1)
    return shared, _share(shared, count + np.asarray(theirs.sum(axis=1)).reshape(1, -1) - shared)


def _ones(table: Any) -> Any:
    table = table.tocsr()
    table.data[:] = 1.0
    return table


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def of_communities(left: Hidden, community: Ints) -> Floats:
    """Return how many of each creator's planted community work with each brand: what could be known, were the communities told."""
    ties = worked_with(left)
    inside: Any = sparse.coo_array((np.ones(len(community)), (community, np.arange(len(community))))).tocsr()
    return (inside.T @ (inside @ ties) - ties).toarray()


def mutual_information(one: Ints, other: Ints) -> float:
    """Return the normalised mutual information of two partitions: 2·I/(H + H), 1 for the same, 0 for independent ones."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1.0 / len(one))
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    there = table > 0
    shared = float((table[there] * np.log(table[there] / np.outer(rows, columns)[there])).sum())
    return 2 * shared / (_entropy(rows) + _entropy(columns))


def _entropy(shares: Floats) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum())
