"""The run that readers see: followed by a small poll, so that a plan takes it as a parameter."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, LiteralString, Self

from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncTransaction
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import reading
from graph.runs.run import FIT, READ, Run

LOG: Final = logging.getLogger("creatorgraph.runs")

SECONDS: Final = 1.0

NEWS: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun {status: 'current'})
OPTIONAL MATCH (state:State {id: 'data'})
RETURN run.id AS id, coalesce(state.version, 0) AS version
"""

RUN: Final[LiteralString] = f"""
MATCH (run:ScoringRun {{id: $id}})
RETURN {READ}
"""

TOUCH: Final[LiteralString] = """
MERGE (state:State {id: 'data'})
SET state.version = coalesce(state.version, 0) + 1
"""


class CurrentRun:
    """Knows the current run within `seconds`; use it as a context manager, or `start` and `stop` it.

    While the database does not answer, it goes on saying what it last knew; so it does, and logs, of a run that it cannot read.
    """

    def __init__(self, driver: AsyncDriver, database: str = "neo4j", seconds: float = SECONDS) -> None:
        self._driver = driver
        self._database = database
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None
        self._fits: tuple[str, tuple[str, str]] | None = None
        self.run: Run | None = None
        self.data_version = 0

    @property
    def id(self) -> str | None:
        """Id of the current run; None before the first, as are the properties below."""
        return self.run and self.run.id

    @property
    def as_of(self) -> int | None:
        """What was known until then counts."""
        return self.run and self.run.as_of

    @property
    def formula_version(self) -> str | None:
        """Version of the formulas."""
        return self.run and self.run.formula_version

    @property
    def names(self) -> tuple[str, ...]:
        """Property names of the indicators, in the run's order; empty before the first run."""
        return self.run.names if self.run else ()

    @property
    def goes_out(self) -> bool:
        """Whether there is a run that has scorecards for brands and partners."""
        return self.run is not None and self.run.goes_out

    def seen(self, *, outward: bool) -> Run | None:
        """Return the current run as an audience sees it."""
        return self.run.outward() if self.run and outward else self.run

    async def fit(self, *, outward: bool = False) -> str | None:
        """Return the current run's fit as JSON, or its outward fits by region, read once a run; None before the first."""
        run = self.run
        if run is None:
            return None
        if self._fits is None or self._fits[0] != run.id:
            read = await self._record(FIT, id=run.id)
            self._fits = run.id, (read["fit"], read["outward"] or "{}")
        return self._fits[1][outward]

    async def refresh(self) -> None:
        """Ask the database now."""
        news = await self._record(NEWS)
        if news["id"] is None:
            self.run = None
        elif self.run is None or self.run.id != news["id"]:
            self.run = Run.of((await self._record(RUN, id=news["id"]))["run"])
        self.data_version = int(news["version"])

    async def start(self) -> Self:
        """Ask once, which may fail, then follow."""
        await self.refresh()
        self._task = asyncio.create_task(self._follow())
        return self

    async def stop(self) -> None:
        """Follow no longer."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            try:
                with suppress(DriverError, Neo4jError, OSError):
                    await self.refresh()
            except Exception:  # a run that another version wrote: what is known is still served, and the next one is looked for
                LOG.exception("the current run cannot be read")

    async def _record(self, query: LiteralString, **parameters: Any) -> Any:
        async with reading(self._driver, self._database) as session:
            return await (await session.run(query, parameters)).single(strict=True)


async def touch(tx: AsyncTransaction | AsyncManagedTransaction) -> None:
    """Move the data version, as an import does: what was answered before is no longer to be taken from a cache."""
    await (await tx.run(TOUCH)).consume()
