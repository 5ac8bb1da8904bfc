"""The current run taken back: the one before it is current again, and this one waits like a run that was held.

Which run is current is a matter of its status alone. The run taken back is out of the history, and the other in it, as if it had been held
from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.outbox import RUN_RESTORED, Event, record
from graph.runs.scopes import ALL, WINDOW, kept_under


class NotTakenBack(StrEnum):
    """Why a run is not taken back."""

    MISSING = "missing"
    NOT_CURRENT = "not current"
    NOTHING_BEFORE = "nothing before"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The run that is current again."""

    restored: str


PAIR: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun {id: $id})
OPTIONAL MATCH (before:ScoringRun)
WHERE before.id < $id AND before.status = 'superseded'
RETURN run.status AS status, max(before.id) AS before
"""

REMEMBER: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id})
WHERE NOT EXISTS { MATCH (:PastRun {id: $id}) }
UNWIND $under AS under
MATCH (card:Scorecard)
WHERE card.runId = under AND card.window = $window AND card.categoryId = $all
CALL (run, card, under) {
  MERGE (past:PastScores {id: card.creatorId + '|' + under})
  SET past.creatorId = card.creatorId, past.runId = under, past.lows = card.lows, past.highs = card.highs,
    past.values = [name IN run.names | coalesce(card[name], NaN)]
} IN TRANSACTIONS OF 5000 ROWS
"""
"""What the history dropped of a run, since a later one of the same day had replaced it; nobody reads it before there is a `PastRun`."""

TAKE_BACK: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id, status: 'current'})
MATCH (before:ScoringRun {id: $before, status: 'superseded'})
SET run.status = 'held', run.takenBackAt = $now, before.status = 'current'
REMOVE run.publishedAt
MERGE (now:PastRun {id: before.id})
SET now.asOf = before.asOf, now.formulaVersion = before.formulaVersion, now.names = before.names
WITH run
OPTIONAL MATCH (past:PastRun {id: run.id})
DELETE past
"""


async def take_back(driver: AsyncDriver, run: str, *, now: int, database: str) -> TakenBack | NotTakenBack:
    """Make the run before the current run `run` the current one, in one transaction; what is not the current run stays as it is."""

    async def write(tx: AsyncManagedTransaction) -> TakenBack | NotTakenBack:
        found = await _before(tx, run)
        if isinstance(found, TakenBack):
            await (await tx.run(TAKE_BACK, id=run, before=found.restored, now=now)).consume()
            await record(tx, Event(RUN_RESTORED, found.restored), at=now)
        return found

    async with driver.session(database=database) as session:  # pyright: ignore[reportUnknownMemberType] -- untyped options
        found = await session.execute_read(_before, run)
        if isinstance(found, TakenBack):
            again = {"id": found.restored, "under": kept_under(found.restored), "window": WINDOW, "all": ALL}
            await (await session.run(REMEMBER, again)).consume()
            found = await session.execute_write(write)
        return found


async def _before(tx: AsyncManagedTransaction, run: str) -> TakenBack | NotTakenBack:
    row = await (await tx.run(PAIR, id=run)).single(strict=True)
    if row["status"] is None:
        return NotTakenBack.MISSING
    if row["status"] != "current":
        return NotTakenBack.NOT_CURRENT
    return NotTakenBack.NOTHING_BEFORE if row["before"] is None else TakenBack(row["before"])
