"""A scoring run as a job: how far it is, told through the database to whoever looks, and given up where somebody cancels it there."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import time
from typing import Final

from neo4j import AsyncDriver
from neo4j.exceptions import DriverError, Neo4jError

from api.errors import ApiError
from api.process.ending import WAS_STOPPED
from api.process.failures import explained
from api.process.startup import Tell
from api.runs.phases import PHASES, WAIT
from graph.dates import iso_time
from graph.runs import FULL, GENTLE, LAST_PHASES, InTheWay, Job, JobStatus, Pace, advance_job, begin_job, clean, end_job, is_cancelled

LOG: Final = logging.getLogger("creatorgraph.scoring")
SECONDS: Final = 1.0
"""Between two looks whether somebody has cancelled, and between two notes of how far it is."""

STOPPED: Final = f"{WAS_STOPPED}; readers see the run before: score again"
STOPPED_LATE: Final = (
    "what ran it was stopped as it published its run; `scoringRuns` tells which run is current: score again where it is not the new one"
)


class ScoringCancelled(ApiError):
    """Somebody has cancelled the run."""


class ScoringOvertaken(ApiError):
    """Another job was started before the process of this one came to begin it."""


def new_id() -> str:
    """Return an id for a job."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be scored, who wants it (the name of a key, None for the command line), and whether readers come first."""

    id: str
    started_at: int
    as_of: int | None = None
    started_by: str | None = None
    note: str | None = None
    gently: bool = False

    @classmethod
    def of_command(cls, as_of: int | None, *, gently: bool = False) -> Order:
        """Return the order of a command line, at this moment."""
        return cls(new_id(), int(time()), as_of, gently=gently)

    @property
    def is_claimed(self) -> bool:
        """Whether a service announced it before its process was started."""
        return self.started_by is not None

    @property
    def pace(self) -> Pace:
        """How fast its run is written: gently where somebody serves meanwhile, or it says so."""
        return GENTLE if self.is_claimed or self.gently else FULL

    @property
    def job(self) -> Job:
        """The job that is made of it."""
        return Job(self.id, self.started_at, self.started_by, self.note, self.as_of)


@dataclass(slots=True)
class Recorder:
    """Notes how far a job is, once a second where that has changed, and cancels its task where somebody asks for that."""

    driver: AsyncDriver
    database: str
    order: Order
    told: Tell
    run: str | None = None
    cancelled: bool = False
    _at: tuple[str, int, int] = field(default=("clean", 0, 0))

    def tell(self, phase: str, done: int, total: int) -> None:
        """Note a phase and how far it is; what is no phase is a wait. May be called from any thread."""
        self._at = (phase, done, total) if phase in PHASES else (WAIT, 0, 0)
        self.told(phase, done, total)

    async def follow(self, task: asyncio.Task[object]) -> None:
        """Keep the graph told, until cancelled; the run goes on while the database does not answer."""
        noted = None
        while True:
            with suppress(DriverError, Neo4jError, OSError):
                at = self._at
                if at != noted:
                    await advance_job(self.driver, self.order.id, at, database=self.database)
                    noted = at
                if await is_cancelled(self.driver, self.order.id, database=self.database) and self._at[0] not in LAST_PHASES:
                    self.cancelled = True
                    task.cancel()
                    return
            await asyncio.sleep(SECONDS)

    async def end(self, status: JobStatus, error: str | None = None) -> None:
        """Say how the job ended, where the database can be reached."""
        with suppress(DriverError, Neo4jError, OSError):
            await end_job(self.driver, self.order.id, status, now=int(time()), database=self.database, error=error, run=self.run)

    async def fail(self, error: str) -> None:
        """Say why the job failed; where readers see its run, or it waits for them, what failed is only what follows."""
        if self.run is None:
            await self.end(JobStatus.FAILED, error)
        else:
            await self.end(JobStatus.SUCCEEDED)

    @property
    def stopped(self) -> str:
        """What to say where its process is stopped."""
        return stopped_in(self._at[0])


def stopped_in(phase: str) -> str:
    """Return what to say of a process that was stopped in a phase; nobody knows of a run that was being published."""
    return STOPPED_LATE if phase in LAST_PHASES else STOPPED


@asynccontextmanager
async def recorded(driver: AsyncDriver, order: Order, tell: Tell, *, database: str) -> AsyncGenerator[Recorder]:
    """Record the block as a job, with the scoring lock held; once it has a run, that is published, and however the rest ends it succeeded.

    ScoringCancelled where somebody cancels it, and all that was begun is gone; ScoringOvertaken before the block where another came first.
    """
    recorder = Recorder(driver, database, order, tell)
    before = await begin_job(driver, order.job, claimed=order.is_claimed, database=database)
    if before is not None:
        raise ScoringOvertaken(_overtaken(order, before))
    task = asyncio.current_task()
    assert task is not None, "a coroutine runs in a task"
    following = asyncio.create_task(recorder.follow(task))
    try:
        yield recorder
    except asyncio.CancelledError:
        if not recorder.cancelled:
            await recorder.fail(recorder.stopped)
            raise
        task.uncancel()
        await clean(driver, database=database)
        await recorder.end(JobStatus.CANCELLED)
        raise ScoringCancelled("the run was cancelled by an administrator; readers see the one before") from None
    except Exception as error:
        await recorder.fail(_reason(error))
        raise
    else:
        await recorder.end(JobStatus.SUCCEEDED)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


def _overtaken(order: Order, before: InTheWay) -> str:
    job = before.job
    if job is None:
        return f"job {order.id} is not announced any more, and nothing was scored; start it again"
    if job.id == order.id:
        return f"job {order.id} was given up before it began, and nothing was scored; start it again"
    who = "the command line" if job.started_by is None else f"the key {job.started_by!r}"
    return f"job {order.id} was overtaken by job {job.id}, started by {who} at {iso_time(job.started_at)}; nothing was scored"


def _reason(error: Exception) -> str:
    """Return why it failed in one line; a mistake of ours is only named, since its message may hold anything."""
    found = explained(error) or f"{type(error).__name__}, a mistake of ours; the log of the process that scored has the whole"
    return " ".join(found.split())
