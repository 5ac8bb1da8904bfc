"""The scoring job: which process scores, how far it is, and how the last one ended; one node beside the lock, for every process to read.

It says what was last told. Whether somebody scores is for the lock to say, which the database frees however its holder ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final, LiteralString

from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.connection import writing
from graph.load.lock import SCORING, is_held
from graph.outbox import SCORING_CANCELLED, SCORING_FAILED, SCORING_STARTED, Event, record

NODE: Final = "scoring job"
START: Final = "start"
"""The phase of a job whose process has not begun yet."""

SECONDS_TO_START: Final = 60
"""After so long without the lock, a process that was to score has ended."""

LAST_PHASES: Final = ("publish", "drop")
"""From here on readers may see the run, and nothing is given up any more."""

LOST: Final = (
    "its process ended without a word, as one that is killed or out of memory;"
    " `scoringRuns` tells which run is current: score again where no new one is"
)


class JobStatus(StrEnum):
    """Where a job stands."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One computation of all scores, from its start on; times are Unix seconds.

    `total` is 0 where the phase does not know how much there is to do; `started_by` is the name of a key, None for the command line.
    """

    id: str
    started_at: int
    started_by: str | None = None
    note: str | None = None
    as_of: int | None = None
    phase: str = START
    done: int = 0
    total: int = 0
    status: str = JobStatus.RUNNING
    cancelled_at: int | None = None
    ended_at: int | None = None
    error: str | None = None
    run: str | None = None

    @property
    def is_running(self) -> bool:
        """Whether it has not ended, as far as was told."""
        return self.status == JobStatus.RUNNING

    @property
    def is_publishing(self) -> bool:
        """Whether readers may see its run already, as far as was told: it cannot be cancelled any more."""
        return self.is_running and self.phase in LAST_PHASES

    def seen(self, *, locked: bool, now: int) -> Job:
        """Return it as it is, knowing whether somebody holds the lock: failed where its process ended without telling."""
        starting = self.phase == START and now - self.started_at < SECONDS_TO_START
        return replace(self, status=JobStatus.FAILED, error=LOST) if self.is_running and not locked and not starting else self

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> Job:
        """Return the job that the node holds."""
        return cls(**{name: node[PROPERTIES[name]] for name in PROPERTIES if PROPERTIES[name] in node})

    @property
    def properties(self) -> dict[str, Any]:
        """It as properties of the node."""
        return {"id": NODE, **{PROPERTIES[name]: value for name, value in asdict(self).items()}}


PROPERTIES: Final[Mapping[str, str]] = {
    **{name: name for name in ("note", "phase", "done", "total", "status", "error", "run")},
    **{"id": "job", "started_at": "startedAt", "started_by": "startedBy", "as_of": "asOf"},
    **{"cancelled_at": "cancelledAt", "ended_at": "endedAt"},
}
"""Names of the node's properties."""


READ: Final[LiteralString] = """
MATCH (job:Lock {id: $node})
WHERE job.job IS NOT NULL
RETURN job {.*} AS job
"""


async def newest_job(driver: AsyncDriver, *, now: int, database: str) -> Job | None:
    """Return the job that was started last, as it is now; None before the first."""
    locked = await is_held(driver, SCORING, database=database)  # asked first: one that ends meanwhile has said how, once it is read
    records = (await driver.execute_query(READ, node=NODE, database_=database)).records
    return Job.of(records[0]["job"]).seen(locked=locked, now=now) if records else None


LOCKED: Final[LiteralString] = """
MERGE (job:Lock {id: $node})
SET job._locked = true // takes the lock before the job is read
REMOVE job._locked
RETURN job {.*} AS job
"""

PUT: Final[LiteralString] = """
MERGE (job:Lock {id: $node})
SET job = $properties
"""


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What keeps a job from being started or begun: another one; None where a run holds the lock that has just ended or tells nothing.

    A claimed job that has ended before it began is in its own way; nothing is where its claim is gone.
    """

    job: Job | None


async def claim(driver: AsyncDriver, job: Job, *, database: str) -> InTheWay | None:
    """Announce a job whose process is about to be started; return what is in its way, and change nothing then."""

    async def write(tx: AsyncManagedTransaction) -> InTheWay | None:
        node = (await (await tx.run(LOCKED, node=NODE)).single(strict=True))["job"]
        locked = await is_held(driver, SCORING, database=database)  # asked after the node is locked: no job begins meanwhile
        before = Job.of(node).seen(locked=locked, now=job.started_at) if "job" in node else None
        if before is not None and before.is_running:
            return InTheWay(before)
        if locked:
            return InTheWay(None)
        await (await tx.run(PUT, node=NODE, properties=job.properties)).consume()
        await record(tx, Event(SCORING_STARTED, "data"))
        return None

    async with writing(driver, database) as session:
        return await session.execute_write(write)


async def begin_job(driver: AsyncDriver, job: Job, *, claimed: bool = False, database: str) -> InTheWay | None:
    """Say that a job has begun, with the scoring lock held; that somebody cancelled it before stays.

    One that was `claimed` begins only while its claim stands; returns what overtook it, and changes nothing then.
    """

    async def write(tx: AsyncManagedTransaction) -> InTheWay | None:
        node = (await (await tx.run(LOCKED, node=NODE)).single(strict=True))["job"]
        before = Job.of(node) if "job" in node else None
        own = before if before is not None and before.id == job.id else None
        if claimed and (own is None or not own.is_running):
            return InTheWay(before)
        begun = job if own is None else replace(job, cancelled_at=own.cancelled_at)
        await (await tx.run(PUT, node=NODE, properties=begun.properties)).consume()
        return None

    async with writing(driver, database) as session:
        return await session.execute_write(write)


ADVANCE: Final[LiteralString] = """
MATCH (job:Lock {id: $node, job: $job})
WHERE job.status = 'running'
SET job.phase = $phase, job.done = $done, job.total = $total
"""


async def advance_job(driver: AsyncDriver, job: str, at: tuple[str, int, int], *, database: str) -> None:
    """Say how far a job is: its phase, what is done of it, and what there is to do, 0 where that is not known."""
    phase, done, total = at
    await driver.execute_query(ADVANCE, node=NODE, job=job, phase=phase, done=done, total=total, database_=database)


END: Final[LiteralString] = """
MATCH (job:Lock {id: $node, job: $job})
WHERE job.status = 'running'
SET job.status = $status, job.endedAt = $now, job.error = $error, job.run = $run
RETURN count(job) AS ended
"""


async def end_job(  # noqa: PLR0913 -- what there is to say of an end
    driver: AsyncDriver, job: str, status: JobStatus, *, now: int, database: str, error: str | None = None, run: str | None = None
) -> None:
    """Say how a job ended, unless that was said; that one failed is told as an event."""

    async def write(tx: AsyncManagedTransaction) -> None:
        values = {"status": status, "now": now, "error": error, "run": run}
        found = await (await tx.run(END, {"node": NODE, "job": job, **values})).single(strict=True)
        if found["ended"] and status is JobStatus.FAILED:
            await record(tx, Event(SCORING_FAILED, "data"))

    async with writing(driver, database) as session:
        await session.execute_write(write)


CANCEL: Final[LiteralString] = """
MATCH (job:Lock {id: $node, job: $job})
WHERE job.status = 'running' AND NOT job.phase IN $last
SET job.cancelledAt = coalesce(job.cancelledAt, $now)
RETURN job {.*} AS job
"""

CANCELLED: Final[LiteralString] = """
MATCH (job:Lock {id: $node, job: $job})
WHERE job.cancelledAt IS NOT NULL
RETURN count(job) AS cancelled
"""


async def cancel_job(tx: AsyncManagedTransaction, job: str, *, now: int) -> Job | None:
    """Ask the process of a job to give it up, and return the job; None where it does not run, or publishes already."""
    found = await (await tx.run(CANCEL, node=NODE, job=job, now=now, last=LAST_PHASES)).single()
    if found is None:
        return None
    await record(tx, Event(SCORING_CANCELLED, "data"))
    return Job.of(found["job"])


async def is_cancelled(driver: AsyncDriver, job: str, *, database: str) -> bool:
    """Tell whether somebody has asked to give a job up."""
    return bool((await driver.execute_query(CANCELLED, node=NODE, job=job, database_=database)).records[0]["cancelled"])
