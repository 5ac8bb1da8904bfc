"""Queries that a key's holder wrote: who may, how many at once, within which bounds, and what is logged of each."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from api.access.table import Permission, may
from api.access.viewer import Viewer
from api.audit.entries import Channel, digest, free
from api.audit.recorder import recorder
from api.cypher.endings import Endings
from api.error_mapping import translated
from api.errors import BadUserInput, Forbidden, LimitExceeded
from api.process.expensive import SPARED, expensive_step
from graph.queries import (
    Answer,
    Bounds,
    Cleared,
    Examined,
    Faulty,
    QueryError,
    Refused,
    Unchecked,
    answering,
    checked,
    examined,
    lingers,
)

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState

LOG: Final = logging.getLogger("creatorgraph.cypher")
MEBIBYTE: Final = 1024 * 1024
LOGGED: Final = 2_000


@dataclass(frozen=True, slots=True)
class CypherQuery:
    """What is asked: a text with its parameters, and how much of the answer at most."""

    text: str
    parameters: Mapping[str, Any]
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Running:
    """A query that runs: what the guard has cleared, its answer while it comes, and when it began."""

    cleared: Cleared
    answer: Answer
    began: float

    @property
    def milliseconds(self) -> float:
        """How long it has taken so far, the guard's part included."""
        return round((perf_counter() - self.began) * 1000, 2)


def bounds(state: ReadState, *, rows: int, seconds: int, stream: bool = False) -> Bounds:
    """Return the bounds asked for; BadUserInput or LimitExceeded where they are more than the settings allow."""
    settings = state.settings
    most_rows, most_mb = (settings.stream_rows, settings.stream_mb) if stream else (settings.cypher_rows, settings.cypher_mb)
    for name, value, most, remedy in (
        ("limit", rows, most_rows, "aggregate, or page with ORDER BY, SKIP and LIMIT" if stream else "POST /cypher streams more"),
        ("timeoutSeconds", seconds, settings.cypher_seconds, "match less at once"),
    ):
        if value < 1:
            raise BadUserInput(f"{name} is {value}; give 1 to {most:,}")
        if value > most:
            raise LimitExceeded(f"{name} is {value:,}; at most {most:,} are allowed: {remedy}", limit=most)
    return Bounds(rows, most_mb * MEBIBYTE, float(seconds))


@asynccontextmanager
async def running(state: ReadState, viewer: Viewer, query: CypherQuery) -> AsyncGenerator[Running]:
    """Yield a query's answer while it runs, under the viewer's key; `ApiError` for whatever keeps it from the end.

    Its turn lasts until the query has ended in the database, which is when the block is left, or later.
    """
    _allowed(viewer)
    async with _turn(state, viewer) as turn:
        told: dict[str, Any] = {}
        began, answer, database = perf_counter(), None, state.settings.neo4j_database
        try:
            recorder(state).note(viewer, free(Channel.CYPHER, "cypher", query.text))
            cleared = await checked(state.driver, Unchecked(query.text, query.parameters, database, query.bounds.seconds, turn.tag))
            async with answering(state.driver, cleared, query.bounds, tag=turn.tag) as answer:
                yield Running(cleared, answer, began)
            turn.ended = not answer.broken
        except QueryError as error:
            turn.ended = isinstance(error, Faulty | Refused) or (answer is not None and answer.summary is not None)
            told = {"refused": error.refusals[0].rule} if isinstance(error, Refused) else {"failed": type(error).__name__}
            raise translated(error, "") from error
        except BaseException as error:
            told = {"failed": type(error).__name__}
            raise
        finally:
            _log(viewer, query.text, began, answer, told)


async def examination(state: ReadState, viewer: Viewer, text: str, parameters: Mapping[str, Any]) -> Examined:
    """Return what the guard says of a query, which is not run; planning it takes a turn too."""
    _allowed(viewer)
    seconds = float(state.settings.query_seconds)
    async with _turn(state, viewer) as turn:
        try:
            found = await examined(state.driver, Unchecked(text, parameters, state.settings.neo4j_database, seconds, turn.tag))
        except QueryError as error:
            turn.ended = isinstance(error, Faulty)
            raise translated(error, "") from error
        turn.ended = True
        return found


def _allowed(viewer: Viewer) -> None:
    if not may(viewer, Permission.BOUNDED_CYPHER):
        raise Forbidden(f"a key of the role {viewer.role} may not run Cypher; use an analyst's key, or GraphQL")


@dataclass(slots=True)
class _Turn:
    tag: str
    ended: bool = False


@asynccontextmanager
async def _turn(state: ReadState, viewer: Viewer) -> AsyncGenerator[_Turn]:
    """Hold one of the key's turns until the query under its tag has ended in the database."""
    endings, turn = state.own.of(Endings), _Turn(secrets.token_hex(8))
    endings.check()
    async with expensive_step(state, viewer, spared=SPARED) as step:
        try:
            yield turn
        finally:
            if not turn.ended:
                step.lasts(endings.watch(viewer.key_id, lambda: _gone(state, turn.tag)))


async def _gone(state: ReadState, tag: str) -> bool:
    return not await lingers(state.driver, tag, database=state.settings.neo4j_database)


def _log(viewer: Viewer, text: str, began: float, answer: Answer | None, told: Mapping[str, Any]) -> None:
    """Note who asked what, and what came of it; parameters are left out, since they may name persons."""
    if not LOG.isEnabledFor(logging.INFO):
        return
    fields = {
        "key": viewer.key_id,
        "query": digest(text)[:16],
        "text": text[:LOGGED],
        "rows": 0 if answer is None else answer.row_count,
        "truncated": None if answer is None else answer.truncated_by,
        "ms": round((perf_counter() - began) * 1000, 2),
    }
    LOG.info("cypher", extra={"fields": {**fields, **told}})
