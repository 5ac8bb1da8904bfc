"""Administrators publish a scoring run that waits, or discard it."""

from __future__ import annotations

from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.graphql.mutations import INPUT, Info, UserError, allowed, changed, local_id, mutation, node
from api.graphql.types.nouns import Ref
from api.graphql.types.run import ScoringRun
from api.graphql.types.scalars import Id
from graph.runs import Standing, discard_held, publish_held

REFUSALS: Final = {
    Standing.MISSING: ("NOT_FOUND", "there is no run {run!r}; `scoringRuns` lists them"),
    Standing.NOT_HELD: ("NOT_HELD", "run {run} is not waiting to be published; only runs with the status HELD are"),
    Standing.OUTDATED: ("OUTDATED", "run {run} is older than the current run; discard it, and score again"),
}


@strawberry.input(description="A held scoring run.")
class HeldRunInput:
    """Which."""

    run_id: Id = strawberry.field(description="Global id of a scoring run with the status HELD.")


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


def _payload(run: str, found: Standing) -> HeldRunPayload:
    if found is Standing.DONE:
        return HeldRunPayload(run=changed("ScoringRun", run))
    return HeldRunPayload(user_errors=[_refusal(run, found)])


def _refusal(run: str, found: Standing) -> UserError:
    code, message = REFUSALS[found]
    return UserError(field="runId", code=code, message=message.format(run=run))


@strawberry.type
class Mutation:
    """Runs that wait for an administrator."""

    publish_run = mutation(
        HeldRunPayload,
        publish_run,
        description="As an administrator, publish a held scoring run, which becomes the current one for all readers.",
    )
    discard_run = mutation(DiscardRunPayload, discard_run, description="As an administrator, discard a held scoring run.")
