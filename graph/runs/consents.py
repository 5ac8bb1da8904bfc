"""Scores that are made with exact sales of creators who have withdrawn their consent to showing them since."""

from __future__ import annotations

from typing import Final, LiteralString

from neo4j import AsyncManagedTransaction

SECONDS_TO_READ: Final = 60
"""How long after the events consents may have been read, at most: what was given meanwhile may be in a run."""

WITHDRAWN: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $run})
WITH run, coalesce(run.readAt, run.startedAt, 0) AS since
RETURN coalesce(run.outwardScorecards, 0) > 0 AND EXISTS {
  MATCH (creator:Creator)
  WHERE creator._consentWithdrawnAt >= since AND coalesce(creator._consentGivenAt, 0) <= since + $seconds
} AS withdrawn
"""


async def stands_on_withdrawn(tx: AsyncManagedTransaction, run: str) -> bool:
    """Tell whether brands and partners would see scores of a run that are made with sales which they may no longer see."""
    found = await (await tx.run(WITHDRAWN, run=run, seconds=SECONDS_TO_READ)).single()
    return found is not None and bool(found["withdrawn"])
