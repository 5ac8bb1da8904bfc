"""Administrators start scoring, publish a run that waits or discard it, and take back the current one."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.features.scoring_control.starting import ScoringJobPayload, cancel_scoring_run, start_scoring_run
from api.graphql.mutations import INPUT, Info, UserError, allowed, changed, local_id, mutation, node
from api.graphql.types.nouns import Ref
from api.graphql.types.run import ScoringRun
from api.graphql.types.scalars import Id
from graph.runs import NotTakenBack, OtherBefore, Standing, discard_held, publish_held, take_back

REFUSALS: Final = {
    Standing.MISSING: ("NOT_FOUND", "there is no run {run!r}; `scoringRuns` lists them"),
    Standing.NOT_HELD: ("NOT_HELD", "run {run} is not waiting to be published; only runs with the status HELD are"),
    Standing.OUTDATED: ("OUTDATED", "run {run} is older than the current run; discard it, and score again"),
    Standing.CONSENT_WITHDRAWN: (
        "CONSENT_WITHDRAWN",
        "a creator withdrew the consent to exact sales after run {run} was read, and its scores are made with them; "
        "discard it, and score again",
    ),
}

NOT_TAKEN_BACK: Final = {
    NotTakenBack.MISSING: ("NOT_FOUND", "there is no run {run!r}; `scoringRuns` lists them"),
    NotTakenBack.NOT_CURRENT: ("NOT_CURRENT", "run {run} is not the current run; only that one can be taken back"),
    NotTakenBack.NOTHING_BEFORE: ("NOTHING_BEFORE", "no run before {run} is stored any more; score again instead"),
    NotTakenBack.CONSENT_WITHDRAWN: (
        "CONSENT_WITHDRAWN",
        "a creator withdrew the consent to exact sales after the run before {run} was read, and its scores are made with them; "
        "score again instead",
    ),
    NotTakenBack.CHANGED: ("CHANGED", "runs changed while {run} was being taken back; look at `scoringRuns`, then try again"),
}

OTHER_BEFORE: Final = (
    "{before} would be current again instead of {run}, not {restores}; look at `scoringRuns`, then give that one or leave it out"
)


@strawberry.input(description="A held scoring run.")
class HeldRunInput:
    """Which."""

    run_id: Id = strawberry.field(description="Global id of a scoring run with the status HELD.")


@strawberry.input(description="The current scoring run.")
class TakeBackRunInput:
    """Which, so that nobody takes back another one than they see."""

    run_id: Id = strawberry.field(description="Global id of the scoring run with the status CURRENT.")
    restores: Id | None = strawberry.field(
        default=None,
        description="Global id of the run that is to be current again; nothing is done where it would be another. Null: whichever it is.",
    )


@strawberry.type(description="The result of publishing a held run.")
class HeldRunPayload:
    """The run, or why nothing was done."""

    run: ScoringRun | None = node("The updated run; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


@strawberry.type(description="A run that was discarded.")
class DiscardRunPayload:
    """Its id, or why nothing was done."""

    discarded_run_id: Id | None = strawberry.field(default=None, description="Global id of the discarded run; null if none was discarded.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


@strawberry.type(description="The result of taking back the current run.")
class TakeBackRunPayload:
    """Both runs, or why nothing was done."""

    run: ScoringRun | None = node("The run that is current again; null if nothing was done.")
    taken_back: ScoringRun | None = node("The run that was taken back, with the status `HELD`; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def publish_run(info: Info, input: Annotated[HeldRunInput, INPUT]) -> HeldRunPayload:
    """Make a held run the current one."""
    context = allowed(info, Permission.SCORE)
    _, run = local_id("runId", input.run_id, "ScoringRun")
    state = context.state
    found = await publish_held(state.driver, run, now=context.now, database=state.settings.neo4j_database)
    await state.run.refresh()
    return _payload(run, found)


async def discard_run(info: Info, input: Annotated[HeldRunInput, INPUT]) -> DiscardRunPayload:
    """Remove a held run."""
    context = allowed(info, Permission.SCORE)
    _, run = local_id("runId", input.run_id, "ScoringRun")
    found = await discard_held(context.state.driver, run, database=context.state.settings.neo4j_database)
    if found is Standing.DONE:
        return DiscardRunPayload(discarded_run_id=Ref("ScoringRun", run).global_id)
    return DiscardRunPayload(user_errors=[_refusal(run, found)])


async def take_back_run(info: Info, input: Annotated[TakeBackRunInput, INPUT]) -> TakeBackRunPayload:
    """Make the run before the current one current again."""
    context = allowed(info, Permission.SCORE)
    _, run = local_id("runId", input.run_id, "ScoringRun")
    restores = None if input.restores is None else local_id("restores", input.restores, "ScoringRun")[1]
    state = context.state
    found = await take_back(state.driver, run, now=context.now, database=state.settings.neo4j_database, restores=restores)
    await state.run.refresh()
    if isinstance(found, OtherBefore):
        message = OTHER_BEFORE.format(before=found.id, run=run, restores=restores)
        return TakeBackRunPayload(user_errors=[UserError(field="restores", code="OTHER_BEFORE", message=message)])
    if isinstance(found, NotTakenBack):
        code, message = NOT_TAKEN_BACK[found]
        return TakeBackRunPayload(user_errors=[UserError(field="runId", code=code, message=message.format(run=run))])
    return TakeBackRunPayload(run=changed("ScoringRun", found.restored), taken_back=changed("ScoringRun", run))


def _payload(run: str, found: Standing) -> HeldRunPayload:
    if found is Standing.DONE:
        return HeldRunPayload(run=changed("ScoringRun", run))
    return HeldRunPayload(user_errors=[_refusal(run, found)])


def _refusal(run: str, found: Standing) -> UserError:
    code, message = REFUSALS[found]
    return UserError(field="runId", code=code, message=message.format(run=run))


@strawberry.type
class Mutation:
    """Scoring by hand."""

    start_scoring_run = mutation(
        ScoringJobPayload,
        start_scoring_run,
        description="As an administrator, compute all scores anew, in a process of its own; `scoringJob` tells how far it is. Readers see"
        " the current run until the new one is complete.",
    )
    cancel_scoring_run = mutation(
        ScoringJobPayload,
        cancel_scoring_run,
        description="As an administrator, cancel the scoring job that is under way, whoever started it. What it has made is removed;"
        " one that publishes its run already is no longer cancelled.",
    )
    take_back_run = mutation(
        TakeBackRunPayload,
        take_back_run,
        description="As an administrator, take back the current scoring run: the stored run before it becomes current again for all"
        " readers, and this one waits with the status `HELD` until it is published again or discarded. Refused with"
        " `CONSENT_WITHDRAWN` where a creator withdrew the consent to exact sales since that run was read.",
    )
    publish_run = mutation(
        HeldRunPayload,
        publish_run,
        description="As an administrator, publish a held scoring run, which becomes the current one for all readers."
        " Refused with `CONSENT_WITHDRAWN` where a creator withdrew the consent to exact sales since it was read.",
    )
    discard_run = mutation(DiscardRunPayload, discard_run, description="As an administrator, discard a held scoring run.")
