"""Analysts and administrators keep queries by name."""

# Enums and scalars are made by call, which no checker takes for types.
# pyright: reportInvalidTypeForm=false
from __future__ import annotations

import re
from typing import Annotated, Any, Final, cast

import strawberry

from api.access.table import Permission
from api.access.viewer import Role
from api.cypher.queries import examination
from api.errors import CypherFailed
from api.features.saved_queries.saved_queries import told
from api.features.saved_queries.types import QueryParameterType, SavedQuery
from api.graphql.mutations import INPUT, Context, Info, UserError, allowed, mutation, node, text, written
from api.graphql.types.scalars import Json
from graph.queries import saved
from graph.queries.parameters import Parameter, ParameterRefused, ParameterType
from graph.queries.text import tokens

SLUG: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_NAME: Final = 64
PARAMETERS: Final = 30


@strawberry.input(description="A parameter used in a query's text.")
class QueryParameterInput:
    """Declared beside the text."""

    name: str = strawberry.field(description="Its name, without `$`.")
    type: QueryParameterType = strawberry.field(description="The type of its values.")
    description: str = strawberry.field(description="Its purpose.")
    default: Json | None = strawberry.field(default=None, description="The default value; null for null.")
    required: bool = strawberry.field(default=False, description="Whether a value is required; a required parameter has no default.")


@strawberry.input(description="A query to save.")
class SaveQueryInput:
    """All of it: a new version has nothing of the one before but the name."""

    name: str = strawberry.field(description="Lowercase letters and digits, with parts joined by `-`; at most 64 characters.")
    description: str = strawberry.field(description="What the query shows; at most 2,000 characters.")
    text: str = strawberry.field(description="The query text, in Cypher; it must follow the same rules as for `cypher`.")
    parameters: list[QueryParameterInput] = strawberry.field(
        default_factory=list, description="Every parameter used in the text, and no other; at most 30."
    )


@strawberry.input(description="A query to delete.")
class DeleteSavedQueryInput:
    """Which."""

    name: str = strawberry.field(description="Its name; every version is deleted.")


@strawberry.type(description="The saved query.")
class SaveQueryPayload:
    """What came of it."""

    saved_query: SavedQuery | None = node("The newest version; null if nothing was saved.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was saved; empty on success.")


@strawberry.type(description="The query that was deleted.")
class DeleteSavedQueryPayload:
    """What came of it."""

    name: str | None = strawberry.field(default=None, description="Its name; null if nothing was deleted.")
    versions: int | None = strawberry.field(default=None, description="Number of versions deleted; null if nothing was deleted.")
    user_errors: list[UserError] = strawberry.field(default_factory=list, description="Why nothing was deleted; empty on success.")


async def save_query(info: Info, input: Annotated[SaveQueryInput, INPUT]) -> SaveQueryPayload:
    """Keep a query that the guard lets through, as the next version of its name."""
    context = allowed(info, Permission.BOUNDED_CYPHER)
    try:
        draft = _draft(input)
    except ParameterRefused as error:
        return _not_saved("parameters", "INVALID", str(error))
    errors = [*_ill_formed(draft), *_undeclared(draft)] or await _refused(context, draft)
    if errors:
        return SaveQueryPayload(user_errors=errors)
    try:
        kept = await written(context, saved.save, draft, author=context.viewer.account, now=context.now)
    except saved.BuiltIn as error:
        return _not_saved("name", "BUILT_IN", str(error))
    except saved.TooMany as error:
        return _not_saved("name", "TOO_MANY", str(error))
    return SaveQueryPayload(saved_query=cast("Any", told(kept)))


async def delete_saved_query(info: Info, input: Annotated[DeleteSavedQueryInput, INPUT]) -> DeleteSavedQueryPayload:
    """Delete a query of one's own; an administrator deletes any."""
    context = allowed(info, Permission.BOUNDED_CYPHER)
    by = None if context.viewer.role is Role.ADMIN else [context.viewer.account]
    try:
        versions = await written(context, saved.delete, input.name, by=by)
    except saved.BuiltIn as error:
        return _not_deleted("BUILT_IN", str(error))
    except saved.NotTheAuthor as error:
        return _not_deleted("NOT_THE_AUTHOR", str(error))
    if versions is None:
        return _not_deleted("NOT_FOUND", f"there is no saved query {input.name!r}; `savedQueries` lists them")
    return DeleteSavedQueryPayload(name=input.name, versions=versions)


def _draft(input: SaveQueryInput) -> saved.Draft:
    declared = tuple(
        Parameter(each.name, ParameterType(each.type.value), each.description.strip(), _json(each.default), each.required)
        for each in input.parameters
    )
    for each in declared:
        each.check()
    return saved.Draft(input.name, text("description", input.description) or "", input.text.strip(), declared)


def _json(value: Any) -> Any:
    return None if value is strawberry.UNSET else value


def _ill_formed(draft: saved.Draft) -> list[UserError]:
    names = [each.name for each in draft.parameters]
    rules = (
        (
            "name",
            len(draft.name) <= LONGEST_NAME and SLUG.fullmatch(draft.name),
            f"name is {draft.name[:80]!r}; write small letters and digits, parts joined by -, such as my-top-brands",
        ),
        ("description", draft.description, "description is empty; say what the query tells"),
        ("text", draft.text, "text is empty; write a query in Cypher"),
        ("parameters", len(names) <= PARAMETERS, f"{len(names)} parameters are declared; declare at most {PARAMETERS}"),
        ("parameters", len(set(names)) == len(names), "a parameter is declared twice; declare each once"),
    )
    return [UserError(field=field, code="INVALID", message=message) for field, kept, message in rules if not kept]


def _undeclared(draft: saved.Draft) -> list[UserError]:
    """Return what the text names and is not declared, and what is declared and not named."""
    named = {each.text for each in tokens(draft.text) if each.kind == "parameter"}
    declared = {each.name for each in draft.parameters}
    return [
        UserError(field="parameters", code=code, message=f"${name} {words}")
        for code, names, words in (
            ("UNDECLARED", named - declared, "is in the text and not declared; give its type and what it is for"),
            ("UNUSED", declared - named, "is declared and not in the text; leave it out"),
        )
        for name in sorted(names)
    ]


async def _refused(context: Context, draft: saved.Draft) -> list[UserError]:
    """Return what the guard says against the text, with the parameters at their defaults."""
    values = {each.name: each.value(each.default) for each in draft.parameters}
    try:
        found = await examination(context.state, context.viewer, draft.text, values)
    except CypherFailed as error:
        return [UserError(field="text", code=error.code, message=error.message)]
    return [UserError(field="text", code=f"REFUSED_{each.rule}", message=str(each)) for each in found.refusals]


def _not_saved(field: str, code: str, message: str) -> SaveQueryPayload:
    return SaveQueryPayload(user_errors=[UserError(field=field, code=code, message=message)])


def _not_deleted(code: str, message: str) -> DeleteSavedQueryPayload:
    return DeleteSavedQueryPayload(user_errors=[UserError(field="name", code=code, message=message)])


@strawberry.type
class Mutation:
    """Queries saved by name."""

    save_query = mutation(
        SaveQueryPayload,
        save_query,
        description="As an analyst or administrator, save a Cypher query by name; a changed query becomes a new version.",
    )
    delete_saved_query = mutation(
        DeleteSavedQueryPayload,
        delete_saved_query,
        description="Delete a saved query with all its versions: your own, or, as an administrator, any.",
    )
