"""Administrators start scoring, and cancel it."""

from __future__ import annotations

from typing import Annotated, Final, cast

import strawberry

from api.access.table import Permission
from api.features.scoring_control.types import ScoringJob, shown
from api.graphql.mutations import INPUT, Context, Info, Refusal, UserError, allowed, moment, text, written
from api.graphql.types.scalars import DateTime, Id
from api.process.scorer import NotStarted, scorer
from api.runs.job import Order, new_id
from api.runs.phases import PHASES
from graph.dates import iso_day, iso_time
from graph.events import earliest, latest
from graph.reader import Reader
from graph.runs import InTheWay, cancel_job, newest_job
from scoring.facts import Period

LONGEST_NOTE: Final = 200


@strawberry.input(description="What to score.")
class StartScoringRunInput:
    """All of it may be left out."""

    as_of: DateTime | None = strawberry.field(
        default=None,
        description="Only data known by this time is used, and the windows are the complete UTC days before it; the latest time in the data"
        " if omitted. A run of a given date is never held.",
    )
    note: str | None = strawberry.field(default=None, description=f"What it is for, in at most {LONGEST_NOTE} characters.")


@strawberry.input(description="A scoring job that is under way.")
class CancelScoringRunInput:
    """Which, so that nobody cancels another one than they see."""

    job_id: Id = strawberry.field(description="Id of the job, as `scoringJob` tells it.")


@strawberry.type(description="The result of starting or cancelling a scoring run.")
class ScoringJobPayload:
    """The job, or why nothing was done."""

    job: ScoringJob | None = strawberry.field(default=None, description="The job, under way; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def start_scoring_run(info: Info, input: Annotated[StartScoringRunInput, INPUT]) -> ScoringJobPayload:
    """Have it scored in a process of its own, and answer at once."""
    context = allowed(info, Permission.SCORE)
    as_of = cast("int | None", input.as_of)  # the scalar reads an instant as Unix seconds
    note = text("note", input.note, most=LONGEST_NOTE)
    await _check(context, as_of)
    order = Order(new_id(), context.now, as_of, context.viewer.name, note)
    try:
        before = await scorer(context.state).start(order)
    except NotStarted as error:
        raise Refusal("input", "NOT_STARTED", error.message) from error
    if before is not None:
        raise Refusal("input", "ALREADY_RUNNING", _in_the_way(before))
    return ScoringJobPayload(job=shown(order.job))


async def cancel_scoring_run(info: Info, input: Annotated[CancelScoringRunInput, INPUT]) -> ScoringJobPayload:
    """Ask the process that scores to give up, whichever it is."""
    context = allowed(info, Permission.SCORE)
    await _check_cancellable(context, input.job_id)
    found = await written(context, cancel_job, input.job_id, now=context.now)
    if found is None:
        await _check_cancellable(context, input.job_id)  # it has come to its end meanwhile
        raise Refusal("jobId", "NOT_RUNNING", f"job {input.job_id!r} has just ended; `scoringJob` tells how")
    return ScoringJobPayload(job=shown(found))


async def _check_cancellable(context: Context, job_id: str) -> None:
    """Refuse to cancel what does not run, or is published already."""
    job = await newest_job(context.state.driver, now=context.now, database=context.state.settings.neo4j_database)
    if job is None or job.id != job_id or not job.is_running:
        raise Refusal("jobId", "NOT_RUNNING", f"no job {job_id!r} is under way; `scoringJob` tells what is")
    if job.is_publishing:
        raise Refusal("jobId", "TOO_LATE", f"the run of job {job_id!r} is being published; take the run back instead, by `takeBackRun`")


async def _check(context: Context, as_of: int | None) -> None:
    """Refuse what could come to no score, before anything is started."""
    reader = Reader(context.state.driver, context.state.settings.neo4j_database)
    known = await latest(reader)
    if known is None:
        raise Refusal("input", "NOTHING_TO_SCORE", "the graph holds no event with a time; import data first")
    if as_of is None:
        return
    if as_of > context.now:
        raise Refusal("asOf", "INVALID", f"asOf {iso_time(as_of)} is in the future; give a time until now, or leave it out")
    if Period(as_of).start > known:
        days = max(Period(as_of).windows)
        raise Refusal(
            "asOf", "INVALID", f"asOf: nothing is known of the {days} days before {iso_day(as_of)}; give a time until {iso_time(known)}"
        )
    first = await earliest(reader)
    if first is not None and as_of <= first:
        day, begin = iso_day(as_of), iso_day(first)
        raise Refusal("asOf", "INVALID", f"asOf: nothing was known on {day}; the data begin on {begin}: give a later time")


def _in_the_way(before: InTheWay) -> str:
    job = before.job
    if job is None:
        return "a run holds the scoring lock, and has just ended or is of an earlier version; try again in a few seconds"
    who = "the command line" if job.started_by is None else f"the key {job.started_by!r}"
    at = PHASES.get(job.phase, "waiting")
    return f"job {job.id} is under way: started by {who} at {moment(job.started_at)}, now {at}; wait until it has ended, or cancel it"
