"""Which state of its data the database is in, as of the moment of asking, for whoever keeps answers.

The version is the database's own number of its last transaction, told as the bookmark of an empty read: whoever commits
anything, wherever, moves it before they hear that it is done. Beside it stands the version that a restored backup moves.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from contextvars import Context
from typing import Any, Final, LiteralString, TypeAlias

from neo4j import AsyncDriver, AsyncSession

from graph.connection import reading
from graph.reachability import AWAY

LOG: Final = logging.getLogger("creatorgraph.version")
SECONDS: Final = 1.0
"""How long an answer is worth waiting for; without one, nothing is taken from a cache or kept."""

TURNS: Final = 3
"""Turns of the event loop that pass before the next question: by then those just told have been answered, and who of them asks again at
once shares it. With 16 clients that took 8 to 17 % of a request's CPU time here, and 15 to 22 % of the database's; one turn, nothing."""

Version: TypeAlias = tuple[frozenset[str], int]

VERSION: Final[LiteralString] = """
OPTIONAL MATCH (state:State {id: 'data'})
RETURN coalesce(state.version, 0) AS version
"""


class DataVersion:
    """Tells the version by queries that each begin after they are asked for; all who ask before one begins share it.

    What is read from the graph after version v was told holds all that was committed up to v; it holds nothing else where
    v is told again later.
    """

    def __init__(self, driver: AsyncDriver, *, database: str, moved: Callable[[], Awaitable[None]]) -> None:
        """Ask a database; `moved` is awaited before a version is told that differs from the last."""
        self._driver, self._database, self._moved = driver, database, moved
        self._waiting: list[asyncio.Future[Version | None]] = []
        self._asking: asyncio.Task[None] | None = None
        self._told: Version | None = None

    async def now(self) -> Version | None:
        """Return the version; None where the database does not tell it in time."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[Version | None] = loop.create_future()
        self._waiting.append(waiter)
        if self._asking is None:
            # Whoever asks first asks for others too: what is asked is of nobody's request.
            self._asking = loop.create_task(self._ask(), context=Context())
        return await waiter

    async def close(self) -> None:
        """End what is being asked."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _ask(self) -> None:
        """Ask as long as somebody waits."""
        waiting: list[asyncio.Future[Version | None]] = []
        try:
            while self._waiting:
                with suppress(*AWAY):
                    async with reading(self._driver, self._database) as session:
                        answers = True
                        while self._waiting and answers:
                            waiting, self._waiting = self._waiting, []
                            version = await self._version(session)
                            _tell(waiting, version)
                            answers = version is not None
                            for _ in range(TURNS):
                                await asyncio.sleep(0)
        finally:
            self._asking = None
            _tell([*waiting, *self._waiting], None)

    async def _version(self, session: AsyncSession) -> Version | None:
        try:
            async with asyncio.timeout(SECONDS):
                found = await _read(session)
                if found != self._told:
                    # A transaction is numbered before all can see it. The second query carries the number with it, so
                    # that the database answers it once everything up to there is to be seen.
                    await _read(session)
                    await self._moved()
        except Exception as error:
            if not isinstance(error, AWAY):
                LOG.exception("what has changed cannot be read")
            self._told = None
            return None
        self._told = found
        return found


def _tell(waiting: Sequence[asyncio.Future[Version | None]], version: Version | None) -> None:
    for each in waiting:
        if not each.done():
            each.set_result(version)


async def _read(session: AsyncSession) -> Version:
    record: Any = await (await session.run(VERSION)).single(strict=True)
    return (await session.last_bookmarks()).raw_values, int(record["version"])
