"""Administrators make and revoke access keys."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, cast

import strawberry

from api.access.grants import Grant, checked
from api.access.table import Deed
from api.access.viewer import Role
from api.errors import AccessError
from api.mutations.context import INPUT, Info, UserError, allowed, moment
from api.schema.scalars import DateTime


@strawberry.enum(description="What a key's holder may see and do.")
class KeyRole(Enum):
    """The five kinds of users."""

    ADMIN = strawberry.enum_value("admin", description="Everything; loads, scores, manages keys and appeals.")
    ANALYST = strawberry.enum_value("analyst", description="Sees everything, changes nothing.")
    PARTNER = strawberry.enum_value("partner", description="Creators of the regions granted, and clients' collaborations.")
    BRAND = strawberry.enum_value("brand", description="Creators of the regions granted, and own collaborations.")
    CREATOR = strawberry.enum_value("creator", description="Their own scores and events.")


@strawberry.input(description="What a new key grants.")
class CreateKeyInput:
    """A name, a role and its bounds."""

    name: str = strawberry.field(description="Who holds the key.")
    role: KeyRole = strawberry.field(description="What they may see and do.")
    regions: list[str] = strawberry.field(default_factory=list, description="Regions granted, `*` for all; partners and brands need them.")
    brand_ids: list[strawberry.ID] = strawberry.field(default_factory=list, description="Own ids of a brand, or of a partner's clients.")
    creator_id: strawberry.ID | None = strawberry.field(default=None, description="Own id of a creator, for their key.")
    expires_at: DateTime | None = strawberry.field(default=None, description="When the key ends; never, where null.")


@strawberry.input(description="A key to revoke.")
class RevokeKeyInput:
    """Which."""

    key_id: strawberry.ID = strawberry.field(description="The key's id, or the name of one or several.")


@strawberry.type(description="The new key.")
class CreateKeyPayload:
    """What came of it."""

    key_id: strawberry.ID | None = strawberry.field(
        default=None, description="The key's id, by which it is revoked; null where none was made."
    )
    key: str | None = strawberry.field(default=None, description="The key itself, shown this once; null where none was made.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why none was made; empty where one was.")


@strawberry.type(description="The keys that were revoked.")
class RevokeKeyPayload:
    """What came of it."""

    key_ids: list[strawberry.ID] = strawberry.field(default_factory=list, description="Their ids.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why none was revoked; empty where one was.")


def create_key(info: Info, input: Annotated[CreateKeyInput, INPUT]) -> CreateKeyPayload:
    """Make a key."""
    context = allowed(info, Deed.MANAGE_KEYS)
    ends = cast("int | None", input.expires_at)  # the scalar reads an instant as Unix seconds
    role, creator = Role[input.role.name], input.creator_id
    brands, regions = tuple(map(str, input.brand_ids)), tuple(input.regions)
    try:
        if ends is not None and ends <= context.now:
            raise AccessError(f"expiresAt {moment(ends)} is in the past; use a time in the future")
        grant = checked(Grant(input.name, role, regions, brands, str(creator) if creator else None, ends))
        key = context.state.store.create(grant, now=context.now)
    except AccessError as error:
        return CreateKeyPayload(user_errors=[UserError(field="input", code="INVALID", message=error.message)])
    return CreateKeyPayload(key_id=strawberry.ID(key.id), key=key.text)


def revoke_key(info: Info, input: Annotated[RevokeKeyInput, INPUT]) -> RevokeKeyPayload:
    """Revoke a key, or all live ones of a name."""
    context = allowed(info, Deed.MANAGE_KEYS)
    try:
        revoked = context.state.store.revoke(input.key_id, now=context.now)
    except AccessError as error:
        return RevokeKeyPayload(user_errors=[UserError(field="keyId", code="NOT_FOUND", message=error.message)])
    context.state.keyring.forget()
    return RevokeKeyPayload(key_ids=[strawberry.ID(each.id) for each in revoked])
