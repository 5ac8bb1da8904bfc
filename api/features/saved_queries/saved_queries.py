"""`savedQueries`, `savedQuery`, `runSavedQuery`: queries kept by name, and their answers."""

from __future__ import annotations

from dataclasses import replace

from api.access.table import Permission
from api.errors import BadUserInput
from api.features.cypher.cypher import cypher, parameters
from api.features.cypher.types import CypherResult
from api.features.saved_queries.types import QueryParameter, SavedQuery
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.fields import as_type
from graph.dates import iso_time_or_null
from graph.queries import saved
from graph.queries.parameters import ParameterRefused, bound

LONGEST_SEARCH = 200


async def saved_queries(context: FieldContext) -> list[SavedQuery]:
    """Return the newest version of the queries whose name or description holds the words searched for, by name."""
    context.allowed(Permission.BOUNDED_CYPHER)
    settings, given = context.state.settings, context.arguments
    search, first = given.get("search") or "", given.get("first", 20)
    if len(search) > LONGEST_SEARCH:
        raise BadUserInput(f"search has {len(search):,} characters; give at most {LONGEST_SEARCH}")
    found = await saved.saved_queries(
        context.state.driver, search=search, first=first, database=settings.neo4j_database, seconds=settings.query_seconds
    )
    return [told(each) for each in found]


async def saved_query(context: FieldContext) -> SavedQuery | None:
    """Return one query; None where there is none of the name, or no such version of it."""
    context.allowed(Permission.BOUNDED_CYPHER)
    found = await _kept(context)
    return told(found) if found else None


async def run_saved_query(context: FieldContext) -> CypherResult:
    """Run a query by its name, its parameters checked, as `cypher` would run its text."""
    context.allowed(Permission.BOUNDED_CYPHER)
    found = await _kept(context)
    if found is None:
        raise BadUserInput(f"runSavedQuery: {_named(context)} does not exist; `savedQueries` lists saved queries")
    try:
        values = bound(found.parameters, parameters(context.arguments.get("parameters")))
    except ParameterRefused as error:
        raise BadUserInput(f"{found.name}: {error}") from error
    return await cypher(replace(context, arguments={**context.arguments, "query": found.text, "parameters": values}))


def told(found: saved.SavedQuery) -> SavedQuery:
    """Return a saved query as the API tells of it."""
    created = iso_time_or_null(found.created_at)
    return SavedQuery(
        name=found.name,
        version=found.version,
        description=found.description,
        text=found.text,
        parameters=[as_type(QueryParameter, each) for each in found.parameters],
        built_in=found.built_in,
        author=found.author,
        created_at=created,
    )


async def _kept(context: FieldContext) -> saved.SavedQuery | None:
    settings, given = context.state.settings, context.arguments
    return await saved.saved_query(
        context.state.driver,
        given["name"],
        version=given.get("version"),
        database=settings.neo4j_database,
        seconds=settings.query_seconds,
    )


def _named(context: FieldContext) -> str:
    version = context.arguments.get("version")
    return f"{context.arguments['name']!r}" + ("" if version is None else f", version {version},")
