"""The database: does it answer, is its schema ours, is there a scoring run, what time is it there?"""

from __future__ import annotations

import time
from typing import Final, LiteralString

from neo4j import AsyncDriver

from api.checkup.finding import Finding, Level, fail, graded, ok, warn
from api.process.database import FOLDER
from api.process.database import database as opened
from api.settings import Settings
from graph.errors import GraphError
from graph.migrations import VERSION, schema_version
from graph.server import PrivateServer

SECONDS_APART: Final = 5


async def database(settings: Settings) -> list[Finding]:
    """Ask the database; a private one that does not run is not started for it."""
    if settings.neo4j_uri is None and not PrivateServer(settings.home / FOLDER, cache=settings.cache).running:
        return [ok("database", "the private database is not running; start it with `creatorgraph serve` or `creatorgraph db start`")]
    try:
        async with opened(settings) as driver:
            return [
                ok("database", f"{settings.neo4j_uri or 'the private database'} answers"),
                await _schema(driver, settings.neo4j_database),
                await _run(driver, settings.neo4j_database),
                await _clock(driver, settings.neo4j_database),
            ]
    except GraphError as error:
        what, _, remedy = str(error).partition("; ")
        return [fail("database", what, remedy)]


async def _schema(driver: AsyncDriver, name: str) -> Finding:
    found = await schema_version(driver, database=name)
    if found is None:
        return warn("schema", "the database is new", "`creatorgraph import` or `creatorgraph serve` sets it up")
    if found > VERSION:
        return fail("schema", f"version {found} was written by a newer creatorgraph, this one supports {VERSION}", "use the newer one")
    return ok("schema", f"version {found}" + (f", to be brought to {VERSION} at the next start" if found < VERSION else ""))


CURRENT_RUN: Final[LiteralString] = """
MATCH (run:ScoringRun {status: 'current'})
RETURN run.id AS id
ORDER BY id DESC
LIMIT 1
"""

HELD_RUN: Final[LiteralString] = """
MATCH (run:ScoringRun {status: 'held'})
RETURN run.id AS id, run.takenBackAt IS NOT NULL AS takenBack
ORDER BY id DESC
LIMIT 1
"""


async def _run(driver: AsyncDriver, name: str) -> Finding:
    records = (await driver.execute_query(CURRENT_RUN, database_=name)).records
    if not records:
        return warn("scores", "there is no scoring run yet", "run `creatorgraph score`")
    held = (await driver.execute_query(HELD_RUN, database_=name)).records
    if held:
        run = held[0]["id"]
        remedy = f"`creatorgraph score --publish {run}` lets readers see it, `creatorgraph score --discard {run}` removes it"
        why = "was taken back for" if held[0]["takenBack"] else "drifted from"
        return warn("scores", f"run {run} waits, since it {why} the current one, {records[0]['id']}", remedy)
    return ok("scores", f"the current run is {records[0]['id']}")


TIME_THERE: Final[LiteralString] = """
RETURN datetime.realtime().epochMillis AS milliseconds
"""


async def _clock(driver: AsyncDriver, name: str) -> Finding:
    before = time.time()
    there = (await driver.execute_query(TIME_THERE, database_=name)).records[0]["milliseconds"] / 1000
    apart = max(0.0, before - there, there - time.time())
    level = Level.OK if apart < SECONDS_APART else Level.FAIL
    return graded(level, "database's clock", f"{apart:.1f} s from ours", "set both clocks by NTP")
