"""Scoring that a serving process starts: in a process of its own, which ends with this one."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import asdict
from time import time
from typing import Final

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from api.errors import ApiError
from api.process.job_processes import JobProcesses, reason
from api.process.job_worker import STOPPED
from api.process.state import State
from api.runs.job import Order, stopped_in
from api.settings import Settings
from graph.runs import InTheWay, JobStatus, claim, end_job, newest_job

LOG: Final = logging.getLogger("creatorgraph.scoring")
UNSTARTED: Final = "it was given up before its process was started; score again"


class NotStarted(ApiError):
    """The machine gives no further process."""


def scorer(state: State) -> Scorer:
    """Return the one of a serving process."""

    def make() -> Scorer:
        made = Scorer(state.settings, state.driver)
        state.own.at_end(made.end)
        return made

    return state.own.of(Scorer, make)


class Scorer:
    """Starts processes that score, and looks after them."""

    def __init__(self, settings: Settings, driver: AsyncDriver) -> None:
        """Start none yet."""
        self._settings, self._driver = settings, driver
        self._processes = JobProcesses(settings, "api.process.scoring_worker", given=("keep_runs", "drift_limit"))

    async def start(self, order: Order) -> InTheWay | None:
        """Have it scored, and return at once; return what is in the way where somebody scores already, on whichever machine.

        NotStarted where no process can be started.
        """
        try:
            before = await claim(self._driver, order.job, database=self._settings.neo4j_database)
            if before is not None:
                return before
            process = await self._started(order)
        except OSError as error:
            told = f"no process could be started ({error.strerror}); free some memory, and score again"
            await self._failed(order, told)
            raise NotStarted(told) from error
        except (DriverError, Neo4jError):  # to which nothing else can be said either
            raise
        except BaseException:  # a request that is cancelled too: what it claimed would keep others waiting
            await asyncio.shield(self._failed(order, UNSTARTED))
            raise
        self._processes.watch(process, lambda code: self._ended(code, order))
        return None

    async def end(self) -> None:
        """End every process in order, or else end it; what it had begun is removed before the next run."""
        await self._processes.end()

    async def _started(self, order: Order) -> asyncio.subprocess.Process:
        return await self._processes.started(asdict(order))

    async def _ended(self, code: int, order: Order) -> None:
        """Say of a process that ended without having said so itself that it failed."""
        if code:
            LOG.warning("scoring has ended before it was done", extra={"fields": {"job": order.id, "code": code}})
            failed = f"{reason(code)}, and score again; `scoringRuns` tells which run is current"
            await self._failed(order, await self._stopped() if code == STOPPED else failed)

    async def _stopped(self) -> str:
        """Return what to say of a process that was stopped, by the phase that it noted last."""
        job = None
        with suppress(DriverError, Neo4jError, OSError):
            job = await newest_job(self._driver, now=int(time()), database=self._settings.neo4j_database)
        return stopped_in("" if job is None else job.phase)

    async def _failed(self, order: Order, error: str) -> None:
        with suppress(DriverError, Neo4jError, OSError):
            await end_job(self._driver, order.id, JobStatus.FAILED, now=int(time()), database=self._settings.neo4j_database, error=error)
