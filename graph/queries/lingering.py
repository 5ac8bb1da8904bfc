"""Whether a query is over in the database as well: one that was told to end may go on where nothing can interrupt it."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver, Query

from graph.connection import reading

SECONDS: Final = 5.0

RUNNING: Final[LiteralString] = """
SHOW TRANSACTIONS
YIELD metaData
WHERE metaData.query = $tag
RETURN count(*) AS running
"""


async def lingers(driver: AsyncDriver, tag: str, *, database: str) -> bool:
    """Tell whether the database still works on the query that runs under `tag`."""
    async with reading(driver, database) as session:
        record = await (await session.run(Query(RUNNING, timeout=SECONDS), tag=tag)).single(strict=True)
        return record["running"] > 0
