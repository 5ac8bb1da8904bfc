"""Products, with their brands and all the categories that they count for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from scoring.facts.arrays import ABSENT, Floats, Ints, Texts, ints
from scoring.facts.events.arrow import Column, Table, Tables, values

ALL: Final = "*"
"""The category of everything."""


@dataclass(frozen=True, slots=False)
class Catalogue:
    """Products, brands and categories, each sorted by id; a code is a place.

    `starts` and `members` list each product's categories: `members[starts[p]:starts[p + 1]]` are `ALL`,
    its own category and those above it, each once; `leaf` is its own one, the deepest of several, `ALL` without any. `price` is
    in USD, NaN where unknown.
    """

    product: Texts
    brand: Texts
    category: Texts
    brand_of: Ints
    starts: Ints
    members: Ints
    leaf: Ints
    price: Floats

    @cached_property
    def product_values(self) -> Column:
        """Products to look codes up among."""
        return values(self.product)

    @cached_property
    def brand_values(self) -> Column:
        """Brands to look codes up among."""
        return values(self.brand)

    @cached_property
    def everything(self) -> int:
        """Code of `ALL`."""
        return int(np.searchsorted(self.category, ALL))

    def spread(self, products: Ints) -> tuple[Ints, Ints]:
        """Return for each place in `products` and each category of that product one pair (place, category)."""
        counts = self.starts[products + 1] - self.starts[products]
        place = np.repeat(np.arange(len(products), dtype=np.int64), counts)
        within = np.arange(len(place), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
        return place, self.members[self.starts[products][place] + within]


def catalogue(tables: Tables) -> Catalogue:
    """Return every product, brand and category."""
    categories, products = tables["categories"], tables["products"]
    brands = sorted(tables["brands"]["id"].to_pylist())
    return _assembled(_parents(categories), brands, _product_rows(products), _prices(products))


def _prices(products: Table) -> dict[str, float]:
    """Return the price of each product that has one; the lowest where a product has several rows."""
    found: dict[str, float] = {}
    for product, price in zip(products["id"].to_pylist(), products["price_usd"].to_pylist(), strict=True):
        if price is not None:
            found[product] = min(found.get(product, price), price)
    return found


def _lists(table: Table, *names: str) -> Iterator[tuple[str, ...]]:
    """Return rows of texts, "" where one is null."""
    return zip(*([each or "" for each in table[name].to_pylist()] for name in names), strict=True)


def _parents(categories: Table) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for child, parent in _lists(categories, "id", "parent_id"):
        found.setdefault(child, set()).update({parent} if parent else set())
    return found


def _product_rows(products: Table) -> dict[str, tuple[set[str], str]]:
    """Return each product's own categories and its brand, the first by id where there are several."""
    found: dict[str, tuple[set[str], str]] = {}
    for product, category, brand in sorted(_lists(products, "id", "category_id", "brand_id")):
        found.setdefault(product, (set(), brand))[0].update({category} if category else set())
    return found


def _assembled(
    parents: Mapping[str, set[str]], brands: Sequence[str], products: Mapping[str, tuple[set[str], str]], prices: Mapping[str, float]
) -> Catalogue:
    category = sorted({ALL, *parents})
    place = {each: at for at, each in enumerate(category)}
    above = {each: sorted(place[one] for one in {ALL, *with_ancestors(each, parents)}) for each in parents}
    product, place_of = sorted(products), {brand: at for at, brand in enumerate(brands)}
    members = [sorted({place[ALL], *(one for own in products[each][0] for one in above[own])}) for each in product]
    return Catalogue(
        product=np.array(product, dtype=np.str_),
        brand=np.array(brands, dtype=np.str_),
        category=np.array(category, dtype=np.str_),
        brand_of=ints([place_of.get(products[each][1], ABSENT) for each in product]),
        starts=np.concatenate([ints([0]), np.cumsum(ints([len(each) for each in members]))]),
        members=ints([one for each in members for one in each]),
        leaf=ints([place[max(products[each][0], key=lambda own: (len(above[own]), own), default=ALL)] for each in product]),
        price=np.array([prices.get(each, np.nan) for each in product], dtype=np.float64),
    )


def with_ancestors(category: str, parents: Mapping[str, set[str]]) -> set[str]:
    """Return the category and all above it; a circle ends where it closes."""
    found: set[str] = set()
    open_ = [category]
    while open_:
        each = open_.pop()
        if each not in found:
            found.add(each)
            open_.extend(parents.get(each, set()))
    return found
