"""Scoring that a serving process starts: in a process of its own, which ends with this one."""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import suppress
from dataclasses import asdict
from time import time
from typing import Final

import orjson
from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from api.errors import ApiError
from api.process.state import State
from api.runs.job import Order
from api.settings import Settings
from graph.runs import InTheWay, JobStatus, claim, end_job

LOG: Final = logging.getLogger("creatorgraph.scoring")
SECONDS_TO_END: Final = 2.5
"""Less than the service itself has to end in order."""

GIVEN: Final = (
    *("home", "cache", "log_level", "keep_runs", "drift_limit", "heap_mb", "page_cache_mb", "connections"),
    *("neo4j_uri", "neo4j_username", "neo4j_password", "neo4j_database"),
)
"""Settings that the process is told through its standard input, which nobody else can read."""

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
        self._running: dict[asyncio.Task[None], asyncio.subprocess.Process] = {}

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
        task = asyncio.create_task(self._watch(process, order))
        self._running[task] = process
        task.add_done_callback(self._running.pop)
        return None

    async def end(self) -> None:
        """End every process in order, or else end it; what it had begun is removed before the next run."""
        for process in self._running.values():
            assert process.stdin is not None
            process.stdin.close()
        if self._running:
            await asyncio.wait(self._running, timeout=SECONDS_TO_END)
        for process in self._running.values():
            with suppress(ProcessLookupError):
                process.kill()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _started(self, order: Order) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "api.process.scoring_worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the first process, which ends the others
        )
        assert process.stdin is not None
        settings = {name: getattr(self._settings, name) for name in GIVEN}
        process.stdin.write(orjson.dumps({"settings": settings, "order": asdict(order)}, default=str) + b"\n")
        return process

    async def _watch(self, process: asyncio.subprocess.Process, order: Order) -> None:
        """Say of a process that ends without having said so itself that it failed."""
        code = await process.wait()
        if code:
            LOG.warning("scoring has ended before it was done", extra={"fields": {"job": order.id, "code": code}})
            await self._failed(order, f"its process ended with status {code}: {_reason(code)}; `scoringRuns` tells which run is current")

    async def _failed(self, order: Order, error: str) -> None:
        with suppress(DriverError, Neo4jError, OSError):
            await end_job(self._driver, order.id, JobStatus.FAILED, now=int(time()), database=self._settings.neo4j_database, error=error)


def _reason(code: int) -> str:
    if code < 0:
        return f"signal {-code}, as where memory runs out; give it more memory, and score again"
    return "the log of the service has the reason; correct it, and score again"
