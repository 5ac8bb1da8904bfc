"""A new process asks itself what others will ask, so that none of them waits for what is slow but once: plans, pools, the store's pages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final, LiteralString

from neo4j.exceptions import DriverError, Neo4jError

from api.access.viewer import Role, Viewer
from api.errors import ApiError
from api.features.example import Example
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.pages.examples import EXAMPLES
from api.process.state import State
from graph.connection import reading

LOG: Final = logging.getLogger("creatorgraph.warming")
NAME: Final = "warm-up"

SOMEBODY: Final[LiteralString] = """
MATCH (b:Brand)-[:OFFERED]->(:Collaboration)-[:WITH]->(c:Creator)
RETURN b.id AS brand, c.id AS creator
LIMIT 1
"""


@dataclass(slots=True)
class Warming:
    """How far the warm-up of a process is; `over` where there is none."""

    over: bool = True
    done: int = 0
    total: int = 0

    @property
    def detail(self) -> str:
        """How far it is, in words."""
        return f"{self.done} of {self.total} typical queries answered" if self.total else "none needed"


def warming_of(state: State) -> Warming:
    """Return how far a process is."""
    return state.own.of(Warming)


@asynccontextmanager
async def warming(state: State) -> AsyncGenerator[None]:
    """Warm up within the block, beside whatever else is answered, for as long as the settings allow."""
    seconds = state.settings.warm_up_seconds
    warming_of(state).over = not seconds  # at once: who asks before the task begins is told that it is not over
    asking = asyncio.create_task(warm(state, seconds))
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def warm(state: State, seconds: float) -> None:
    """Answer the example queries of all roles, each once, one after the other, as somebody of that role."""
    progress = warming_of(state)
    progress.over = not seconds
    if progress.over:
        return
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                questions = [(viewer, example) for viewer in await _viewers(state) for example in EXAMPLES[viewer.role]]
                progress.total = len(questions)
                for viewer, example in questions:
                    await _ask(state, viewer, example)
                    progress.done += 1
    except Exception:
        LOG.exception("the warm-up has failed; the first answers may be slow")
    finally:
        progress.over = True
        LOG.info("warmed up", extra={"fields": {"answered": progress.done, "of": progress.total}})


async def _viewers(state: State) -> Sequence[Viewer]:
    """Return an analyst, and where the graph has such, a partner and a creator, each with a budget of its own."""
    async with reading(state.driver, state.settings.neo4j_database) as session:
        found = await (await session.run(SOMEBODY)).single()
    analyst = Viewer(f"{NAME}-1", NAME, Role.ANALYST, unseen=True)
    if found is None:
        return [analyst]
    partner = Viewer(f"{NAME}-2", NAME, Role.PARTNER, ("*",), (found["brand"],), unseen=True)
    return [analyst, partner, Viewer(f"{NAME}-3", NAME, Role.CREATOR, creator=found["creator"], unseen=True)]


async def _ask(state: State, viewer: Viewer, example: Example) -> None:
    """Have one question answered; what becomes of it is nobody's concern."""
    request = GraphQLRequest(example.query, variables=example.variables or {}, read_only=True)
    with suppress(ApiError, DriverError, Neo4jError, OSError):
        await execute(request, viewer, state)
