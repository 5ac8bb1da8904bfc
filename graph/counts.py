"""How many nodes there are of a kind, from the store's own counts: no node is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.connection import reading

COUNTS: Final[dict[str, LiteralString]] = {
    "Creator": "MATCH (:Creator) RETURN count(*) AS count",
    "Brand": "MATCH (:Brand) RETURN count(*) AS count",
    "Product": "MATCH (:Product) RETURN count(*) AS count",
    "Content": "MATCH (:Content) RETURN count(*) AS count",
    "Collaboration": "MATCH (:Collaboration) RETURN count(*) AS count",
}


async def counts(driver: AsyncDriver, labels: Iterable[str] = tuple(COUNTS), *, database: str = "neo4j") -> dict[str, int]:
    """Return the number of nodes of each of `labels`, which are keys of COUNTS."""
    found: dict[str, int] = {}
    async with reading(driver, database) as session:
        for label in labels:
            record = await (await session.run(COUNTS[label])).single(strict=True)
            found[label] = record["count"]
    return found
