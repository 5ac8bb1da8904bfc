"""Runs that wait for an administrator: whole, seen by no reader of scores, until they are published or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.connection import writing
from graph.outbox import RUN_DISCARDED, RUN_PUBLISHED, Event, record
from graph.runs.building import drop
from graph.runs.consents import stands_on_withdrawn
from graph.runs.statuses import lock_statuses

STANDING: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun {id: $id})
OPTIONAL MATCH (current:ScoringRun {status: 'current'})
RETURN run.status AS status, current.id AS current
"""

PUBLISH: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id, status: 'held'})
OPTIONAL MATCH (before:ScoringRun {status: 'current'})
SET before.status = 'superseded'
WITH DISTINCT run
SET run.status = 'current', run.publishedAt = $now
REMOVE run.takenBackAt
CREATE (:PastRun {id: run.id, asOf: run.asOf, formulaVersion: run.formulaVersion, names: run.names})
"""

DISCARD: Final[LiteralString] = """
MATCH (run:ScoringRun {id: $id, status: 'held'})
CREATE (:DiscardedRun {id: run.id})
SET run.status = 'discarded'
"""
"""The number is never given again."""

HELD: Final[LiteralString] = """
MATCH (run:ScoringRun)
WHERE run.status = 'discarded' OR (run.status = 'held' AND run.id < $before)
RETURN run.id AS id
ORDER BY id
"""


class Standing(StrEnum):
    """What became of a wish to publish or discard a run."""

    DONE = "done"
    MISSING = "missing"
    NOT_HELD = "not held"
    OUTDATED = "outdated"
    CONSENT_WITHDRAWN = "consent withdrawn"


async def publish_held(driver: AsyncDriver, run: str, *, now: int, database: str) -> Standing:
    """Make a held run the current one in one transaction.

    One older than the current run stays as it is (`OUTDATED`), and so does one whose scores are made with exact sales that a creator
    has withdrawn since it was read (`CONSENT_WITHDRAWN`).
    """

    async def write(tx: AsyncManagedTransaction) -> Standing:
        found = await _standing(tx, run)
        if found is Standing.DONE and await stands_on_withdrawn(tx, run):
            return Standing.CONSENT_WITHDRAWN
        if found is Standing.DONE:
            await (await tx.run(PUBLISH, id=run, now=now)).consume()
            await record(tx, Event(RUN_PUBLISHED, run), at=now)
        return found

    async with writing(driver, database) as session:
        return await session.execute_write(write)


async def discard_held(driver: AsyncDriver, run: str, *, database: str) -> Standing:
    """Remove a held run with all that hangs on it."""

    async def write(tx: AsyncManagedTransaction) -> Standing:
        found = await _standing(tx, run)
        if found in (Standing.DONE, Standing.OUTDATED):
            await (await tx.run(DISCARD, id=run)).consume()
            await record(tx, Event(RUN_DISCARDED, run))
            return Standing.DONE
        return found

    async with writing(driver, database) as session:
        found = await session.execute_write(write)
    if found is Standing.DONE:
        await drop(driver, [run], database=database)
    return found


async def discard_older(driver: AsyncDriver, run: str, *, database: str) -> int:
    """Remove runs that wait and are older than a new one, and what a kill left of discarded ones; returns how many there were."""
    records = (await driver.execute_query(HELD, before=run, database_=database)).records
    ids = [str(record["id"]) for record in records]
    for each in ids:
        await discard_held(driver, each, database=database)
    await drop(driver, ids, database=database)
    return len(ids)


async def _standing(tx: AsyncManagedTransaction, run: str) -> Standing:
    await lock_statuses(tx)
    record: Mapping[str, str | None] = await (await tx.run(STANDING, id=run)).single(strict=True)
    status, current = record["status"], record["current"]
    if status is None:
        return Standing.MISSING
    if status != "held":
        return Standing.NOT_HELD
    return Standing.OUTDATED if current is not None and current > run else Standing.DONE
