"""A published run, and the one that was published before it."""

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


async def succession(driver: AsyncDriver, id_: str, *, database: str) -> tuple[Run | None, Run | None]:
    """Return the run of an id and the published one before it, None for each that is no longer stored."""
    async with reading(driver, database) as session:
        runs = [Run.of(row["run"]) async for row in await session.run(TWO, id=id_)]
    if not runs or runs[0].id != id_:
        return None, None
    return runs[0], runs[1] if len(runs) > 1 else None
