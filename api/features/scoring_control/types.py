"""The scoring job, as administrators see it."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Final

import strawberry

from api.graphql.mutations import changed
from api.graphql.types.enums import named
from api.graphql.types.fields import planned
from api.graphql.types.run import ScoringRun
from api.graphql.types.scalars import DateTime, Id
from api.runs.phases import PHASES, WAIT
from graph.dates import iso_time, iso_time_or_null
from graph.runs import START, Job, JobStatus

WORDS: Final = {START: "starting a process", WAIT: "waiting for another run or an import", **PHASES}

ScoringPhase: Final = named(
    "ScoringPhase",
    "What a scoring job is at.",
    {name.upper(): (name, f"{words[:1].upper()}{words[1:]}.") for name, words in WORDS.items()},
)
ScoringJobStatus: Final = named(
    "ScoringJobStatus",
    "The status of a scoring job.",
    {
        "RUNNING": (JobStatus.RUNNING, "Under way; readers see the run before until the phase `PUBLISH`."),
        "SUCCEEDED": (JobStatus.SUCCEEDED, "Its run is complete: current, or held for review."),
        "FAILED": (JobStatus.FAILED, "It failed; `error` says why, and `scoringRuns` which run is current."),
        "CANCELLED": (JobStatus.CANCELLED, "An administrator cancelled it; what it had made is removed."),
    },
)


@strawberry.type(description="A computation of all scores: the one that is under way, else the one that ended last.")
class ScoringJob:
    """Whether an administrator or the command line started it."""

    job_id: Id = planned("The job's id.")
    status: ScoringJobStatus = planned("The status.")
    started_at: DateTime = planned("When it was started.")
    started_by: str | None = planned("Name of the key that started it; null if the command line did.")
    note: str | None = planned("What it is for, in the words of whoever started it; null if not given.")
    as_of: DateTime | None = planned("The as-of date that was asked for; null if it is as late as the data.")
    phase: ScoringPhase = planned("What it is at, or was at when it ended.")
    done: int | None = planned("Number of scorecards stored in this phase; null for phases that do not count.")
    total: int | None = planned("Number of scorecards to store in this phase; null for phases that do not count.")
    cancel_requested_at: DateTime | None = planned("When an administrator cancelled it; null if nobody did.")
    ended_at: DateTime | None = planned("When it ended; null while it runs, and if its process was killed before it could say so.")
    error: str | None = planned("Why it failed, in one line; null if it did not.")
    run: ScoringRun | None = planned("The run that it made; null until it has succeeded, and once the run is no longer stored.")


@strawberry.type
class Query:
    """What administrators start."""

    scoring_job: ScoringJob | None = planned(
        "The scoring job that was started last; null before the first. For administrators. Null, with an error, for others."
    )


def shown(job: Job) -> ScoringJob:
    """Return a job as the API shows it."""
    counts = job.total > 0
    return ScoringJob(
        job_id=Id(job.id),
        status=ScoringJobStatus[job.status.upper()],
        started_at=DateTime(iso_time(job.started_at)),
        started_by=job.started_by,
        note=job.note,
        as_of=iso_time_or_null(job.as_of),
        phase=ScoringPhase[job.phase.upper()],
        done=job.done if counts else None,
        total=job.total if counts else None,
        cancel_requested_at=iso_time_or_null(job.cancelled_at),
        ended_at=iso_time_or_null(job.ended_at),
        error=job.error,
        run=None if job.run is None else changed("ScoringRun", job.run),
    )
