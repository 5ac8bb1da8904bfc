"""What a mutation runs with, and the few steps that all of them share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from inspect import isawaitable
from time import time
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import strawberry
from neo4j import AsyncManagedTransaction

from api.access.table import Permission, require
from api.access.viewer import Viewer
from api.graphql.execution.field_context import reading_of
from api.graphql.execution.streaming import AsOf
from api.graphql.types.nouns import Ref
from api.graphql.types.scalars import DateTime
from api.process.state import State
from graph.connection import writing
from graph.dates import iso_time
from graph.plans.values import KINDS

Given = ParamSpec("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, of which process, and the second that counts as now."""

    viewer: Viewer
    state: State
    as_of: AsOf
    now: int = field(default_factory=lambda: int(time()))


Info = strawberry.Info[Context, None]
INPUT: Final = strawberry.argument(description="The input of the mutation.")


@strawberry.type(description="A problem with the input of a mutation.")
class UserError:
    """One reason."""

    field: str = strawberry.field(description="Path of the input field that it concerns.")
    code: str = strawberry.field(description="Code of the rule, for programs.")
    message: str = strawberry.field(description="A message with the value, the rule and the remedy.")


class Refusal(Exception):
    """What is told as a user error; it goes no further than the payload."""

    def __init__(self, field: str, code: str, message: str) -> None:
        """Keep what the user error says."""
        super().__init__(message)
        self.told = UserError(field=field, code=code, message=message)


def told(make: Callable[..., Any], permission: Callable[Given, Any]) -> Callable[Given, Awaitable[Any]]:
    """Return a mutation whose refusals are answered with its payload and one user error."""

    @wraps(permission)
    async def attempt(*args: Given.args, **kwargs: Given.kwargs) -> Any:
        try:
            done = permission(*args, **kwargs)
            return await done if isawaitable(done) else done
        except Refusal as refusal:
            return make(user_errors=[refusal.told])

    return attempt


def mutation(payload: type, resolver: Callable[..., Any], *, description: str) -> Any:
    """Return a mutation whose refusal leaves null in its place, and what was done before it in the answer."""
    refused = f"{description} Null, with an error that explains why, if the request is refused."
    return strawberry.mutation(told(payload, resolver), graphql_type=payload | None, description=refused)


def changed(kind: str, own_id: str) -> Any:
    """Return the node that a payload answers with; what is picked from it is read after the change, under the viewer's own sight."""
    return Ref(kind, own_id)


def node(description: str) -> Any:
    """Return a payload's field for the node that was changed."""
    return strawberry.field(default=None, description=description)


def allowed(info: Info, permission: Permission) -> Context:
    """Return the context of a viewer who may do the deed; Forbidden for others."""
    require(info.context.viewer, permission)
    return info.context


def local_id(name: str, value: str, label: str, *others: str) -> tuple[str, str]:
    """Return label and own id of a global id of one of the labels; where there is but one, an own id alone is taken too.

    Refusal for the id of anything else.
    """
    labels = (label, *others)
    found, _, own_id = value.partition(":")
    if found in labels and own_id:
        return found, own_id
    if others or found in KINDS:
        message = f"{name}: {value!r} is not valid; give an id that starts with {' or '.join(f'{each}:' for each in labels)}"
        raise Refusal(name, "INVALID", message)
    return label, value


def own_brand(context: Context, name: str, value: str | None, *, whose: str) -> str:
    """Return the own id of a brand of the viewer, the only one where none is given; Refusal for another's, `whose` says which is wanted."""
    if value is not None:
        _, brand = local_id(name, value, "Brand")
    elif len(context.viewer.brands) == 1:
        (brand,) = context.viewer.brands
    else:
        raise Refusal(name, "REQUIRED", f"{name} is missing; give the brand {whose}")
    if not reading_of(context.viewer, context.state).sees_ties_of(brand):
        raise no_brand(name, brand)
    return brand


def no_brand(name: str, brand: str) -> Refusal:
    """Return the refusal of a brand that is not there, or another's."""
    return Refusal(name, "NOT_FOUND", f"no brand of this key has the id {brand!r}")


def text(name: str, value: str | None, *, most: int = 2_000) -> str | None:
    """Return a text without blanks around it, None if nothing is left; Refusal where it is too long."""
    tidy = (value or "").strip()
    if len(tidy) > most:
        raise Refusal(name, "TOO_LONG", f"{name} has {len(tidy):,} characters; give at most {most:,}")
    return tidy or None


async def written(
    context: Context,
    write: Callable[Concatenate[AsyncManagedTransaction, Given], Awaitable[Found]],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Found:
    """Run one write of `graph` in a transaction, again where the database asks for it; it records what it changes as an event."""
    state = context.state
    async with writing(state.driver, state.settings.neo4j_database) as session:
        return await session.execute_write(write, *args, **kwargs)


def moment(seconds: int | None) -> DateTime | None:
    """Return a moment of the graph as the API writes it."""
    return None if seconds is None else DateTime(iso_time(seconds))
