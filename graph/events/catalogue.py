"""Products, brands and categories, as they are now."""

from __future__ import annotations

from typing import Final, LiteralString

from graph.events.arrow import Kind, Kinds, Table, Tables, stacked, table
from graph.reader import Reader

CATEGORIES: Final[LiteralString] = """
MATCH (k:Category)
OPTIONAL MATCH (k)-[:CHILD_OF]->(parent:Category)
RETURN collect(k.id) AS id, collect(coalesce(parent.id, '')) AS parent_id
"""

PRODUCTS: Final[LiteralString] = """
MATCH (p:Product)
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


async def catalogue(reader: Reader) -> Tables:
    """Return every product, brand and category."""
    return {
        "categories": await _table(reader, CATEGORIES, CATEGORY),
        "brands": await _table(reader, BRANDS, BRAND),
        "products": await _table(reader, PRODUCTS, PRODUCT),
    }


async def _table(reader: Reader, query: LiteralString, kinds: Kinds) -> Table:
    return stacked(await reader.read(query, [{}], lambda record: table(record, kinds)), kinds)
