"""Brands that work with the same creators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString, NamedTuple

from graph.recommendations.reading import Reading


class Rival(NamedTuple):
    """A brand, how many of the creators it shares, and how many it works with in all."""

    brand: str
    shared: int
    creators: int


class Rivals(NamedTuple):
    """How many creators the brand itself works with, and every brand that shares one of them; all counted among those the reader sees."""

    creators: int
    rivals: list[Rival]


RIVALS: Final[LiteralString] = """
MATCH (b:Brand {id: $brand})<-[:COLLABORATED_WITH {runId: $run}]-(c:Creator)
WHERE $regions IS NULL OR c.region IN $regions
WITH b, collect(DISTINCT c) AS own
UNWIND own AS c
MATCH (c)-[:COLLABORATED_WITH {runId: $run}]->(o:Brand)
WHERE o <> b
WITH own, o, count(DISTINCT c) AS shared
RETURN size(own) AS own, o.id AS brand, shared, COUNT {
  MATCH (o)<-[:COLLABORATED_WITH {runId: $run}]-(x:Creator)
  WHERE $regions IS NULL OR x.region IN $regions
  RETURN DISTINCT x
} AS creators
ORDER BY shared DESC, brand
"""


async def rivals(reading: Reading, run: str, brand: str) -> Rivals:
    """Return who shares a brand's creators, as of a run, with exact counts: what of them may be told is the caller's to decide."""
    rows = await reading.rows(RIVALS, run=run, brand=brand)
    return Rivals(rows[0][0] if rows else 0, [Rival(*row[1:]) for row in rows])


SHARED_CATEGORIES: Final[LiteralString] = """
UNWIND $others AS id
MATCH (:Brand {id: $brand})-[:SELLS]->(:Product)-[:IN_CATEGORY]->(k:Category)
WITH DISTINCT id, k
WHERE EXISTS { MATCH (:Brand {id: id})-[:SELLS]->(:Product)-[:IN_CATEGORY]->(k) }
WITH id, k.id AS category
ORDER BY category
RETURN id, collect(category)[..$most] AS categories
"""


async def shared_categories(reading: Reading, brand: str, others: Sequence[str], *, most: int = 20) -> dict[str, list[str]]:
    """Return the categories in which both sell, by the other brand, at most `most` each; the catalogue is open to all."""
    return {id_: found for id_, found in await reading.rows(SHARED_CATEGORIES, brand=brand, others=list(others), most=most)}  # noqa: C416 - rows are lists
