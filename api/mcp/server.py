"""The MCP server: lists what a key may use, and answers calls."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from time import perf_counter
from typing import Any, Final

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    ToolAnnotations,
)
from mcp_types import Tool as Listed

from api.access.viewer import Viewer
from api.audit.entries import Channel
from api.error_mapping import translated
from api.errors import ApiError, BadUserInput, Forbidden
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.http.logs import REQUEST_ID
from api.mcp.answers import answered, failed, refused
from api.mcp.arguments import checked, input_schema, unpacked
from api.mcp.resources import BY_URI, PAGES
from api.mcp.tool import Tool
from api.mcp.tools import BY_NAME
from api.process.state import State
from api.trusted.documents import trusted_documents

LOG: Final = logging.getLogger("creatorgraph.mcp")
INSTRUCTIONS: Final = (
    "Open ratings of e-commerce creators: how well they sell and how well they work with brands. Scores lie between 0 and 100, "
    "50 is a typical peer, and each has a 90 % interval: where two intervals overlap, do not call one creator better. A "
    "missing score has a reason; it is not 0. Objects that the key may not see are treated as if they did not exist, so an "
    "empty answer does not prove that something does not exist. Begin with search_creators, search_catalogue or ranking, which "
    "give ids; explain_score says why a score is what it is, whoami what the key may see."
)
READ_ONLY: Final = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
NOT_THERE: Final = "nothing with this id is visible to this key; search_creators, search_catalogue and ranking give ids"

WhoAsks = Callable[[ServerRequestContext[Any, Any]], Viewer]
"""Finds the viewer of one call; Unauthenticated where there is none any more."""


def server(state: State, who_asks: WhoAsks) -> Server[Any]:
    """Return the server on `state`; it keeps nothing between calls, so one serves any number of keys."""

    async def tools(context: ServerRequestContext[Any, Any], _params: PaginatedRequestParams | None) -> ListToolsResult:
        viewer = who_asks(context)
        return ListToolsResult(tools=[listed(tool) for tool in offered(state).values() if tool.is_listed_for(viewer)])

    async def call(context: ServerRequestContext[Any, Any], params: CallToolRequestParams) -> CallToolResult:
        return await called(params.name, params.arguments or {}, who_asks(context), state)

    async def resources(_context: ServerRequestContext[Any, Any], _params: PaginatedRequestParams | None) -> ListResourcesResult:
        return ListResourcesResult(resources=[page.described() for page in PAGES])

    async def resource(_context: ServerRequestContext[Any, Any], params: ReadResourceRequestParams) -> ReadResourceResult:
        if (page := BY_URI.get(str(params.uri).rstrip("/"))) is None:
            raise MCPError(INVALID_PARAMS, f"there is no resource {params.uri}; available resources: {', '.join(BY_URI)}")
        return ReadResourceResult(contents=[page.read()])

    made: Server[Any] = Server(
        "creatorgraph",
        version=version("creatorgraph"),
        title="Creator ratings",
        instructions=INSTRUCTIONS,
        on_list_tools=tools,
        on_call_tool=call,
        on_list_resources=resources,
        on_read_resource=resource,
    )
    made.middleware.append(_with_arguments)
    return made


async def _with_arguments(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
    """Take the arguments of a call as the text of their JSON, too, before the SDK looks at them; what is no object is refused in words."""
    if ctx.method != "tools/call" or not isinstance((ctx.params or {}).get("arguments"), str | list):
        return await call_next(ctx)
    params = dict(ctx.params or {})
    params["arguments"] = unpacked(params["arguments"])
    if not isinstance(params["arguments"], dict | None):
        message = 'arguments must be a JSON object keyed by argument name, such as {"first": 10}, or {} without arguments'
        return refused(BadUserInput(message))
    return await call_next(replace(ctx, params=params))


def offered(state: State) -> dict[str, Tool]:
    """Return all tools by name: ours, then the trusted documents that are tools."""
    return BY_NAME | {each.name: each for each in trusted_documents(state).tools}


def _names(known: Mapping[str, Tool], viewer: Viewer) -> str:
    return ", ".join(name for name, tool in known.items() if tool.is_listed_for(viewer))


def listed(tool: Tool) -> Listed:
    """Return a tool as a list shows it."""
    return Listed(name=tool.name, title=tool.title, description=tool.description, input_schema=input_schema(tool), annotations=READ_ONLY)


async def called(name: str, arguments: Mapping[str, Any], viewer: Viewer, state: State) -> CallToolResult:
    """Run one tool for a viewer; whatever goes wrong is told as the tool's failure, with its remedy."""
    known = offered(state)
    if (tool := known.get(name)) is None:
        raise MCPError(INVALID_PARAMS, f"there is no tool {name[:100]!r}; available tools: {_names(known, viewer)}")
    began = perf_counter()
    result = await _attempted(tool, arguments, viewer, state)
    told = {"tool": name, "key": viewer.key_id, "failed": result.is_error, "ms": round((perf_counter() - began) * 1000, 2)}
    LOG.info("tool called", extra={"fields": told})
    return result


async def _attempted(tool: Tool, arguments: Mapping[str, Any], viewer: Viewer, state: State) -> CallToolResult:
    request_id = REQUEST_ID.get() or ""
    try:
        if not tool.is_for(viewer):
            raise Forbidden(f"{tool.name} is not for keys of the role {viewer.role}; tools/list names those that are")
        arguments = checked(tool, arguments)
        variables = {name: value for name, value in arguments.items() if name not in tool.more}
        asked = GraphQLRequest(tool.operation, variables=variables, read_only=True, request_id=request_id, channel=Channel.MCP)
        result = await execute(asked, viewer, state)
        state.metrics.cost.inc(result.get("extensions", {}).get("cost", {}).get("requested", 0))
        return _shown(tool, arguments, result)
    except ApiError as error:
        return refused(error)
    except Exception as error:
        return refused(translated(error, request_id))


def _shown(tool: Tool, arguments: Mapping[str, Any], result: Mapping[str, Any]) -> CallToolResult:
    errors, data = result.get("errors", ()), result.get("data") or {}
    if all(each is None for each in data.values()):
        return failed(errors or [{"message": NOT_THERE, "extensions": {"code": "NOT_FOUND"}}])
    noted = [each["message"] for each in result["extensions"].get("notices", ())]
    # What a tool makes of its data needs all of them: where a field failed, they are told as they are.
    value = data if errors else tool.shaped(data, arguments)
    return answered(value, exact=tool.exact, notices=noted, errors=errors)
