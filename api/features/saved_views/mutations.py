"""Views are saved, changed and deleted by the account that they belong to."""

# Enums and scalars are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

from secrets import token_hex
from typing import Annotated, Final

import strawberry

from api.access.table import Permission
from api.access.viewer import Role, Viewer
from api.features.saved_views.address import Address, AddressRefused, address_of
from api.features.saved_views.saved_views import party_of, shown
from api.features.saved_views.types import SavedView
from api.graphql.mutations import INPUT, Info, Refusal, UserError, allowed, mutation, node, text, written
from api.graphql.types.scalars import Id
from graph import views as stored

LONGEST_NAME: Final = 100
SHARED: Final = "Whether all keys of the same brand see it; only a brand's key can share."
START: Final = "Whether the page opens with it for you, instead of another; not for one brief's address."


@strawberry.input(description="A view to save.")
class SaveViewInput:
    """An address under a name."""

    name: str = strawberry.field(description="Its name; at most 100 characters, and no other of your views has it.")
    address: str = strawberry.field(
        description="Path and query of one of the explorer's pages, such as `/find?region=US`; at most 8,000 characters. Language and "
        "theme are left out, as they belong to whoever looks."
    )
    shared: bool = strawberry.field(default=False, description=SHARED)
    start: bool = strawberry.field(default=False, description=START)


@strawberry.input(description="A change to one of your saved views; what is omitted stays.")
class UpdateViewInput:
    """What is to be otherwise."""

    view_id: Id = strawberry.field(description="The view's id.")
    name: str | None = strawberry.field(default=None, description="A new name.")
    address: str | None = strawberry.field(default=None, description="The address that takes the place of the one before.")
    shared: bool | None = strawberry.field(default=None, description=SHARED)
    start: bool | None = strawberry.field(default=None, description=START)


@strawberry.input(description="A saved view to delete.")
class DeleteViewInput:
    """Which."""

    view_id: Id = strawberry.field(description="The view's id.")


@strawberry.type(description="The view that was saved.")
class ViewPayload:
    """What came of it."""

    view: SavedView | None = node("The view as it is by now; null if nothing was saved.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was saved; empty on success.")


@strawberry.type(description="The view that was deleted.")
class DeleteViewPayload:
    """What came of it."""

    view_id: Id | None = strawberry.field(default=None, description="Its id; null if nothing was deleted.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was deleted; empty on success.")


async def save_view(info: Info, input: Annotated[SaveViewInput, INPUT]) -> ViewPayload:
    """Keep a new view."""
    context = allowed(info, Permission.EXPLORE)
    viewer, most = context.viewer, context.state.settings.views_per_key
    found = _address(input.address, viewer)
    new = stored.SavedView(
        id=f"vw_{token_hex(12)}",
        key_id=viewer.account,
        name=_name(input.name),
        page=found.page,
        address=found.text,
        start=input.start,
        party=_party(viewer) if input.shared else None,
        created_at=context.now,
        updated_at=context.now,
    )
    try:
        await written(context, stored.create, new, most=most)
    except stored.TooManyViews as error:
        raise Refusal("input", "TOO_MANY", str(error)) from error
    except stored.NameTaken as error:
        raise Refusal("name", "TAKEN", str(error)) from error
    except stored.NoPage as error:
        raise Refusal("start", "INVALID", str(error)) from error
    return ViewPayload(view=shown(new, viewer))


async def update_view(info: Info, input: Annotated[UpdateViewInput, INPUT]) -> ViewPayload:
    """Change an own view; one that stays shared is shared with whom its account belongs to by now."""
    context = allowed(info, Permission.EXPLORE)
    viewer = context.viewer
    change = stored.Change(
        name=None if input.name is None else _name(input.name),
        place=None if input.address is None else _address(input.address, viewer),
        start=input.start,
        shared=input.shared,
        party=_party(viewer) if input.shared else party_of(viewer),
    )
    try:
        made = await written(context, stored.update, input.view_id, change, key=viewer.account, now=context.now)
    except stored.NameTaken as error:
        raise Refusal("name", "TAKEN", str(error)) from error
    except stored.NoPage as error:
        raise Refusal("start", "INVALID", str(error)) from error
    if made is None:
        raise _unknown(input.view_id)
    return ViewPayload(view=shown(made, viewer))


async def delete_view(info: Info, input: Annotated[DeleteViewInput, INPUT]) -> DeleteViewPayload:
    """Delete an own view; an administrator deletes any."""
    context = allowed(info, Permission.EXPLORE)
    key = None if context.viewer.role is Role.ADMIN else context.viewer.account
    if not await written(context, stored.delete, input.view_id, key=key):
        raise _unknown(input.view_id)
    return DeleteViewPayload(view_id=input.view_id)


def _unknown(id_: str) -> Refusal:
    return Refusal("viewId", "NOT_FOUND", f"you have no saved view with the id {id_[:80]!r}; `viewer {{ savedViews }}` lists yours")


def _name(given: str) -> str:
    name = text("name", " ".join(given.split()), most=LONGEST_NAME)
    if name is None:
        raise Refusal("name", "INVALID", "name is empty; give one that says what the view shows")
    return name


def _address(given: str, viewer: Viewer) -> Address:
    try:
        return address_of(given, viewer.role)
    except AddressRefused as error:
        raise Refusal("address", "INVALID", str(error)) from error


def _party(viewer: Viewer) -> str:
    found = party_of(viewer)
    if found is None:
        message = (
            f"shared is true, but a key of the role {viewer.role} has nobody to share with; leave it out: "
            "views are shared among a brand's keys"
        )
        raise Refusal("shared", "NO_PARTY", message)
    return found


@strawberry.type
class Mutation:
    """Saved views."""

    save_view = mutation(
        ViewPayload,
        save_view,
        description="Save a view of one of the explorer's pages by name, for yourself or, as a brand, for all keys of the same brand.",
    )
    update_view = mutation(
        ViewPayload,
        update_view,
        description="Rename one of your saved views, overwrite its address, share it, or let its page open with it.",
    )
    delete_view = mutation(DeleteViewPayload, delete_view, description="Delete one of your saved views; as an administrator, any.")
