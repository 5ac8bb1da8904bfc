"""How well products sell, whoever shows them: orders for the same views by the same creator, beside those of the typical product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.ability.table import totals
from scoring.facts.arrays import Bools, Floats, Ints, Texts
from scoring.facts.market import Market
from scoring.points import NINETY
from scoring.solved.selling import Selling

FEWEST_BRANDS: Final = 5
"""A category's appeal is told where so many brands' products were shown in it: below, it would tell of one brand's sales."""


@dataclass(frozen=True, slots=True)
class Appeals:
    """One row a product or category, by id: `ratio` to the typical product with 90 % interval, and the posts that it stands on.

    `apart` says that no creator who shows it shows anything, not even through others, that most creators' products are compared with:
    nothing but what is usual then tells its appeal from their ability.
    """

    id: Texts
    ratio: Floats
    low: Floats
    high: Floats
    posts: Floats
    apart: Bools

    def __len__(self) -> int:
        return len(self.id)


def product_appeals(market: Market, found: Selling) -> Appeals:
    """Return the appeal of every product that a post or plan has shown."""
    design = found.fit.state.design
    posts, apart = _shown(found, design.slots.product, design.products)
    shown = np.flatnonzero(design.shown > 0)
    return _rows(market.catalogue.product[shown], found.fit.appeal[shown], found.fit.appeal_variance[shown], posts[shown], apart[shown])


def category_appeals(market: Market, found: Selling) -> Appeals:
    """Return the appeal of every most exact category in which products of five brands or more were shown."""
    design, goods = found.fit.state.design, market.catalogue
    posts, apart = _shown(found, design.slots.category, design.categories)
    enough = _brands(goods.brand_of, design.slots.category, design.slots.product, design.categories) >= FEWEST_BRANDS
    enough[goods.everything] = False  # products of no known category have only that of everything, which is no category to tell of
    told = np.flatnonzero(enough)
    return _rows(goods.category[told], found.fit.category[told], found.fit.category_variance[told], posts[told], apart[told])


def _shown(found: Selling, place: Ints, count: int) -> tuple[Floats, Bools]:
    """Return posts, and whether all creators stand apart, of `count` products or categories; `place` is that of each slot."""
    slots = found.fit.state.design.slots
    apart = np.ones(count, dtype=np.bool_)
    apart[place[found.fit.connections.component[slots.creator] == 0]] = False
    return totals(place, slots.posts, count), apart


def _brands(brand: Ints, category: Ints, product: Ints, categories: int) -> Ints:
    """Return how many known brands' products were shown in each category."""
    known = brand[product] >= 0
    pairs = np.unique(np.stack([category[known], brand[product][known]]), axis=1)
    return np.bincount(pairs[0], minlength=categories)


def _rows(names: Texts, log: Floats, variance: Floats, posts: Floats, apart: Bools) -> Appeals:
    half = NINETY * np.sqrt(variance)
    return Appeals(names, np.exp(log), np.exp(log - half), np.exp(log + half), posts, apart)
