"""Whether this process is up, and whether it can answer: each check says what to do where it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.http.answers import UNCACHED
from api.process.state import State
from api.process.warming import warming_of
from graph.connection import writing
from graph.migrations import VERSION, schema_version
from graph.reachability import AWAY, ONE, unaccepted

SECONDS: Final = 3.0
MEDIA_TYPE: Final = "application/json"
DATABASE: Final = "database"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold for answers to come; `remedy` says how to mend it."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


async def _database(state: State) -> Check:
    # An auto-commit query, since a managed transaction would try again for half a minute.
    try:
        async with (
            asyncio.timeout(SECONDS),
            writing(state.driver, state.settings.neo4j_database) as session,
        ):
            await (await session.run(ONE)).consume()
    except AWAY as error:
        remedy = "start it (`creatorgraph db start`), or check NEO4J_URI and its password; run `creatorgraph doctor` for details"
        return Check(DATABASE, False, f"does not answer ({unaccepted(error) or type(error).__name__})", remedy)
    return Check(DATABASE, True, "answers")


async def _schema(state: State) -> Check:
    try:
        async with asyncio.timeout(SECONDS):
            found = await schema_version(state.driver, database=state.settings.neo4j_database)
    except AWAY:
        return Check("schema", False, "unknown: the database is not responding", "fix the database first")
    if found != VERSION:
        return Check("schema", False, f"version {found}, but {VERSION} is required", "restart `creatorgraph serve` to migrate it")
    return Check("schema", True, f"version {found}")


async def _scores(state: State) -> Check:
    run, as_of = state.run.id, state.run.as_of
    if run is None or as_of is None:
        return Check("scores", False, "no scoring run yet", "run `creatorgraph score` (after `creatorgraph import`)")
    without = "" if state.run.goes_out else "; it has no scores for brands and partners yet, run `creatorgraph score` once"
    return Check("scores", True, f"run {run}, as of {_moment(as_of)}{without}")


async def _warm(state: State) -> Check:
    progress = warming_of(state)
    if progress.over:
        return Check("warm-up", True, progress.detail)
    return Check("warm-up", False, progress.detail, "wait a few seconds, or set CREATORGRAPH_WARM_UP_SECONDS=0")


CHECKS: Final[tuple[Callable[[State], Awaitable[Check]], ...]] = (_schema, _scores, _warm)


async def checked(state: State) -> list[Check]:
    """Return every check's outcome, the database's first; where that fails, the others are not tried."""
    database = await _database(state)
    return [database, *[await check(state) for check in CHECKS if database.ok]]


async def healthz(request: Request) -> Response:
    """Say that the process is up."""
    request.state.kind = "health"
    return Response(orjson.dumps({"status": "up"}), headers=UNCACHED, media_type=MEDIA_TYPE)


async def readyz(request: Request) -> Response:
    """Say whether answers can be had: 200 where every check holds, else 503 with what to do."""
    request.state.kind = "health"
    found = await checked(request.app.state.process)
    ready = all(each.ok for each in found)
    body = {"status": "ready" if ready else "not ready", "checks": [asdict(each) for each in found]}
    return Response(orjson.dumps(body), 200 if ready else 503, headers=UNCACHED, media_type=MEDIA_TYPE)


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
