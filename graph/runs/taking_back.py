"""The current run taken back: the one before it is current again, and this one waits like a run that was held.

Which run is current is a matter of its status alone. The run taken back is out of the history, and the other in it, as if it had been held
from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncSession

from graph.connection import writing
from graph.outbox import RUN_RESTORED, Event, record
from graph.rights.gate import passed
from graph.runs.consents import stands_on_withdrawn
from graph.runs.scopes import ALL, WINDOW, kept_under
from graph.runs.statuses import lock_statuses

BATCH: Final = 5_000


class NotTakenBack(StrEnum):
    """Why a run is not taken back."""

    MISSING = "missing"
    NOT_CURRENT = "not current"
    NOTHING_BEFORE = "nothing before"
    CONSENT_WITHDRAWN = "consent withdrawn"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The run that is current again."""

    restored: str


@dataclass(frozen=True, slots=True)
class OtherBefore:
    """Nothing was taken back: the run that would be current again is another than was named."""

    id: str


PAIR: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun {id: $id})
OPTIONAL MATCH (before:ScoringRun)
WHERE before.id < $id AND before.status = 'superseded'
WITH run, before
ORDER BY before.id DESC
LIMIT 1
OPTIONAL MATCH (past:PastRun {id: before.id})
RETURN run.status AS status, before.id AS before, past IS NOT NULL AND past.dropping IS NULL AS remembered
"""

UNMARK: Final[LiteralString] = """
MATCH (past:PastRun {id: $id, dropping: true})
DELETE past
"""
"""The history is about to drop it: whoever does finds it gone, and leaves alone what is written anew."""

CARDS: Final[LiteralString] = """
UNWIND $under AS under
MATCH (card:Scorecard)
WHERE card.runId = under AND card.window = $window AND card.categoryId = $all
RETURN card.id AS id
ORDER BY id
"""

REMEMBER: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id})
UNWIND $cards AS id
MATCH (card:Scorecard {id: id})
MERGE (past:PastScores {id: card.creatorId + '|' + card.runId})
SET past.creatorId = card.creatorId, past.runId = card.runId, past.lows = card.lows, past.highs = card.highs,
  past.values = [name IN run.names | coalesce(card[name], NaN)]
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


@dataclass(frozen=True, slots=True)
class Pair:
    """The current run and the one before it, and whether the history has all of that one."""

    run: str
    before: str
    remembered: bool


async def take_back(
    driver: AsyncDriver, run: str, *, now: int, database: str, restores: str | None = None
) -> TakenBack | NotTakenBack | OtherBefore:
    """Make the run before the current run `run` the current one, in one transaction; what is not the current run stays as it is.

    That run is to be `restores`, if given.
    """

    async def write(tx: AsyncManagedTransaction, prepared: Pair) -> TakenBack | NotTakenBack:
        found = await _pair(tx, run)
        if not isinstance(found, Pair):
            return found
        if found != prepared:
            return NotTakenBack.CHANGED
        if await stands_on_withdrawn(tx, found.before):
            return NotTakenBack.CONSENT_WITHDRAWN
        await (await tx.run(TAKE_BACK, id=run, before=found.before, now=now)).consume()
        await record(tx, Event(RUN_RESTORED, found.before, {"takenBack": run}), at=now)
        return TakenBack(found.before)

    async with writing(driver, database) as session:
        found = await session.execute_write(_prepared, run, restores)
        if not isinstance(found, Pair):
            return found
        if not found.remembered:
            await _remember(session, found)
        return await session.execute_write(write, found)


async def _prepared(tx: AsyncManagedTransaction, run: str, restores: str | None) -> Pair | NotTakenBack | OtherBefore:
    """Return what is to be done; what the history is about to drop of the run before is not dropped any more."""
    found = await _pair(tx, run)
    if not isinstance(found, Pair):
        return found
    if restores is not None and restores != found.before:
        return OtherBefore(found.before)
    if await stands_on_withdrawn(tx, found.before):
        return NotTakenBack.CONSENT_WITHDRAWN
    await (await tx.run(UNMARK, id=found.before)).consume()
    return found


async def _pair(tx: AsyncManagedTransaction, run: str) -> Pair | NotTakenBack:
    await lock_statuses(tx)
    row = await (await tx.run(PAIR, id=run)).single(strict=True)
    if row["status"] is None:
        return NotTakenBack.MISSING
    if row["status"] != "current":
        return NotTakenBack.NOT_CURRENT
    if row["before"] is None:
        return NotTakenBack.NOTHING_BEFORE
    return Pair(run, row["before"], row["remembered"])


async def _remember(session: AsyncSession, pair: Pair) -> None:
    """Write the scores of the run before into the history, each page behind the gate: without those who withdrew meanwhile."""

    async def cards(tx: AsyncManagedTransaction) -> list[str]:
        found = await tx.run(CARDS, under=kept_under(pair.before), window=WINDOW, all=ALL)
        return [str(each["id"]) async for each in found]

    async def page(tx: AsyncManagedTransaction, ids: list[str]) -> bool:
        await passed(tx)
        if await _pair(tx, pair.run) != pair:
            return False
        await (await tx.run(REMEMBER, id=pair.before, cards=ids)).consume()
        return True

    ids = await session.execute_read(cards)
    for start in range(0, len(ids), BATCH):
        if not await session.execute_write(page, ids[start : start + BATCH]):
            return
