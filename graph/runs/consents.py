"""Scores that are made with exact sales of creators who have withdrawn their consent to showing them since."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncManagedTransaction

WITHDRAWN: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $run})
WITH run, coalesce(run.readAt, run.startedAt, 0) AS since
RETURN coalesce(run.outwardScorecards, 0) > 0 AND EXISTS {
  MATCH (creator:Creator)
  WHERE creator._consentWithdrawnAt >= since AND coalesce(creator._consentGivenAt, 0) <= since
} AS withdrawn
"""


async def stands_on_withdrawn(tx: AsyncManagedTransaction, run: str) -> bool:
    """Tell whether brands and partners would see scores of a run that are made with sales which they may no longer see."""
    found = await (await tx.run(WITHDRAWN, run=run)).single()
    return found is not None and bool(found["withdrawn"])
