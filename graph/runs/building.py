"""A run in the making: begun, filled, published in one step; until then no reader can see it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.connection import writing
from graph.outbox import RUN_HELD, RUN_PUBLISHED, Event, forget_old, record
from graph.rights.gate import passed
from graph.runs.errors import RunLost, RunOutdated
from graph.runs.pace import FULL, Pace
from graph.runs.run import Plan, Totals, totals_text
from graph.runs.scopes import kept_under, outward_id
from graph.runs.statuses import lock_statuses

BEGIN: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun|PastRun|DiscardedRun)
WITH coalesce(max(toInteger(substring(run.id, 1))), 0) + 1 AS number
CREATE (run:BuildingRun)
SET run = $properties, run.token = $token,
  run.id = 'r' + reduce(zeros = '', _ IN range(size(toString(number)), 5) | zeros + '0') + toString(number)
RETURN run.id AS id
"""


@dataclass(frozen=True, slots=True)
class Building:
    """A run that is being made.

    Its token tells it from a run of the same number that another process begins, should this one be given up.
    """

    driver: AsyncDriver
    database: str
    id: str
    token: str
    plan: Plan
    pace: Pace = FULL

    async def publish(
        self, totals: Totals, *, creators: int, scorecards: int, published_at: int, told: Mapping[str, object] | None = None
    ) -> None:
        """Make this run the current one and the one before it superseded, in one transaction; `told` are more of its properties."""
        closing = {**self._closing(totals, creators, scorecards), "publishedAt": published_at, **(told or {})}
        await self.write(PUBLISH, [{"closing": closing}], Event(RUN_PUBLISHED, self.id))

    async def hold(self, totals: Totals, *, creators: int, scorecards: int, told: Mapping[str, object] | None = None) -> None:
        """Let this run wait, whole, for somebody to publish or discard it; readers go on seeing the one before."""
        await self.write(HOLD, [{"closing": {**self._closing(totals, creators, scorecards), **(told or {})}}], Event(RUN_HELD, self.id))

    def _closing(self, totals: Totals, creators: int, scorecards: int) -> dict[str, object]:
        return {"totals": totals_text(totals, self.plan.names), "creatorCount": creators, "scorecardCount": scorecards}

    def batches(self, count: int, most: int) -> Iterator[slice]:
        """Yield slices of `count` rows, as many at once as the run's pace makes of `most`."""
        rows = self.pace.rows(most)
        return (slice(start, start + rows) for start in range(0, count, rows))

    async def write(self, query: LiteralString, batches: Iterable[Mapping[str, object]], event: Event | None = None) -> None:
        """Run a query once for each batch of parameters, each in a transaction of its own; RunLost where one finds no run any more.

        The query matches the run by `$run` and `$token`, and returns how many it has `made`; the `event` is recorded with it.
        """

        async def made(tx: AsyncManagedTransaction, batch: Mapping[str, object]) -> int:
            if event is not None:
                await lock_statuses(tx)
                # Whoever withdraws marks the run before taking anything out of it: it is closed before that, or not at all.
                if await _outdated(tx, self.id):
                    return OUTDATED
                await (await tx.run(WITHDRAWN_SINCE, outward=outward_id(self.id), since=self.plan.started_at)).consume()
            found = await (await tx.run(query, {"run": self.id, "token": self.token, **batch})).single(strict=True)
            if not found["made"] and await _outdated(tx, self.id):
                return OUTDATED
            if event is not None and found["made"]:
                await record(tx, event)
            return int(found["made"])

        async with writing(self.driver, self.database) as session:
            for batch in batches:
                async with self.pace.kept():
                    found = await session.execute_write(made, batch)
                self.refuse_lost(found)

    def refuse_lost(self, found: int) -> None:
        """Raise `RunLost` where the run's node is no longer there, `RunOutdated` where somebody it has read of is not to be in it."""
        if found == OUTDATED:
            raise outdated()
        if not found:
            raise RunLost(f"run {self.id} was given up while it was being made: another process scores now; let it finish, or score again")


OUTDATED: Final = -1

WITHDRAWN_SINCE: Final[LiteralString] = """
MATCH (creator:Creator)
WHERE creator._consentWithdrawnAt >= $since
MATCH (creator)<-[:RATES]-(card:Scorecard {runId: $outward})
REMOVE card.facts
"""
"""Exact sales of those who withdrew consent after they were read, and before their cards were there to be taken out of."""

MARKED: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run})
SET run._locked = true // takes the lock before the mark is read
REMOVE run._locked
RETURN run.token = 'outdated' AS outdated
"""


async def _outdated(tx: AsyncManagedTransaction, run: str) -> bool:
    found = await (await tx.run(MARKED, run=run)).single()
    return found is not None and bool(found["outdated"])


def outdated() -> RunOutdated:
    """Return the error of a run that has read of somebody who is no longer to be in it."""
    return RunOutdated("a creator objected to being rated, or was erased, while the run was being made; score again")


PUBLISH: Final[LiteralString] = """
OPTIONAL MATCH (run:BuildingRun {id: $run, token: $token})
CALL (run) {
  WITH run
  WHERE run IS NOT NULL
  OPTIONAL MATCH (before:ScoringRun {status: 'current'})
  SET before.status = 'superseded'
  WITH DISTINCT run
  SET run += $closing, run.status = 'current', run:ScoringRun
  REMOVE run:BuildingRun, run.token
  CREATE (:PastRun {id: run.id, asOf: run.asOf, formulaVersion: run.formulaVersion, names: run.names})
  RETURN count(run) AS made
}
RETURN made
"""

HOLD: Final[LiteralString] = """
OPTIONAL MATCH (run:BuildingRun {id: $run, token: $token})
FOREACH (each IN CASE WHEN run IS NULL THEN [] ELSE [run] END |
  SET each += $closing, each.status = 'held', each:ScoringRun
  REMOVE each:BuildingRun, each.token
)
RETURN count(run) AS made
"""


async def begin(driver: AsyncDriver, plan: Plan, *, database: str, pace: Pace = FULL) -> Building:
    """Begin a run under the next number, which is written at a pace; call it with the scoring lock held, and after `clean`."""
    token = uuid.uuid4().hex

    async def write(tx: AsyncManagedTransaction) -> str:
        if (await passed(tx)).withdrawals != plan.withdrawals:
            raise outdated()
        begun = await (await tx.run(BEGIN, properties=plan.properties, token=token)).single(strict=True)
        return str(begun["id"])

    async with writing(driver, database) as session:
        return Building(driver, database, await session.execute_write(write), token, plan, pace)


UNPUBLISHED: Final[LiteralString] = """
MATCH (run:BuildingRun)
RETURN collect(run.id) AS ids
"""


async def clean(driver: AsyncDriver, *, database: str) -> int:
    """Remove what killed runs have left; returns how many there were."""
    ids: list[str] = (await driver.execute_query(UNPUBLISHED, database_=database)).records[0]["ids"]
    await drop(driver, ids, database=database)
    return len(ids)


OLD: Final[LiteralString] = """
MATCH (run:ScoringRun)
WHERE run.status = 'superseded'
WITH run
ORDER BY run.id DESC
SKIP $kept
SET run.status = 'discarded'
RETURN collect(run.id) AS ids
"""
"""Marked before anything of them is deleted, so that none becomes current again meanwhile."""


async def retain(driver: AsyncDriver, runs: int, *, database: str, pace: Pace = FULL) -> int:
    """Keep the newest `runs`, the current one included, and drop others that do not wait, and old events; returns how many runs."""

    async def mark(tx: AsyncManagedTransaction) -> list[str]:
        await lock_statuses(tx)
        return list((await (await tx.run(OLD, kept=max(runs - 1, 0))).single(strict=True))["ids"])

    async with writing(driver, database) as session:
        ids = await session.execute_write(mark)
    await drop(driver, ids, database=database, pace=pace)
    await forget_old(driver, database=database)
    return len(ids)


def dropping(label: LiteralString) -> LiteralString:
    """Return the query that removes the nodes of a label that belong to a run, whichever of `$ids` they are kept under."""
    return f"""
MATCH (node:{label})
WHERE node.runId IN $ids
CALL (node) {{
  DETACH DELETE node
}} IN TRANSACTIONS OF $rows ROWS
"""


DROP_TIES: Final[LiteralString] = """
MATCH (c:Creator)-[tie:COLLABORATED_WITH]->(:Brand)
WHERE tie.runId = $id
CALL (tie) {
  DELETE tie
} IN TRANSACTIONS OF $rows ROWS
"""

DROP_UNPUBLISHED_PAST: Final[LiteralString] = """
MATCH (run:ScoringRun|BuildingRun {id: $id})
WHERE NOT EXISTS { MATCH (:PastRun {id: $id}) }
MATCH (past:PastScores)
WHERE past.runId IN $ids
CALL (past) {
  DELETE past
} IN TRANSACTIONS OF $rows ROWS
"""
"""What a published run has said stays in the history, unless nobody reads it there: what waited, or was left by a kill."""

DROP_RUN: Final[LiteralString] = """
MATCH (run:ScoringRun|BuildingRun {id: $id})
DELETE run
"""

DROP_CARDS: Final[LiteralString] = """
UNWIND $ids AS run
MATCH (card:Scorecard)
WHERE card.id STARTS WITH run + '|'
WITH card
LIMIT $rows
DETACH DELETE card
RETURN count(*) AS gone
"""
"""Asked until nothing is left: there are many, with dozens of index entries each."""

DROPS: Final[tuple[LiteralString, ...]] = (
    DROP_TIES,
    *(dropping(label) for label in ("Vectors", "Flag", "Signatures", "SalesAppeal", "Predictions", "Forecast")),
    DROP_UNPUBLISHED_PAST,
    DROP_RUN,
)


DROPPED: Final = 5_000
"""Nodes and ties that a transaction removes at most."""


async def drop(driver: AsyncDriver, ids: Sequence[str], *, database: str, pace: Pace = FULL) -> None:
    """Remove runs with all that hangs on them; the run itself last, so that a kill in between is made up for later."""

    async def page(tx: AsyncManagedTransaction, run: str) -> int:
        found = await tx.run(DROP_CARDS, ids=kept_under(run), rows=pace.rows(DROPPED))
        return int((await found.single(strict=True))["gone"])

    async with writing(driver, database) as session:
        for id_ in ids:
            gone = 1
            while gone:
                async with pace.kept():
                    gone = await session.execute_write(page, id_)
            for query in DROPS:
                await (await session.run(query, id=id_, ids=kept_under(id_), rows=pace.rows(DROPPED))).consume()
