"""Which of the nodes named by id are not in the graph, and which regions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.retrying import read_rows

ABSENT: Final[dict[str, LiteralString]] = {
    "Brand": "UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Brand {id: id}) } RETURN id",
    "Category": "UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Category {id: id}) } RETURN id",
    "Region": "UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Creator {region: id}) } RETURN id",
    "MarketRegion": """
UNWIND $ids AS id
WITH id
WHERE NOT (EXISTS { MATCH (:Brand {region: id}) } OR EXISTS { MATCH (:Creator {region: id}) })
RETURN id
""",
    "Creator": "UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Creator {id: id}) } RETURN id",
}


async def absent(driver: AsyncDriver, kind: str, ids: Sequence[str], *, database: str) -> list[str]:
    """Return those of the own ids that no node of a kind of `ABSENT` has, or of the regions that no creator, or nobody at all, sells in."""
    if not ids:
        return []
    return [id_ for (id_,) in await read_rows(driver, ABSENT[kind], {"ids": list(ids)}, database=database)]


REGIONS: Final[LiteralString] = """
CALL () {
  MATCH (creator:Creator)
  RETURN creator.region AS region
  UNION
  MATCH (product:Product)
  RETURN product.region AS region
}
WITH region
WHERE region IS NOT NULL
RETURN region
ORDER BY region
"""


async def regions(driver: AsyncDriver, *, database: str) -> list[str]:
    """Return the regions in which a creator or a product sells, in alphabetical order."""
    return [region for (region,) in await read_rows(driver, REGIONS, {}, database=database)]
