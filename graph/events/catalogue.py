"""Products, brands and categories, as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString

from graph.events.arrow import Kind, Kinds, Table, Tables, stacked, table
from graph.reader import Reader

CATEGORIES: Final[LiteralString] = """
MATCH (k:Category)
OPTIONAL MATCH (k)-[:CHILD_OF]->(parent:Category)
RETURN collect(k.id) AS id, collect(coalesce(parent.id, '')) AS parent_id
"""

ALL: Final[LiteralString] = """
MATCH (p:Product)"""

SOME: Final[LiteralString] = """
MATCH (p:Product)
WHERE p.id IN $ids"""

PRODUCTS: Final[LiteralString] = """
OPTIONAL MATCH (p)-[:IN_CATEGORY]->(k:Category)
OPTIONAL MATCH (p)<-[:SELLS]-(b:Brand)
RETURN
  collect(p.id) AS id,
  collect(coalesce(k.id, '')) AS category_id,
  collect(coalesce(b.id, '')) AS brand_id,
  collect(coalesce(p.priceUsd, -1.0)) AS price_usd
"""

BRANDS: Final[LiteralString] = """
MATCH (b:Brand)
RETURN collect(b.id) AS id
"""

CATEGORY: Final = {"id": Kind.NAME, "parent_id": Kind.NAME}
PRODUCT: Final = {"id": Kind.TEXT, "category_id": Kind.NAME, "brand_id": Kind.NAME, "price_usd": Kind.SOME_REAL}
BRAND: Final = {"id": Kind.TEXT}


async def catalogue(reader: Reader, products: Sequence[str] | None = None) -> Tables:
    """Return every product, or those of some ids, and every brand and category."""
    some = ALL + PRODUCTS if products is None else SOME + PRODUCTS
    return {
        "categories": await _table(reader, CATEGORIES, CATEGORY),
        "brands": await _table(reader, BRANDS, BRAND),
        "products": await _table(reader, some, PRODUCT, ids=products),
    }


async def _table(reader: Reader, query: LiteralString, kinds: Kinds, ids: Sequence[str] | None = None) -> Table:
    return stacked(await reader.read(query, [{} if ids is None else {"ids": list(ids)}], lambda record: table(record, kinds)), kinds)
