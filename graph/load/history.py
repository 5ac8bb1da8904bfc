"""Imports that have finished and changed something, as the outbox tells of them."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.connection import reading
from graph.outbox import IMPORT_FINISHED, Recorded, recorded

FINISHED_IMPORTS: Final[LiteralString] = """
MATCH (event:DomainEvent)
WHERE event.id > 0 AND event.name = $name
RETURN event
ORDER BY event.id DESC
LIMIT $most
"""


async def finished_imports(driver: AsyncDriver, *, most: int, database: str = "neo4j") -> list[Recorded]:
    """Return the events of finished imports that are still kept, the newest first, at most so many."""
    async with reading(driver, database) as session:
        result = await session.run(FINISHED_IMPORTS, name=IMPORT_FINISHED.name, most=most)
        return [recorded(row["event"]) async for row in result]
