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


TAKEN_BACK: Final[LiteralString] = f"""
MATCH (run:ScoringRun)
WHERE run.id = $id OR (run.id > $id AND run.status = 'held' AND run.takenBackAt IS NOT NULL)
RETURN {READ}
ORDER BY run.id
LIMIT 2
"""


async def restoration(driver: AsyncDriver, id_: str, *, database: str) -> tuple[Run | None, Run | None]:
    """Return the run of an id, current again, and the one that was taken back for it, None for each that is no longer stored."""
    return await _two(driver, TAKEN_BACK, id_, database=database)


async def succession(driver: AsyncDriver, id_: str, *, database: str) -> tuple[Run | None, Run | None]:
    """Return the run of an id and the published one before it, None for each that is no longer stored."""
    return await _two(driver, TWO, id_, database=database)


async def _two(driver: AsyncDriver, query: LiteralString, id_: str, *, database: str) -> tuple[Run | None, Run | None]:
    async with reading(driver, database) as session:
        runs = [Run.of(row["run"]) async for row in await session.run(query, id=id_)]
    if not runs or runs[0].id != id_:
        return None, None
    return runs[0], runs[1] if len(runs) > 1 else None
