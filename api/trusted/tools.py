"""Trusted documents as tools of agents: each under the name that it asks for, for the roles that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from graphql import OperationDefinitionNode, OperationType, parse

from api.access.viewer import Role
from api.mcp.tool import Tool
from api.mcp.tools import BY_NAME
from api.trusted.manifest import TrustedDocument
from api.trusted.tool_requests import ToolRequest

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def tools(documents: Sequence[TrustedDocument]) -> tuple[Tool, ...]:
    """Return the tools among documents that are without problems."""
    return tuple(_tool(each.text, each.tool) for each in documents if each.tool is not None)


def problems_of_tools(documents: Sequence[TrustedDocument]) -> Iterator[str]:
    """Yield what is wrong with documents that ask to be tools, each with its remedy; they fit the schema."""
    names: dict[str, str] = {}
    for each in documents:
        if each.tool is None:
            continue
        for problem in _problems(each.text, each.tool):
            yield f"{each.place}: tool {each.tool.name!r}: {problem}"
        other = names.setdefault(each.tool.name, each.place)
        if other != each.place:
            yield f"{each.place}: tool {each.tool.name!r}: {other} asks for the same name; rename one of them"


def _problems(text: str, asked: ToolRequest) -> Iterator[str]:
    if not NAME.fullmatch(asked.name):
        yield "a tool's name begins with a letter and has letters, digits, _ and -, at most 64; rename it"
    if asked.name in BY_NAME:
        yield "this service has a tool of this name itself; rename it"
    operations = _operations(text)
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        yield "a tool is one query; take what else is in the document out of it, or do not ask for a tool"
        return
    if not _description(asked, operations[0]):
        yield "it has no description, by which agents know when to use it; describe it in comments at its head, or in the manifest"
    if unknown := sorted(set(asked.roles) - set(Role)):
        yield f"there is no role {unknown[0]!r}; roles are {', '.join(Role)}"
    variables = [each.variable.name.value for each in operations[0].variable_definitions or ()]
    if strange := sorted(asked.variables.keys() - set(variables)):
        yield f"it has no variable ${strange[0]}; its variables are {', '.join(variables) or 'none'}"


def _tool(text: str, asked: ToolRequest) -> Tool:
    definition = _operations(text)[0]
    described = {each.variable.name.value: each.description.value for each in definition.variable_definitions or () if each.description}
    return Tool(
        asked.name,
        asked.title or asked.name.replace("_", " ").replace("-", " ").capitalize(),
        _description(asked, definition),
        text,
        words=described | dict(asked.variables),
        roles=frozenset(Role(each) for each in asked.roles) or None,
    )


def _description(asked: ToolRequest, definition: OperationDefinitionNode) -> str:
    return asked.description or (definition.description.value if definition.description else "")


def _operations(text: str) -> list[OperationDefinitionNode]:
    return [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
