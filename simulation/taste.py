"""What each creator promotes: a portfolio of products drawn by community, brand and, for the able, by appeal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulation.catalogue import TREE, WEIGHTS, Catalogue
from simulation.chance import Floats, Ints, Urns, owners, positions, stream
from simulation.regimes import USUAL, Regime
from simulation.traits import People

FAVOURING: Final = 1.6
"""Exponent with which a post favours the front of the portfolio."""
CANDIDATES: Final = 48
LARGEST: Final = 16
HOME_SHARE: Final = 0.78
FAVOURITES: Final = 3
FAVOURITE_BONUS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Portfolios:
    """The products that each creator promotes, creator by creator, the favourite first."""

    creator: Ints
    product: Ints
    starts: Ints
    sizes: Ints
    home: Ints
    """The root category of each creator's community."""


def portfolios(seed: int, people: People, goods: Catalogue, *, like: Regime = USUAL) -> Portfolios:
    """Return who promotes what; the mean appeal follows `people.taste`, with noise, and the number of brands `people.breadth`."""
    rng = stream(seed, "taste")
    home = _homes(rng, people)
    candidates = _candidates(rng, people, goods, home)
    scores = _liking(rng, people, goods, _favourites(rng, people, goods, home), candidates, like.choosiness)
    order = np.argsort(-scores, axis=1, kind="stable")
    ranked = np.take_along_axis(candidates, order, axis=1)
    usable = np.isfinite(scores).sum(axis=1)
    wanted = np.clip(2 + rng.poisson(3.0 * np.exp(np.minimum(0.6 * people.breadth + 0.15 * people.volume, 2.0))), 2, LARGEST)
    sizes = np.minimum(wanted, usable).astype(np.int64)
    keep = np.arange(CANDIDATES)[None, :] < sizes[:, None]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Portfolios(owners(sizes), ranked[keep], starts, sizes, home)


def place_weights(of: Portfolios) -> Floats:
    """Return how likely each place of the portfolios is to be shown alone: the favourite first, as `selling` draws it."""
    place, size = positions(of.sizes), of.sizes[of.creator]
    return np.asarray(((place + 1) / size) ** (1 / FAVOURING) - (place / size) ** (1 / FAVOURING))


def _homes(rng: np.random.Generator, people: People) -> Ints:
    communities = int(people.community.max()) + 1
    return rng.choice(len(TREE), communities, p=WEIGHTS)[people.community]


def _candidates(rng: np.random.Generator, people: People, goods: Catalogue, home: Ints) -> Ints:
    """Draw products from the home category or from the whole region, and mark repeats as -1."""
    products, tops = goods.products, len(TREE)
    regions = int(max(people.region.max(), products.region.max())) + 1
    by_home = Urns.of(products.region * tops + products.top, products.attention, regions * tops)
    anywhere = Urns.of(products.region, products.attention, regions)
    shape = (len(people), CANDIDATES)
    own = np.broadcast_to((people.region * tops + home)[:, None], shape)
    near = (rng.random(shape) < HOME_SHARE) & by_home.filled(own)
    drawn = np.where(near, by_home.draw(rng, own), anywhere.draw(rng, np.broadcast_to(people.region[:, None], shape)))
    drawn.sort(axis=1)
    drawn[:, 1:][drawn[:, 1:] == drawn[:, :-1]] = -1
    return drawn


def _liking(  # noqa: PLR0913 - what a liking is made of
    rng: np.random.Generator, people: People, goods: Catalogue, favourites: Ints, candidates: Ints, choosiness: float
) -> Floats:
    brand = goods.products.brand[candidates]
    liked = np.zeros(candidates.shape, dtype=np.bool_)
    for column in range(FAVOURITES):
        liked |= brand == favourites[:, column, None]
    appeal = goods.products.appeal[candidates] * people.taste[:, None]
    loyalty = FAVOURITE_BONUS * np.exp(-0.8 * np.clip(people.breadth, -1.5, 3.0))[:, None]
    score = choosiness * appeal + loyalty * liked + rng.gumbel(size=candidates.shape)
    return np.where(candidates < 0, -np.inf, score)


def _favourites(rng: np.random.Generator, people: People, goods: Catalogue, home: Ints) -> Ints:
    """Return the brands that each creator's community favours, the larger the likelier."""
    brands, tops = goods.brands, len(TREE)
    urns = Urns.of(brands.region * tops + brands.top, brands.size, (int(people.region.max()) + 1) * tops)
    _, first = np.unique(people.community, return_index=True)
    group = np.repeat((people.region * tops + home)[first, None], FAVOURITES, axis=1)
    return urns.draw(rng, group)[np.searchsorted(people.community[first], people.community)]
