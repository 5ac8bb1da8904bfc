"""Creators object to being rated and ask to be erased; administrators erase them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from api.access.table import Permission
from api.graphql.mutations import INPUT, Context, Info, Refusal, UserError, allowed, changed, local_id, mutation, node, written
from api.graphql.types.creator import Creator
from api.graphql.types.nouns import Ref
from api.graphql.types.scalars import Id
from api.process.withdrawals import end_exports, forget_creator
from graph.rights.erasure import erase_creator, known_of
from graph.rights.gaps import close_gaps
from graph.rights.objections import object_to_rating
from graph.rights.requests import confirms, handle_of, requested, withdrawn_request


@strawberry.input(description="An objection to being rated, or its withdrawal.")
class SetRatingObjectionInput:
    """Yes or no."""

    objects: bool = strawberry.field(description="True: rated no more, and in no ranking. False: rated again from the next run on.")


@strawberry.input(description="A request to be erased.")
class RequestErasureInput:
    """Confirmed by hand."""

    handle: str = strawberry.field(description="Your own user name, typed to confirm.")


@strawberry.input(description="A creator to erase.")
class EraseCreatorInput:
    """Confirmed by hand."""

    creator_id: Id = strawberry.field(description="Global id of the creator.")
    handle: str = strawberry.field(description="The creator's user name, typed to confirm.")


@strawberry.type(description="The result of a creator's objection or request.")
class CreatorRightsPayload:
    """What came of it."""

    creator: Creator | None = node("The creator with the updated `rights`; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


@strawberry.type(description="The result of an erasure.")
class EraseCreatorPayload:
    """What came of it."""

    erased_creator_id: Id | None = strawberry.field(default=None, description="Global id that the creator had; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def set_rating_objection(info: Info, input: Annotated[SetRatingObjectionInput, INPUT]) -> CreatorRightsPayload:
    """Take the viewer out of all ratings, or let them be rated again."""
    context = allowed(info, Permission.WITHDRAW)
    own, state = context.viewer.creator or "", context.state
    found = await object_to_rating(state.driver, own, objects=input.objects, now=context.now, database=state.settings.neo4j_database)
    if found is None:
        raise _absent(context)
    await _settled(context)
    return CreatorRightsPayload(creator=changed("Creator", own))


async def request_erasure(info: Info, input: Annotated[RequestErasureInput, INPUT]) -> CreatorRightsPayload:
    """Keep the viewer's request; from then on they are not rated."""
    context = allowed(info, Permission.WITHDRAW)
    own = context.viewer.creator or ""
    await _confirmed(context, own, input.handle)
    await written(context, requested, own, now=context.now)
    await close_gaps(context.state.driver, database=context.state.settings.neo4j_database)
    await _settled(context)
    return CreatorRightsPayload(creator=changed("Creator", own))


async def withdraw_erasure_request(info: Info) -> CreatorRightsPayload:
    """Withdraw the viewer's request."""
    context = allowed(info, Permission.WITHDRAW)
    own = context.viewer.creator or ""
    if not await written(context, withdrawn_request, own, now=context.now):
        raise Refusal("", "NOT_FOUND", "there is no request to be erased that could be withdrawn")
    return CreatorRightsPayload(creator=changed("Creator", own))


async def erase(info: Info, input: Annotated[EraseCreatorInput, INPUT]) -> EraseCreatorPayload:
    """Erase a creator, whether or not they have asked for it here.

    What lies outside the graph goes first, while the graph still says whose it is: after a kill the same is done again. What came of
    the creator in between goes last.
    """
    context = allowed(info, Permission.ERASE)
    _, own = local_id("creatorId", input.creator_id, "Creator")
    await _confirmed(context, own, input.handle)
    state = context.state
    database = state.settings.neo4j_database
    known = await known_of(state.driver, own, database=database)
    if known is not None:
        await forget_creator(state.settings.home, known, now=context.now)
    done = await erase_creator(state.driver, own, now=context.now, database=database)
    if done is None:
        raise Refusal("creatorId", "NOT_FOUND", f"no creator has the id {input.creator_id!r}")
    await forget_creator(state.settings.home, done, now=context.now)
    state.keyring.forget()
    await state.run.refresh()
    return EraseCreatorPayload(erased_creator_id=Id(Ref("Creator", own).global_id))


async def _settled(context: Context) -> None:
    """End what was made of the creator before, and follow the run as it is now."""
    await end_exports(context.state.settings.home, now=context.now)
    await context.state.run.refresh()


async def _confirmed(context: Context, creator: str, typed: str) -> None:
    handle = await written(context, handle_of, creator)
    if handle is None:
        raise (
            _absent(context)
            if context.viewer.creator == creator
            else Refusal("creatorId", "NOT_FOUND", f"no creator has the id {creator!r}")
        )
    if not confirms(typed, handle):
        message = f"handle is {typed[:80]!r}, which is not the creator's user name; type it to confirm"
        raise Refusal("handle", "NOT_CONFIRMED", message)


def _absent(context: Context) -> Refusal:
    message = f"this key is for the creator {context.viewer.creator!r}, who is not in the graph; ask the administrator"
    return Refusal("", "NOT_FOUND", message)


@strawberry.type
class Mutation:
    """Rights of the creators rated."""

    set_rating_objection = mutation(
        CreatorRightsPayload,
        set_rating_objection,
        description="As a creator, object to being rated: you are taken out of every rating and ranking at once, and of all later"
        " ones until you withdraw the objection.",
    )
    request_erasure = mutation(
        CreatorRightsPayload,
        request_erasure,
        description="As a creator, ask that all that is held about you be erased. From the request on you are not rated; an administrator"
        " executes it within 30 days.",
    )
    withdraw_erasure_request = mutation(
        CreatorRightsPayload,
        withdraw_erasure_request,
        description="As a creator, withdraw your request to be erased. Your objection to being rated stands until you withdraw it, too.",
    )
    erase_creator = mutation(
        EraseCreatorPayload,
        erase,
        description="As an administrator, erase all that is held about a creator, for good: no import takes it in again.",
    )
