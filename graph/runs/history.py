"""The history of scores: what each run said of each creator over everything in 90 days, kept when its scorecards are dropped.

As a day ages, fewer points of it are kept: one a day for a quarter, one a week for two years, one a month from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, LiteralString

import numpy as np
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.connection import writing
from graph.dates import DAY
from graph.exactness import number_or_none
from graph.retrying import read_rows
from graph.runs.building import Building
from graph.runs.cards import Cards
from graph.runs.scopes import ALL, OUTWARD, WINDOW, kept_under
from graph.runs.statuses import lock_statuses

BATCH: Final = 5_000
DAILY: Final = 92
"""Days for which a point a day is kept."""

WEEKLY: Final = 731
"""Days for which a point a week is kept."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run whose scores are kept in the history; `names` are its scores in the order of their values."""

    id: str
    as_of: int
    formula_version: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastScore:
    """One score of a creator in a past run; None where there was no value."""

    run: PastRun
    value: float | None
    low: float | None
    high: float | None


STORE: Final[LiteralString] = """
MATCH (run:BuildingRun {id: $run, token: $token})
UNWIND range(0, size($creator) - 1) AS i
CREATE (past:PastScores {id: $creator[i] + '|' + $under, creatorId: $creator[i], runId: $under,
                         values: $values[i], lows: $lows[i], highs: $highs[i]})
RETURN count(past) AS made
"""


async def store_history(building: Building, cards: Cards, *, under: str = "") -> None:
    """Write a run's scores into the history, under its id or another; readers see them once it is published."""
    places = np.flatnonzero((cards.window == WINDOW) & (cards.category == ALL))
    columns = {"creator": cards.creator, "values": cards.value, "lows": cards.low, "highs": cards.high}
    batches = (places[at] for at in building.batches(len(places), BATCH))
    await building.write(
        STORE, ({"under": under or building.id, **{name: column[at].tolist() for name, column in columns.items()}} for at in batches)
    )


RUNS: Final[LiteralString] = """
MATCH (run:PastRun)
RETURN run.id AS id, run.asOf AS asOf, run.formulaVersion AS formulaVersion, run.names AS names, run.dropping AS dropping
ORDER BY id
"""

MARK: Final[LiteralString] = """
UNWIND $ids AS id
MATCH (run:PastRun {id: id})
SET run.dropping = true
"""
"""A run that is taken back may ask for the one before it again: who finds the mark writes its scores anew."""


async def thin(driver: AsyncDriver, *, database: str) -> int:
    """Drop from the history what has aged, and what a later run of the same day replaced; returns how many runs those were."""

    async def mark(tx: AsyncManagedTransaction) -> list[str]:
        await lock_statuses(tx)
        records = [record async for record in await tx.run(RUNS)]
        aged = superseded([PastRun(each["id"], each["asOf"], each["formulaVersion"], tuple(each["names"])) for each in records])
        ids = sorted({*aged, *(str(each["id"]) for each in records if each["dropping"])})
        await (await tx.run(MARK, ids=ids)).consume()
        return ids

    async with writing(driver, database) as session:
        ids = await session.execute_write(mark)
    await forget(driver, ids, database=database)
    return len(ids)


def superseded(runs: Sequence[PastRun]) -> list[str]:
    """Return the runs that the history no longer needs: of each day, week or month, all but the last."""
    newest = max((run.as_of for run in runs), default=0)
    last: dict[object, PastRun] = {}
    for run in sorted(runs, key=lambda each: (each.as_of, each.id)):
        last[_period(run.as_of, newest)] = run
    kept = {run.id for run in last.values()}
    return [run.id for run in runs if run.id not in kept]


def _period(as_of: int, newest: int) -> object:
    """Return what tells one kept point from the next at this age."""
    day, age = as_of // DAY, newest // DAY - as_of // DAY
    if age <= DAILY:
        return day
    date = datetime.fromtimestamp(as_of, UTC)
    return date.isocalendar()[:2] if age <= WEEKLY else ("month", date.year, date.month)


FORGET_SCORES: Final[LiteralString] = """
MATCH (:PastRun {id: $id, dropping: true})
MATCH (past:PastScores)
WHERE past.runId IN $ids
WITH past
LIMIT $batch
DELETE past
RETURN count(*) AS gone
"""

FORGET_RUN: Final[LiteralString] = """
MATCH (run:PastRun {id: $id, dropping: true})
DELETE run
"""


async def forget(driver: AsyncDriver, ids: Iterable[str], *, database: str) -> None:
    """Remove marked runs from the history; the run itself last, so that a kill in between is made up for later.

    One whose mark is gone meanwhile is left alone: it is about to be current again.
    """

    async def page(tx: AsyncManagedTransaction, id_: str) -> int:
        await lock_statuses(tx)
        gone = int((await (await tx.run(FORGET_SCORES, id=id_, ids=kept_under(id_), batch=BATCH)).single(strict=True))["gone"])
        if not gone:
            await (await tx.run(FORGET_RUN, id=id_)).consume()
        return gone

    async with writing(driver, database) as session:
        for id_ in ids:
            while await session.execute_write(page, id_):
                pass


HISTORY: Final[LiteralString] = """
MATCH (past:PastScores)
WHERE past.id STARTS WITH $creator + '|' AND past.creatorId = $creator
MATCH (run:PastRun)
WHERE past.runId = run.id + $audience
RETURN run.id AS id, run.asOf AS asOf, run.formulaVersion AS formulaVersion, run.names AS names,
  past.values AS values, past.lows AS lows, past.highs AS highs
ORDER BY asOf, id
LIMIT 10000
"""


async def past_scores(  # noqa: PLR0913 -- what is read, and where
    driver: AsyncDriver, creator: str, score: str, *, database: str, seconds: float, outward: bool = False
) -> list[PastScore]:
    """Return a creator's kept scores of one indicator (camelCase), the oldest as-of date first; runs that did not know it are left out.

    They are those of the outward scorecards where `outward`.
    """
    values = {"creator": creator, "audience": OUTWARD if outward else ""}
    rows = await read_rows(driver, HISTORY, values, database=database, seconds=seconds)
    found: list[PastScore] = []
    for id_, as_of, version, names, *columns in rows:
        if score in names:
            value, low, high = (number_or_none(column[names.index(score)]) for column in columns)
            found.append(PastScore(PastRun(id_, as_of, version, tuple(names)), value, low, high))
    return found
