"""From a request to an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from inspect import isawaitable
from typing import Any, Final, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLObjectType,
    GraphQLResolveInfo,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from graphql import execute as execute_by_fields
from neo4j.exceptions import DriverError, Neo4jError

from api.access.scopes import require_scope
from api.access.table import visibility
from api.access.viewer import Viewer
from api.audit.entries import Showing
from api.audit.recorder import recorder
from api.error_mapping import shown
from api.errors import MethodRefused, NotAcceptable, Unconfirmed
from api.graphql.execution.answers import Slot, write
from api.graphql.execution.as_of import AnswersAsOf
from api.graphql.execution.notices import notices
from api.graphql.execution.operations import Operation, RequestRefused, operation
from api.graphql.execution.refusals import BROKEN, Failing
from api.graphql.execution.request import GraphQLRequest, ReadState
from api.graphql.execution.roots import Reading
from api.graphql.execution.scopes import scopes_of
from api.graphql.execution.selections import TYPENAME
from api.graphql.execution.spans import describe, settle
from api.graphql.execution.variables import variables
from api.graphql.mutations import Context
from api.graphql.schema import core
from api.process.expensive import SPARED, expensive_of
from graph.errors import Busy, DatabaseUnreachable, OutOfTime
from graph.plans.parts import Failure
from graph.tracing import current, span

LARGE: Final = 2_000
"""Cost from which an answer keeps the process from others for longer than they should notice."""
CYPHER: Final = ("Query", "cypher")


class Executed(NamedTuple):
    """An answer, shaped as GraphQL's response is, and whose scores it shows."""

    result: dict[str, Any]
    showing: Showing | None = None


async def execute(request: GraphQLRequest, viewer: Viewer, state: ReadState) -> dict[str, Any]:
    """Return the answer to one request, as `executed` does."""
    return (await executed(request, viewer, state)).result


async def executed(request: GraphQLRequest, viewer: Viewer, state: ReadState) -> Executed:
    """Answer one request; whose scores are shown is noted in the audit log before anybody sees them.

    A request that is not executed has no `data`; `ApiError`s that concern the whole request, and failures that
    are nobody's fault, are raised for the HTTP layer.
    """
    with span("graphql", {"creatorgraph.operation.cached": True}) as running:
        done = await _executed(request, viewer, state)
        settle(running, done.result)
        return done


async def _executed(request: GraphQLRequest, viewer: Viewer, state: ReadState) -> Executed:
    try:
        asked = operation(request, state.limits)
        describe(current(), type=asked.definition.operation.value, name=asked.name)
        given = variables(asked.definition, request.variables or {})
    except RequestRefused as refused:
        return Executed({"errors": refused.errors})
    if asked.definition.operation is OperationType.SUBSCRIPTION:
        raise NotAcceptable(
            "a subscription is answered as a stream; accept text/event-stream, or connect a WebSocket (graphql-transport-ws)"
        )
    if asked.is_mutation and request.read_only:
        raise MethodRefused("mutations are not allowed with GET; send them with POST", headers={"Allow": "POST"})
    require_scope(viewer, *scopes_of(asked, request.channel))
    cost = asked.measured.cost(given.values)
    told = state.budgets.take(viewer.key_id, cost, size=viewer.budget)
    async with expensive_of(state).request(viewer.key_id) as expensive:
        if cost.requested > LARGE:
            await expensive.begin(spared=SPARED if CYPHER in asked.fields else 0)
        reading = Reading.of(asked, given, viewer, state)
        answer = await (_changed(reading, request, state) if asked.is_mutation else _read(reading))
    showing = reading.showing(request.channel)
    if showing is not None:
        recorder(state).note(viewer, showing)
    actual = asked.measured.actual(cost, answer)
    state.budgets.give_back(viewer.key_id, cost.requested - actual, size=viewer.budget)
    noted = notices(asked.fields, visibility(viewer))
    return Executed({**answer, "extensions": {"cost": {**told, "actual": actual}, **({"notices": noted} if noted else {})}}, showing)


async def _read(reading: Reading) -> dict[str, Any]:
    """Answer every root field by its plan, at once; each is one query."""
    roots = reading.roots()
    found = await asyncio.gather(*(reading.answer(key, nodes) for key, nodes in roots.items()))
    return answered(reading, core.query_type, roots, dict(zip(roots, found, strict=True)))


def answered(reading: Reading, root: GraphQLObjectType | None, roots: dict[str, list[FieldNode]], found: dict[str, Any]) -> dict[str, Any]:
    """Return data and errors; what may not be null and failed leaves no data at all, as GraphQL has it."""
    if root is None or not (reading.failures or any(isinstance(each, Failure) for each in found.values())):
        return {"data": found}
    failing = Failing(reading.operation)
    for key, nodes in roots.items():
        if (name := nodes[0].name.value) in root.fields:
            children = reading.pick(root, key, nodes).children
            found[key] = failing.settled(found[key], root.fields[name].type, children, (key,), nodes)
    whole = not any(each is BROKEN for each in found.values())
    return {"data": found if whole else None, "errors": failing.errors}


async def _changed(before: Reading, request: GraphQLRequest, state: Any) -> dict[str, Any]:
    """Make the changes, one root field after the other; then read what is picked of the nodes that they changed."""
    asked, viewer, roots = before.operation, before.viewer, before.roots()
    payloads: dict[str | int, Any] = {}

    async def kept(resolve: Callable[..., Any], source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        found = resolve(source, info, **arguments)
        payloads[info.path.key] = made = await found if isawaitable(found) else found
        return made

    done = execute_by_fields(
        core,
        _bare(asked, roots),
        context_value=Context(viewer, state, AnswersAsOf(viewer, state)),
        variable_values=dict(request.variables or {}),
        middleware=[kept],
    )
    result: Any = await done if isawaitable(done) else done
    reading = replace(Reading.of(asked, before.variables, viewer, state), shown=before.shown)
    answer = answered(reading, core.mutation_type, roots, await _read_of(reading, roots, payloads, result.data or {}))
    errors = [*(shown(each, request.request_id) for each in result.errors or ()), *answer.get("errors", ())]
    return {"data": answer["data"], **({"errors": errors} if errors else {})}


async def _read_of(
    reading: Reading, roots: dict[str, list[FieldNode]], payloads: dict[str | int, Any], done: dict[str, Any]
) -> dict[str, Any]:
    """Return the payloads; Unconfirmed where a change was made and they cannot be read: who is told to try again would make it twice."""
    try:
        return await _payloads(reading, roots, payloads, done)
    except (DriverError, Neo4jError, OSError, Busy, DatabaseUnreachable, OutOfTime) as error:
        if not any(each is not None and not each.user_errors for each in payloads.values()):
            raise
        raise Unconfirmed(
            "the change was made, but what you asked of it could not be read from the database; "
            "read that by a query, and do not send the change again"
        ) from error


async def _payloads(
    reading: Reading, roots: dict[str, list[FieldNode]], payloads: dict[str | int, Any], done: dict[str, Any]
) -> dict[str, Any]:
    """Return what is picked of each payload, in the order of the text."""
    found: dict[str, Any] = dict.fromkeys(roots)
    slots: list[Slot] = []
    for key, nodes in roots.items():
        if nodes[0].name.value == TYPENAME:
            found[key] = done[key]
        elif done.get(key) is not None and core.mutation_type is not None:
            write(payloads[key], reading.pick(core.mutation_type, key, nodes).children, found, key, slots)
    await reading.fill(slots)
    return found


def _bare(asked: Operation, roots: dict[str, list[FieldNode]]) -> DocumentNode:
    """Return the operation with nothing picked from its payloads but the name of their type."""
    name = SelectionSetNode(selections=(FieldNode(name=NameNode(value=TYPENAME)),))
    fields = tuple(
        FieldNode(
            alias=NameNode(value=key),
            name=nodes[0].name,
            arguments=nodes[0].arguments,
            selection_set=name if nodes[0].selection_set else None,
            loc=nodes[0].loc,
        )
        for key, nodes in roots.items()
    )
    definition = OperationDefinitionNode(
        operation=asked.definition.operation,
        name=asked.definition.name,
        variable_definitions=asked.definition.variable_definitions,
        selection_set=SelectionSetNode(selections=fields),
    )
    return DocumentNode(definitions=(definition,))
