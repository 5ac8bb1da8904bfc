"""Brands keep briefs: made, changed, removed, and asked again with whom they found kept."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Annotated, Any, Final
from uuid import uuid4

import strawberry

from api.access.table import Permission, visibility
from api.errors import BadUserInput
from api.features.briefs.brief import Wanted, stored, wanted_of
from api.features.briefs.run_reasons import text_of
from api.features.briefs.types import Brief, BriefInput, BriefRun
from api.features.recommendations.seeker import for_brand, recommended, seeker_of
from api.graphql.execution.arguments import check_named
from api.graphql.execution.field_context import reading_of
from api.graphql.mutations import INPUT, Context, Info, Refusal, UserError, allowed, changed, local_id, mutation, node, text, written
from api.graphql.types.nouns import Ref
from api.graphql.types.scalars import Id
from api.json_values import is_list
from graph.model import camel
from graph.plans.errors import PlanError
from graph.plans.told import check_told
from graph.recommendations import briefs as kept

LONGEST_NAME: Final = 200
MOST_CANDIDATES: Final = 100


@strawberry.input(description="A brief to save.")
class CreateBriefInput:
    """What the brand looks for, under a name."""

    name: str = strawberry.field(description="Its name; at most 200 characters.")
    brief: BriefInput = strawberry.field(description="The contents; `brand`, one of your own, may be omitted if you have only one.")


@strawberry.input(description="A change to a brief.")
class UpdateBriefInput:
    """What is left out stays."""

    brief_id: Id = strawberry.field(description="Global id of the brief.")
    name: str | None = strawberry.field(default=None, description="The new name; unchanged if omitted.")
    brief: BriefInput | None = strawberry.field(
        default=None, description="The new contents, which replace the old ones; unchanged if omitted."
    )
    expected_version: int | None = strawberry.field(
        default=None,
        description=(
            "The version that the change is based on; the change is refused if there is a newer one. If omitted, the last change wins."
        ),
    )


@strawberry.input(description="A brief to delete with its versions and runs.")
class DeleteBriefInput:
    """Which."""

    brief_id: Id = strawberry.field(description="Global id of the brief.")


@strawberry.input(description="A brief to run, whose results are saved.")
class RunBriefInput:
    """Which, and how many."""

    brief_id: Id = strawberry.field(description="Global id of the brief.")
    first: int = strawberry.field(default=20, description="Number of creators to save, best first; 1 to 100.")


@strawberry.type(description="The result of a change to a brief.")
class BriefPayload:
    """What came of it."""

    brief: Brief | None = node("The updated brief; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


@strawberry.type(description="The brief that was deleted.")
class DeleteBriefPayload:
    """What came of it."""

    deleted_brief_id: Id | None = strawberry.field(default=None, description="Global id of the deleted brief; null if none was deleted.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was deleted; empty on success.")


@strawberry.type(description="A run of a brief.")
class RunBriefPayload:
    """Compare two runs by `compareBriefRuns`."""

    run: BriefRun | None = node("The run with the creators found; null if nothing was saved.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was saved; empty on success.")


async def create_brief(info: Info, input: Annotated[CreateBriefInput, INPUT]) -> BriefPayload:
    """Keep a brief of one of the viewer's brands."""
    context = allowed(info, Permission.BRIEF)
    name, wanted = _name(input.name), await _wanted(context, input.brief)
    brand = wanted.brand_id or _sole_brand(context)
    if not reading_of(context.viewer, context.state).sees_ties_of(brand):
        raise _no_brand(brand)
    draft = kept.Draft(uuid4().hex, brand, name, replace(wanted, brand_id=brand).text())
    made = await written(context, kept.created, draft, now=context.now)
    if made is None:
        raise _no_brand(brand)
    if not made:
        raise Refusal("brief", "TOO_MANY", f"the brand has {kept.MOST_BRIEFS} briefs; delete one that is no longer needed")
    return BriefPayload(brief=changed("Brief", draft.id))


async def update_brief(info: Info, input: Annotated[UpdateBriefInput, INPUT]) -> BriefPayload:
    """Give a brief a new version; the same again changes nothing."""
    context = allowed(info, Permission.BRIEF)
    found = await _brief(context, input.brief_id)
    wanted = None if input.brief is None else await _wanted(context, input.brief)
    if wanted and wanted.brand_id not in (None, found.brand):
        raise Refusal("brief", "OTHER_BRAND", f"the brief belongs to the brand {found.brand!r}; make another one for another brand")
    change = kept.Change(
        id=found.id,
        name=None if input.name is None else _name(input.name),
        wanted=None if wanted is None else replace(wanted, brand_id=found.brand).text(),
        expected=input.expected_version,
    )
    done = await written(context, kept.updated, change, brands=_brands(context), now=context.now)
    if done is None:
        raise _no_brief(input.brief_id)
    if done.stale:
        message = f"the brief is at version {done.version}, not {input.expected_version}; read it again, then change it"
        raise Refusal("expectedVersion", "STALE", message)
    return BriefPayload(brief=changed("Brief", found.id))


async def delete_brief(info: Info, input: Annotated[DeleteBriefInput, INPUT]) -> DeleteBriefPayload:
    """Remove a brief with its versions and runs."""
    context = allowed(info, Permission.BRIEF)
    _, own = local_id("briefId", input.brief_id, "Brief")
    if await written(context, kept.deleted, own, brands=_brands(context)) is None:
        raise _no_brief(input.brief_id)
    return DeleteBriefPayload(deleted_brief_id=Ref("Brief", own).global_id)


async def run_brief(info: Info, input: Annotated[RunBriefInput, INPUT]) -> RunBriefPayload:
    """Ask a brief now, with the brand's own eyes in the regions of the viewer, and keep whom it finds."""
    context = allowed(info, Permission.BRIEF)
    if not 1 <= input.first <= MOST_CANDIDATES:
        raise Refusal("first", "OUT_OF_RANGE", f"first is {input.first}; give 1 to {MOST_CANDIDATES}")
    found, seeker = await _brief(context, input.brief_id), seeker_of(context.viewer, context.state)
    if seeker is None:
        raise Refusal("briefId", "NOT_SCORED", "there is no scoring run yet; run it once there is one")
    answer = await recommended(for_brand(seeker, found.brand), stored(found.wanted), first=input.first)
    scores, lows, highs = ([getattr(each, name) for each in answer.candidates] for name in ("score", "low", "high"))
    run = kept.Run(
        id=uuid4().hex,
        brief=found.id,
        version=found.version,
        run=seeker.run.id,
        as_of=seeker.run.as_of,
        at=context.now,
        regions=seeker.reading.regions,
        considered=answer.considered,
        eligible=answer.eligible,
        creators=[each.creator.own_id for each in answer.candidates if each.creator is not None],
        scores=scores,
        lows=lows,
        highs=highs,
        reasons=[text_of(each.reasons_for, each.reasons_against) for each in answer.candidates],
    )
    if await written(context, kept.kept, run, brands=_brands(context)) is None:
        raise _no_brief(input.brief_id)
    return RunBriefPayload(run=changed("BriefRun", run.id))


def _brands(context: Context) -> list[str] | None:
    return reading_of(context.viewer, context.state).brands


def _sole_brand(context: Context) -> str:
    if len(context.viewer.brands) == 1:
        return context.viewer.brands[0]
    raise Refusal("brief", "REQUIRED", "brief.brand is missing; give the brand that the brief is for")


def _name(value: str) -> str:
    name = text("name", value, most=LONGEST_NAME)
    if name is None:
        raise Refusal("name", "REQUIRED", "name is empty; give the brief a name")
    return name


async def _wanted(context: Context, brief: BriefInput) -> Wanted:
    """Return the wishes of an input; what breaks a rule, or names what is not there, is told as such."""
    given = _plain(brief)
    named = {name: value for name, value in given.items() if name != "brand"}
    try:
        wanted = wanted_of(given)
        await check_named(reading_of(context.viewer, context.state), {"brief": named})
        if not wanted.search:  # which leads to categories that are told
            check_told("brief.category", wanted.category_id, context.state.run.seen(outward=visibility(context.viewer).outward))
    except (BadUserInput, PlanError) as error:
        raise Refusal("brief", "INVALID", str(error)) from error
    if wanted.exclusive_ids:
        message = (
            "brief.excludeExclusiveTo reveals who works with other brands, and a saved brief is shared by all keys of the brand; omit it"
        )
        raise Refusal("brief", "HIDDEN_TIES", message)
    return wanted


def _plain(value: Any) -> Any:
    """Return an input object as a map by GraphQL names; what was not given is left out."""
    if isinstance(value, Enum):
        return value.value
    if is_list(value):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        given = {each.name: getattr(value, each.name) for each in fields(value)}
        return {camel(name): _plain(each) for name, each in given.items() if each is not strawberry.UNSET}
    return value


async def _brief(context: Context, id_: str) -> kept.Brief:
    _, own = local_id("briefId", id_, "Brief")
    found = await kept.briefs(reading_of(context.viewer, context.state), id_=own, first=1)
    if not found:
        raise _no_brief(id_)
    return found[0]


def _no_brief(id_: str) -> Refusal:
    return Refusal("briefId", "NOT_FOUND", f"no brief of this key's brands has the id {id_!r}")


def _no_brand(brand: str) -> Refusal:
    return Refusal("brief", "NOT_FOUND", f"brief.brand: no brand of this key has the id {brand!r}")


@strawberry.type
class Mutation:
    """Saved briefs."""

    create_brief = mutation(BriefPayload, create_brief, description="Save a brief for one of your brands; every key of the brand sees it.")
    update_brief = mutation(
        BriefPayload, update_brief, description="Update a brief, which creates a new version. Repeating it has no effect."
    )
    delete_brief = mutation(DeleteBriefPayload, delete_brief, description="Delete a brief with its versions and runs.")
    run_brief = mutation(
        RunBriefPayload,
        run_brief,
        description="Run a brief now and store the result, so that two runs can be compared; the newest 50 are stored.",
    )
