"""Whom to show a newcomer: the brand with the most collaborations in a region, and the creator who did best with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j import AsyncDriver


@dataclass(frozen=True, slots=True)
class Showcase:
    """A brand, a creator who worked with it and has a score, and the region of both."""

    brand: str
    creator: str
    handle: str
    region: str


SHOWCASE: Final[LiteralString] = """
MATCH (brand:Brand)-[:OFFERED]->(:Collaboration)-[:WITH]->(creator:Creator)
MATCH (creator)<-[:RATES]-(card:Scorecard {runId: $run, window: 90, categoryId: '*'})
WHERE brand.region = creator.region AND card.overall IS NOT NULL
WITH brand, count(*) AS collaborations, collect(creator) AS creators, collect(card.overall) AS scores
ORDER BY collaborations DESC, brand.id
LIMIT 1
UNWIND range(0, size(creators) - 1) AS i
WITH brand, creators[i] AS creator, scores[i] AS score
ORDER BY score DESC, creator.id
LIMIT 1
RETURN brand.id AS brand, creator.id AS creator, creator.handle AS handle, creator.region AS region
"""


async def showcase(driver: AsyncDriver, run: str, *, database: str = "neo4j") -> Showcase | None:
    """Return whom to show; None where no creator with a score has worked with a brand of their region."""
    found = await driver.execute_query(SHOWCASE, run=run, database_=database)
    return Showcase(**found.records[0]) if found.records else None
