"""From a request to an answer."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from typing import Any

from graphql import FieldNode, OperationType
from graphql import execute as execute_by_fields

from api.access.viewer import Viewer
from api.errors import ApiError, MethodRefused
from api.failures import shown
from api.mutations import Context
from api.reads.operations import Operation, RequestRefused, operation
from api.reads.request import GraphQLRequest, ReadState
from api.reads.roots import Reading, nullable
from api.reads.variables import Variables, variables
from api.schema import core


async def execute(request: GraphQLRequest, viewer: Viewer, state: ReadState) -> dict[str, Any]:
    """Return the answer to one request, shaped as GraphQL's response is.

    A request that is not executed has no `data`; `ApiError`s that concern the whole request, and failures that
    are nobody's fault, are raised for the HTTP layer.
    """
    try:
        asked = operation(request, state.limits)
        given = variables(asked.definition, request.variables or {})
    except RequestRefused as refused:
        return {"errors": refused.errors}
    if asked.definition.operation is not OperationType.QUERY and request.read_only:
        raise MethodRefused("mutations are not allowed with GET; send them with POST", headers={"Allow": "POST"})
    cost = state.budgets.take(viewer.key_id, asked.measured.cost(given.values))
    answer = await (_changed(asked, request, viewer, state) if asked.is_mutation else _read(asked, given, viewer, state))
    return {**answer, "extensions": {"cost": cost}}


async def _read(asked: Operation, given: Variables, viewer: Viewer, state: ReadState) -> dict[str, Any]:
    """Answer every root field by its plan, at once; each is one query."""
    reading = Reading.of(asked, given, viewer, state)
    roots = reading.roots()
    if len(roots) == 1:
        ((key, nodes),) = roots.items()
        found = [await _attempt(reading, key, nodes)]
    else:
        found = await asyncio.gather(*(_attempt(reading, key, nodes) for key, nodes in roots.items()))
    errors = [_located(each, key, nodes) for (key, nodes), each in zip(roots.items(), found, strict=True) if isinstance(each, ApiError)]
    if not errors:
        return {"data": dict(zip(roots, found, strict=True))}
    kept = {key: None if isinstance(each, ApiError) else each for key, each in zip(roots, found, strict=True)}
    whole = all(kept[key] is not None or nullable(nodes[0].name.value) for key, nodes in roots.items())
    return {"data": kept if whole else None, "errors": errors}


async def _attempt(reading: Reading, key: str, nodes: list[FieldNode]) -> Any:
    try:
        return await reading.answer(key, nodes)
    except ApiError as error:
        return error


def _located(error: ApiError, key: str, nodes: list[FieldNode]) -> dict[str, Any]:
    places = [{"line": each.loc.start_token.line, "column": each.loc.start_token.column} for each in nodes if each.loc]
    return {**error.formatted, "locations": places, "path": [key]}


async def _changed(asked: Operation, request: GraphQLRequest, viewer: Viewer, state: Any) -> dict[str, Any]:
    """Run a mutation by strawberry's resolvers, one root field after the other."""
    result = execute_by_fields(
        core,
        asked.document,
        context_value=Context(viewer, state),
        variable_values=dict(request.variables or {}),
        operation_name=request.operation_name,
    )
    done: Any = await result if isawaitable(result) else result
    errors = [shown(each, request.request_id) for each in done.errors or ()]
    return {"data": done.data, **({"errors": errors} if errors else {})}
