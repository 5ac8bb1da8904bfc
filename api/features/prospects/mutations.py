"""Brands keep a list of creators whom they want to invite."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.prospects.prospects import named_creators, shown
from api.features.prospects.types import Prospect
from api.graphql.execution.field_context import reading_of
from api.graphql.mutations import (
    INPUT,
    Context,
    Info,
    Refusal,
    UserError,
    allowed,
    local_id,
    mutation,
    no_brand,
    node,
    own_brand,
    text,
    written,
)
from api.graphql.types.nouns import Ref
from api.graphql.types.scalars import Id
from graph import prospects as stored
from graph.recommendations.candidates import seen

LONGEST_NOTE: Final = 500
BRAND: Final = "Whose list; not needed by a key of one brand."
NOTE: Final = "Why, in your words; at most 500 characters. The creator reads it in the file of what is held about them."
PRODUCT: Final = "A product of the brand that they are to promote."


@strawberry.input(description="Creators to put on a brand's list.")
class AddProspectsInput:
    """Who is on it already stays as they are."""

    creators: list[Id] = strawberry.field(description="Global ids of the creators; at most 200.")
    brand: Id | None = strawberry.field(default=None, description=BRAND)
    note: str | None = strawberry.field(default=None, description=NOTE)
    product: Id | None = strawberry.field(default=None, description=PRODUCT)


@strawberry.input(description="A change to a creator on a brand's list. What is omitted stays; null removes it.")
class UpdateProspectInput:
    """What is to be otherwise."""

    creator: Id = strawberry.field(description="Global id of the creator.")
    brand: Id | None = strawberry.field(default=None, description=BRAND)
    note: str | None = strawberry.field(default=strawberry.UNSET, description=NOTE)
    product: Id | None = strawberry.field(default=strawberry.UNSET, description=PRODUCT)


@strawberry.input(description="Creators to take off a brand's list.")
class RemoveProspectsInput:
    """Who is not on it is passed over."""

    creators: list[Id] = strawberry.field(description="Global ids of the creators; at most 200.")
    brand: Id | None = strawberry.field(default=None, description=BRAND)


@strawberry.type(description="Creators who were put on a list.")
class AddProspectsPayload:
    """What came of it."""

    prospects: list[Prospect] | None = node("All of the named creators who are on the list by now; null if nothing was done.")
    added: int = strawberry.field(default=0, description="How many of them were not on it before.")
    missing: list[Id] = strawberry.field(
        default_factory=list,
        description="Ids of those who are not on it: nobody whom you may see has the id, or they object to being rated.",
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


@strawberry.type(description="The creator on the list that was changed.")
class UpdateProspectPayload:
    """What came of it."""

    prospect: Prospect | None = node("The creator with what is noted by now; null if nothing was changed.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was changed; empty on success.")


@strawberry.type(description="Creators who were taken off a list.")
class RemoveProspectsPayload:
    """What came of it."""

    removed: list[Id] | None = strawberry.field(default=None, description="Ids of those who were on it; null if nothing was done.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was done; empty on success.")


async def add_prospects(info: Info, input: Annotated[AddProspectsInput, INPUT]) -> AddProspectsPayload:
    """Put creators on the list of one of the viewer's brands; the same again changes nothing."""
    context = allowed(info, Permission.SHORTLIST)
    brand, asked = _brand(context, input.brand), _creators(input.creators)
    there = await seen(reading_of(context.viewer, context.state), asked)
    addition = stored.Addition(brand, there, _note(input.note), await _product(context, brand, input.product))
    try:
        new = await written(context, stored.added, addition, now=context.now)
    except stored.TooManyProspects as error:
        raise Refusal("creators", "TOO_MANY", str(error)) from error
    if new is None:
        raise no_brand("brand", brand)
    rows = await _listed(context, brand, asked)
    missing = [Ref("Creator", each).global_id for each in asked if each not in {row.creator for row in rows}]
    return AddProspectsPayload(prospects=[shown(row) for row in rows], added=len(new), missing=missing)


async def update_prospect(info: Info, input: Annotated[UpdateProspectInput, INPUT]) -> UpdateProspectPayload:
    """Change what is noted of a creator on the list; the same again changes nothing."""
    context = allowed(info, Permission.SHORTLIST)
    brand = _brand(context, input.brand)
    _, creator = local_id("creator", input.creator, "Creator")
    values: dict[str, str | None] = {}
    if input.note is not strawberry.UNSET:
        values["note"] = _note(input.note)
    if input.product is not strawberry.UNSET:
        values["product"] = await _product(context, brand, input.product)
    if not await _listed(context, brand, [creator]):
        raise _not_listed(input.creator)
    if not await written(context, stored.updated, stored.Change(brand, creator, values), now=context.now):
        raise _not_listed(input.creator)
    rows = await _listed(context, brand, [creator])
    return UpdateProspectPayload(prospect=shown(rows[0]) if rows else None)


async def remove_prospects(info: Info, input: Annotated[RemoveProspectsInput, INPUT]) -> RemoveProspectsPayload:
    """Take creators whom the viewer may see off the list of one of their brands."""
    context = allowed(info, Permission.SHORTLIST)
    brand = _brand(context, input.brand)
    rows = await _listed(context, brand, _creators(input.creators))
    gone = await written(context, stored.removed, brand, [row.creator for row in rows])
    return RemoveProspectsPayload(removed=[Ref("Creator", each).global_id for each in gone])


async def _listed(context: Context, brand: str, creators: list[str]) -> list[stored.Prospect]:
    return await stored.prospects(reading_of(context.viewer, context.state), [brand], creators=creators)


def _brand(context: Context, given: str | None) -> str:
    return own_brand(context, "brand", given, whose="on whose list the creators are")


def _creators(ids: list[Id]) -> list[str]:
    try:
        return named_creators(ids) or []
    except BadUserInput as error:
        raise Refusal("creators", "INVALID", error.message) from error


def _note(given: str | None) -> str | None:
    return text("note", given, most=LONGEST_NOTE)


async def _product(context: Context, brand: str, given: str | None) -> str | None:
    if given is None:
        return None
    _, own = local_id("product", given, "Product")
    if not await stored.sells(reading_of(context.viewer, context.state), brand, own):
        raise Refusal("product", "NOT_FOUND", f"product: the brand sells nothing with the id {given[:80]!r}; give one of its products")
    return own


def _not_listed(creator: str) -> Refusal:
    return Refusal("creator", "NOT_FOUND", f"creator: nobody on the brand's list has the id {creator[:80]!r}; `prospects` has them")


@strawberry.type
class Mutation:
    """Lists of creators to invite."""

    add_prospects = mutation(
        AddProspectsPayload,
        add_prospects,
        description="Put creators on the list of whom one of your brands wants to invite; every key of the brand shares it. "
        "The platform is not told: invite them there.",
    )
    update_prospect = mutation(
        UpdateProspectPayload, update_prospect, description="Change the note or the product of a creator on a brand's list."
    )
    remove_prospects = mutation(RemoveProspectsPayload, remove_prospects, description="Take creators off a brand's list.")
