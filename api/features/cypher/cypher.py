"""Answers to queries in Cypher, and what the guard says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.cypher.queries import CypherQuery, bounds, examination, running
from api.errors import BadUserInput
from api.features.cypher.types import CypherColumn, CypherCounters, CypherExplanation, CypherNotification, CypherRefusal, CypherResult
from api.graphql.execution.field_context import FieldContext
from api.graphql.types.fields import as_type
from api.json_values import is_object
from graph.json_text import shown
from graph.queries import Answer, plain


async def cypher(context: FieldContext) -> CypherResult:
    """Run a query and return its rows, as far as the bounds allow."""
    given = context.arguments
    within = bounds(context.state, rows=given["limit"], seconds=given["timeoutSeconds"])
    query = CypherQuery(given["query"], parameters(given.get("parameters")), within)
    async with running(context.state, context.viewer, query) as ran:
        answer = ran.answer
        rows = [[plain(value, answer.ids) for value in row] async for batch in answer.batches() for row in batch]
    plan = ran.cleared.plan.root.tree() if given.get("plan") and ran.cleared.plan.root else None
    return CypherResult(
        columns=[as_type(CypherColumn, each) for each in answer.columns],
        rows=rows,
        row_count=len(rows),
        truncated=answer.truncated_by is not None,
        truncated_by=answer.truncated_by,
        milliseconds=ran.milliseconds,
        plan=plan,
        counters=_counters(answer),
        notifications=[as_type(CypherNotification, each) for each in answer.notifications],
    )


async def explain_cypher(context: FieldContext) -> CypherExplanation:
    """Return what the guard says of a query, without running it."""
    found = await examination(context.state, context.viewer, context.arguments["query"], parameters(context.arguments.get("parameters")))
    plan = found.plan
    return CypherExplanation(
        allowed=not found.refusals,
        refusals=[as_type(CypherRefusal, each) for each in found.refusals],
        query_type=None if plan is None else plan.query_type,
        estimated_rows=None if plan is None else plan.estimated_rows,
        plan=plan.root.tree() if plan and plan.root else None,
    )


def parameters(given: object) -> Mapping[str, Any]:
    """Return a query's parameters; BadUserInput for what is no object."""
    if given is None:
        return {}
    if not is_object(given):
        raise BadUserInput(f'parameters is {shown(given)}; give an object with a value for each $name, such as {{"since": 1767225600}}')
    return given


def _counters(answer: Answer) -> CypherCounters | None:
    summary = answer.summary
    if summary is None:
        return None
    return CypherCounters(
        contains_updates=summary.counters.contains_updates,
        milliseconds_to_first_row=summary.result_available_after,
        milliseconds_to_last_row=summary.result_consumed_after,
    )
