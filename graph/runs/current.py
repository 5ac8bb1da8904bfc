"""The run that readers see: followed by a small poll, so that a plan takes it as a parameter."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, LiteralString, Self

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import reading
from graph.feeds import followed
from graph.outbox import EventsForgotten, Recorded
from graph.retrying import tried
from graph.runs.run import FIT, READ, Run

LOG: Final = logging.getLogger("creatorgraph.runs")

SECONDS: Final = 1.0

NEWS: Final[LiteralString] = """
OPTIONAL MATCH (run:ScoringRun {status: 'current'})
OPTIONAL MATCH (state:State {id: 'data'})
RETURN run.id AS id, coalesce(run.revision, 0) AS revision, coalesce(state.version, 0) AS version, coalesce(state.events, 0) AS events
"""

RUN: Final[LiteralString] = f"""
MATCH (run:ScoringRun {{id: $id}})
RETURN {READ}
"""


def _nobody(event: Recorded) -> None:
    """Hear of an event, and do nothing."""


class CurrentRun:
    """Knows the current run within `seconds`; use it as a context manager, or `start` and `stop` it.

    While the database does not answer, it goes on saying what it last knew; so it does, and logs, of a run that it cannot read.
    """

    def __init__(
        self, driver: AsyncDriver, database: str = "neo4j", seconds: float = SECONDS, told: Callable[[Recorded], None] = _nobody
    ) -> None:
        """Follow a database; `told` hears of each event that is recorded from now on."""
        self._driver = driver
        self._told = told
        self._database = database
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None
        self._fits: tuple[str, tuple[str, str]] | None = None
        self.run: Run | None = None
        self.data_version = 0
        self._events: int | None = None
        self._turn = asyncio.Lock()
        self._moved = asyncio.Event()

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
        """Ask the database now; one after the other, so that an older answer never replaces a newer one."""
        async with self._turn:
            news = await self._record(NEWS)
            if news["id"] is None:
                self.run = None
            elif self.run is None or (self.run.id, self.run.revision) != (news["id"], news["revision"]):
                self.run = Run.of((await self._record(RUN, id=news["id"]))["run"])
            self.data_version = int(news["version"])
            await self._tell(int(news["events"]))

    async def _tell(self, newest: int) -> None:
        """Tell of the events up to the newest, each once; those of before the start are history."""
        if self._events is None:
            self._events = newest
        elif newest > self._events:
            try:
                async for each in followed(self._driver, self._events, database=self._database):
                    self._told(each)
                    self._events = each.number
            except EventsForgotten:
                LOG.warning("more events than are kept were recorded since the last look; those before %d are passed over", newest)
                self._events = newest
        self._moved.set()
        self._moved = asyncio.Event()

    async def news(self, beyond: int) -> None:
        """Return once an event of a higher number is known."""
        while (self._events or 0) <= beyond:
            await self._moved.wait()

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
        async def read() -> Any:
            async with reading(self._driver, self._database) as session:
                return await (await session.run(query, parameters)).single(strict=True)

        return await tried(read)
