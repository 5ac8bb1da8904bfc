"""What several creators have in common: the brands they work with, the products they show, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.recommendations.reading import Reading


@dataclass(frozen=True, slots=True)
class Promotion:
    """A product that a creator has shown: the brand that sells it, None where unknown, and when, in Unix seconds, ascending."""

    product: str
    brand: str | None
    at: list[int]


BRANDS: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})-[:COLLABORATED_WITH {runId: $run}]->(b:Brand)
WHERE $regions IS NULL OR c.region IN $regions
RETURN id, collect(DISTINCT b.id) AS brands
"""


async def brands_of(reading: Reading, run: str, creators: Sequence[str]) -> dict[str, set[str]]:
    """Return the brands that each creator works with, as of a run; those whose ties the reader sees only as counts are among them."""
    return {id_: set(brands) for id_, brands in await reading.rows(BRANDS, run=run, creators=list(creators))}


PROMOTIONS: Final[LiteralString] = """
UNWIND $creators AS id
MATCH (c:Creator {id: id})-[:PUBLISHED]->(t:Content)-[:FEATURES]->(p:Product)
WHERE $regions IS NULL OR c.region IN $regions
WITH id, p, t.publishedAt AS at
ORDER BY at
WITH id, p, collect(at) AS at
RETURN id, p.id AS product, head([(p)<-[:SELLS]-(b:Brand) | b.id]) AS brand, at
ORDER BY id, product
"""


async def promotions_of(reading: Reading, creators: Sequence[str]) -> dict[str, list[Promotion]]:
    """Return the products that each creator's content shows; those whose ties the reader sees only as counts are among them."""
    found: dict[str, list[Promotion]] = {}
    for id_, product, brand, at in await reading.rows(PROMOTIONS, creators=list(creators)):
        found.setdefault(id_, []).append(Promotion(product, brand, at))
    return found
