"""A run that has become current, and the one that was so before it."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncDriver

from graph.connection import reading
from graph.runs.run import READ, Run

TWO: Final[LiteralString] = f"""
MATCH (run:ScoringRun)
WHERE run.id <= $id AND run.status IN ['current', 'superseded']
RETURN {READ}
ORDER BY run.id DESC
LIMIT 2
"""

RESTORED: Final[LiteralString] = f"""
MATCH (run:ScoringRun)
WHERE (run.id = $id AND run.status IN ['current', 'superseded']) OR (run.id = $taken_back AND run.status <> 'discarded')
RETURN {READ}
ORDER BY run.id
"""


async def restoration(driver: AsyncDriver, id_: str, taken_back: str, *, database: str) -> tuple[Run | None, Run | None]:
    """Return the run of an id, current again, and the one that was taken back for it, None for each that is no longer stored.

    Both are None where the run of the id was taken back itself since.
    """
    return await _two(driver, RESTORED, id_, database=database, taken_back=taken_back)


async def succession(driver: AsyncDriver, id_: str, *, database: str) -> tuple[Run | None, Run | None]:
    """Return the run of an id and the published one before it, None for each that is no longer stored."""
    return await _two(driver, TWO, id_, database=database)


async def _two(driver: AsyncDriver, query: LiteralString, id_: str, *, database: str, **more: str) -> tuple[Run | None, Run | None]:
    async with reading(driver, database) as session:
        runs = [Run.of(row["run"]) async for row in await session.run(query, {"id": id_, **more})]
    if not runs or runs[0].id != id_:
        return None, None
    return runs[0], runs[1] if len(runs) > 1 else None
