"""Administrators make and revoke access keys."""

# Enums are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false, reportUnknownVariableType=false, reportUnknownMemberType=false
from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, cast

import strawberry

from api.access.grants import Grant, checked, there
from api.access.subjects import PREFIX as SUBJECT
from api.access.table import Permission
from api.access.viewer import Role, Scope, Viewer
from api.errors import AccessError, BadUserInput
from api.features.access_keys.roles import KeyRole
from api.features.feature import Feature
from api.graphql.execution.arguments import local
from api.graphql.mutations import INPUT, Info, UserError, allowed, changed, moment, mutation
from api.graphql.types.brand import Brand
from api.graphql.types.creator import Creator
from api.graphql.types.enums import AccessScope
from api.graphql.types.scalars import DateTime, Id
from graph.dates import DAY

LONGEST_OF_TOKENS: Final = 90
"""Days after which keys that an account of tokens makes end at the latest: its own end may come any day, at the provider."""


@strawberry.input(description="What a new key grants.")
class CreateKeyInput:
    """A name, a role and its bounds."""

    name: str = strawberry.field(description="Who holds the key.")
    role: KeyRole = strawberry.field(description="What they may see and do.")
    regions: list[str] = strawberry.field(default_factory=list, description="Regions granted, `*` for all; partners and brands need them.")
    brand_ids: list[Id] = strawberry.field(default_factory=list, description="Ids of a brand, or of a partner's clients.")
    creator_id: Id | None = strawberry.field(default=None, description="Id of the creator, for a creator's key.")
    expires_at: DateTime | None = strawberry.field(
        default=None, description=f"When the key expires; never if null. Made with a token, within {LONGEST_OF_TOKENS} days."
    )
    scopes: list[AccessScope] | None = strawberry.field(
        default=None,
        description="What the key is narrowed to, within its role: at most to what your own key is, which null stands for.",
    )
    cost_budget: int | None = strawberry.field(
        default=None, description="Cost that the key may spend per minute, at most what your own key may; if null, as your own key."
    )
    requests_at_once: int | None = strawberry.field(
        default=None, description="Requests of the key processed at once, at most those of your own key; if null, as your own key."
    )


@strawberry.input(description="A key to revoke.")
class RevokeKeyInput:
    """Which."""

    key_id: Id = strawberry.field(description="The key's id, or its name; a name revokes all keys that have it.")
    made_too: bool = strawberry.field(
        default=False, description="Whether to revoke the keys that it made, too, and those that these made; they are listed otherwise."
    )


@strawberry.type(description="An access key, without the key itself.")
class AccessKey:
    """What it grants, and to whom."""

    key_id: Id = strawberry.field(description="The key's id, used to revoke it.")
    name: str = strawberry.field(description="Who holds the key.")
    role: KeyRole = strawberry.field(description="What its holder may see and do.")
    regions: list[str] = strawberry.field(description="Regions granted, `*` for all.")
    brands: list[Brand | None] = strawberry.field(description="The brand, or a partner's clients; null if removed.")
    creator: Creator | None = strawberry.field(description="The creator whose key it is; null for other roles.")
    expires_at: DateTime | None = strawberry.field(description="When the key expires; null if it does not.")
    scopes: list[AccessScope] | None = strawberry.field(description="What the key is narrowed to; null if it may do all that its role may.")
    cost_budget: int | None = strawberry.field(description="Cost that the key may spend per minute; null if as set for all.")
    requests_at_once: int | None = strawberry.field(description="Requests of the key processed at once; null if as set for all.")


@strawberry.type(description="The new key.")
class CreateKeyPayload:
    """What came of it."""

    access_key: AccessKey | None = strawberry.field(default=None, description="The new key's properties; null if no key was created.")
    key: str | None = strawberry.field(default=None, description="The key itself, shown only once; null if no key was created.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why no key was created; empty on success.")


@strawberry.type(description="The keys that were revoked.")
class RevokeKeyPayload:
    """What came of it."""

    revoked_keys: list[AccessKey] = strawberry.field(default_factory=list, description="The keys that were revoked.")
    made_keys: list[AccessKey] = strawberry.field(
        default_factory=list, description="Keys that the revoked ones made and that stay valid; empty with `madeToo`."
    )
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why no key was revoked; empty on success.")


async def create_key(info: Info, input: Annotated[CreateKeyInput, INPUT]) -> CreateKeyPayload:
    """Make a key; whom it is for has to be in the graph."""
    context = allowed(info, Permission.MANAGE_KEYS)
    ends = cast("int | None", input.expires_at)  # the scalar reads an instant as Unix seconds
    try:
        if ends is not None and ends <= context.now:
            raise AccessError(f"expiresAt {moment(ends)} is in the past; use a time in the future")
        creator = None if input.creator_id is None else local("creatorId", input.creator_id, "Creator")
        brands = tuple(local("brandIds", each, "Brand") for each in input.brand_ids)
        bounds = tuple(input.regions), brands, creator
        limits = input.cost_budget, input.requests_at_once
        given = Grant(input.name, Role[input.role.name], *bounds, ends, _scopes(input, context.viewer), *limits)
        grant = _within(checked(given), context.viewer, context.now)
        await there(context.state.driver, grant, database=context.state.settings.neo4j_database)
        key = context.state.store.create(grant, now=context.now, made_by=context.viewer.account)
    except (AccessError, BadUserInput) as error:
        return CreateKeyPayload(user_errors=[UserError(field="input", code="INVALID", message=error.message)])
    return CreateKeyPayload(access_key=_access_key(key.id, grant), key=key.text)


def revoke_key(info: Info, input: Annotated[RevokeKeyInput, INPUT]) -> RevokeKeyPayload:
    """Revoke a key, or all live ones of a name."""
    context = allowed(info, Permission.MANAGE_KEYS)
    try:
        revoked = context.state.store.revoke(input.key_id, now=context.now, made_too=input.made_too)
    except AccessError as error:
        return RevokeKeyPayload(user_errors=[UserError(field="keyId", code="NOT_FOUND", message=error.message)])
    context.state.keyring.forget()
    made = context.state.store.made({each.viewer.account for each in revoked}, now=context.now)
    shown, stay = ([_access_key(each.id, each.grant) for each in some] for some in (revoked, made))
    return RevokeKeyPayload(revoked_keys=shown, made_keys=stay)


def _scopes(input: CreateKeyInput, viewer: Viewer) -> tuple[Scope, ...] | None:
    """Return what a new key is narrowed to: a narrowed key makes none that may do more than itself."""
    if input.scopes is None:
        return viewer.scopes
    scopes = tuple(scope for scope in Scope if scope.name in {each.name for each in input.scopes})
    if viewer.scopes is not None and not set(scopes) <= set(viewer.scopes):
        raise AccessError(f"your own key is narrowed to {', '.join(viewer.scopes)}; give the new one no other scopes")
    return scopes


def _within(grant: Grant, viewer: Viewer, now: int) -> Grant:
    """Return a grant with its maker's limits where it names none; AccessError where it would exceed or outlive its maker."""
    for name, value, own in (
        ("costBudget", grant.budget, viewer.budget),
        ("requestsAtOnce", grant.requests_at_once, viewer.requests_at_once),
    ):
        if value is not None and own is not None and value > own:
            raise AccessError(f"{name} {value:,} is more than the {own:,} of your own; give at most that, or leave it out")
    latest = now + LONGEST_OF_TOKENS * DAY
    if viewer.account.startswith(SUBJECT) and (grant.expires_at is None or grant.expires_at > latest):
        raise AccessError(
            f"expiresAt is {moment(grant.expires_at) or 'null'}; a key made with a token of an identity provider expires "
            f"within {LONGEST_OF_TOKENS} days: give {moment(latest)} or earlier"
        )
    return replace(grant, budget=grant.budget or viewer.budget, requests_at_once=grant.requests_at_once or viewer.requests_at_once)


def _access_key(id_: str, grant: Grant) -> AccessKey:
    return AccessKey(
        key_id=Id(id_),
        name=grant.name,
        role=KeyRole[grant.role.name],
        regions=list(grant.regions),
        brands=[changed("Brand", each) for each in grant.brands],
        creator=None if grant.creator is None else changed("Creator", grant.creator),
        expires_at=moment(grant.expires_at),
        scopes=None if grant.scopes is None else [each.name for each in grant.scopes],
        cost_budget=grant.budget,
        requests_at_once=grant.requests_at_once,
    )


@strawberry.type
class Mutation:
    """Access keys."""

    create_key = mutation(
        CreateKeyPayload, create_key, description="As an administrator, create an access key. The key is shown only once."
    )
    revoke_key = mutation(
        RevokeKeyPayload, revoke_key, description="As an administrator, revoke an access key, effective from the next request."
    )


FEATURE: Final = Feature(
    shows_scores=False,
    mutation=Mutation,
)
