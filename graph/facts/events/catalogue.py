"""Products, with their brands and all the categories that they count for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, LiteralString, cast

import numpy as np

from graph.facts.arrays import Ints, Texts, codes, ints
from graph.facts.reading import Reader

ALL: Final = "*"
"""The category of everything."""


@dataclass(frozen=True, slots=False)
class Catalogue:
    """Products, brands and categories, each sorted by id; a code is a place.

    `starts` and `members` list each product's categories: `members[starts[p]:starts[p + 1]]` are `ALL`,
    its own category and those above it, each once.
    """

    product: Texts
    brand: Texts
    category: Texts
    brand_of: Ints
    starts: Ints
    members: Ints

    @cached_property
    def positions(self) -> dict[str, int]:
        """Code of each product."""
        return {str(each): place for place, each in enumerate(self.product)}

    @cached_property
    def brand_positions(self) -> dict[str, int]:
        """Code of each brand."""
        return {str(each): place for place, each in enumerate(self.brand)}

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


CATEGORIES: Final[LiteralString] = """
MATCH (k:Category)
OPTIONAL MATCH (k)-[:CHILD_OF]->(parent:Category)
RETURN collect(k.id) AS id, collect(coalesce(parent.id, '')) AS parent
"""

PRODUCTS: Final[LiteralString] = """
MATCH (p:Product)
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (p)<-[:SELLS]-(b:Brand)
RETURN collect(p.id) AS id, collect(coalesce(k.id, '')) AS category, collect(coalesce(b.id, '')) AS brand
"""

BRANDS: Final[LiteralString] = """
MATCH (b:Brand)
RETURN collect(b.id) AS id
"""


async def catalogue(reader: Reader) -> Catalogue:
    """Return every product, brand and category."""
    (parents,) = await reader.read(CATEGORIES, [{}], _pairs)
    (brands,) = await reader.read(BRANDS, [{}], lambda record: sorted(cast("list[str]", record["id"])))
    (products,) = await reader.read(PRODUCTS, [{}], _product_rows)
    return _assembled(parents, brands, products)


def _pairs(record: Mapping[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for child, parent in zip(record["id"], record["parent"], strict=True):
        found.setdefault(child, set()).update({parent} if parent else set())
    return found


def _product_rows(record: Mapping[str, Any]) -> dict[str, tuple[set[str], str]]:
    """Return each product's own categories and its brand, the first by id where there are several."""
    found: dict[str, tuple[set[str], str]] = {}
    for product, category, brand in sorted(zip(record["id"], record["category"], record["brand"], strict=True)):
        found.setdefault(product, (set(), brand))[0].update({category} if category else set())
    return found


def _assembled(parents: Mapping[str, set[str]], brands: Sequence[str], products: Mapping[str, tuple[set[str], str]]) -> Catalogue:
    category = sorted({ALL, *parents})
    place = {each: at for at, each in enumerate(category)}
    above = {each: sorted(place[one] for one in {ALL, *with_ancestors(each, parents)}) for each in parents}
    product = sorted(products)
    members = [sorted({place[ALL], *(one for own in products[each][0] for one in above[own])}) for each in product]
    return Catalogue(
        product=np.array(product, dtype=np.str_),
        brand=np.array(brands, dtype=np.str_),
        category=np.array(category, dtype=np.str_),
        brand_of=codes((products[each][1] for each in product), {each: at for at, each in enumerate(brands)}),
        starts=np.concatenate([ints([0]), np.cumsum(ints([len(each) for each in members]))]),
        members=ints([one for each in members for one in each]),
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
